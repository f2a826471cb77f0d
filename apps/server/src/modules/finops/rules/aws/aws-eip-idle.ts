import type { Rule } from '../rule.ts';
import { daysSince, standing } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, quarantineDelete, stateSpec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { listHours } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { INSTANCE, stoppedSince } from './instances.ts';

export const rule: Rule = {
  id: 'aws-eip-idle',
  provider: 'aws',
  resourceType: 'aws.ec2.address',
  needsTypes: [INSTANCE],
  category: 'orphan',
  title: words('Idle Elastic IP address', 'Endereço IP elástico ocioso'),
  criterion: words(
    'Associated with nothing, or with an instance that has been stopped for more than 7 days.',
    'Não associado a nada, ou associado a uma instância parada há mais de 7 dias.',
  ),
  remedy: words(
    'Set aside for 24 hours, then released. A released address can rarely be had again.',
    'Separado por 24 horas e depois liberado. Um endereço liberado raramente pode ser recuperado.',
  ),
  parameters: {
    days: parameter(
      'Days without association, at least',
      'Dias sem associação, no mínimo',
      'days',
      [0, 0, 90],
    ),
    stoppedDays: parameter(
      'Days its instance is stopped, more than',
      'Dias com a instância parada, mais de',
      'days',
      [7, 1, 365],
    ),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: 'quarantine_delete',
  operations: [{ operation: 'disassociate' }],
  permissions: {
    read: ['ec2:DescribeAddresses', 'ec2:DescribeInstances'],
    apply: ['ec2:CreateTags', 'ec2:DisassociateAddress', 'ec2:ReleaseAddress'],
    undo: ['ec2:DeleteTags', 'ec2:AssociateAddress'],
  },
  examine(address, facts) {
    const ip = textAt(address.attributes, 'PublicIp') ?? address.name;
    const price = listHours(facts, address, { product: 'ip_address', region: address.region });
    if (address.state === 'available') {
      const { days, witnessed } = standing(address, facts.now);
      const limit = facts.parameter('days');
      if (days < limit) return skip('too_young', `${limit} days`);
      return found(price, {
        why: local(
          (f) => `${ip} is associated with nothing${witnessed ? `, for ${f.days(Math.floor(days))}` : ''}.`,
          (f) => `${ip} não está associado a nada${witnessed ? `, há ${f.days(Math.floor(days))}` : ''}.`,
        ),
        current: [stateSpec('available')],
        recommended: [stateSpec('deleted')],
        evidence: [fact(words('Address', 'Endereço'), ip)],
        action: quarantineDelete(),
      });
    }
    const instance = facts.targets(address, 'attached_to').find((r) => r.type === INSTANCE);
    if (instance?.state !== 'stopped') return CLEAR;
    const since = stoppedSince(instance);
    if (!since) return skip('wrong_state', 'since when the instance is stopped is not known');
    const stopped = daysSince(since, facts.now);
    const limit = facts.parameter('stoppedDays');
    if (stopped <= limit) return skip('too_young', `${limit} days`);
    return found(price, {
      why: local(
        (f) =>
          `${ip} belongs to ${instance.name}, which has been stopped for ${f.days(Math.floor(stopped))}.`,
        (f) => `${ip} pertence a ${instance.name}, parada há ${f.days(Math.floor(stopped))}.`,
      ),
      current: [stateSpec('in_use')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(words('Instance stopped since', 'Instância parada desde'), since.toISOString())],
      action: quarantineDelete('disassociate'),
      confidence: 'medium',
    });
  },
};

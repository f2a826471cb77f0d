import type { Rule } from '../rule.ts';
import { standing } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, quarantineDelete, stateSpec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { listHours } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { setAside } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-ip-idle',
  provider: 'gcp',
  resourceType: 'gcp.compute.address',
  category: 'orphan',
  title: words('Idle static IP address', 'Endereço IP estático ocioso'),
  criterion: words(
    'An external address that is reserved and used by nothing.',
    'Endereço externo reservado e sem uso.',
  ),
  remedy: words(
    'Set aside for 24 hours, then released. A released address can rarely be had again.',
    'Separado por 24 horas e depois liberado. Um endereço liberado raramente pode ser recuperado.',
  ),
  parameters: {
    days: parameter('Days unused, at least', 'Dias sem uso, no mínimo', 'days', [0, 0, 90]),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: 'quarantine_delete',
  operations: [],
  permissions: setAside('compute.addresses'),
  examine(address, facts) {
    // Internal addresses cost nothing.
    if (address.state !== 'available' || textAt(address.attributes, 'addressType') === 'INTERNAL')
      return CLEAR;
    const limit = facts.parameter('days');
    if (standing(address, facts.now).days < limit) return skip('too_young', `${limit} days`);
    const ip = textAt(address.attributes, 'address') ?? address.name;
    return found(listHours(facts, address, { product: 'ip_address', region: address.region }), {
      why: local(
        () => `${ip} is used by nothing.`,
        () => `${ip} não é usado por nada.`,
      ),
      current: [stateSpec('available')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(words('Address', 'Endereço'), ip)],
      action: quarantineDelete(),
    });
  },
};

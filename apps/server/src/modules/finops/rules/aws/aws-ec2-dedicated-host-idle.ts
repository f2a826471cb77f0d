import type { Rule } from '../rule.ts';
import { daysSince, instantIn } from '../shared/ages.ts';
import { objectsAt, textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, sizeSpec, stateSpec } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

export const rule: Rule = {
  id: 'aws-ec2-dedicated-host-idle',
  provider: 'aws',
  resourceType: 'aws.ec2.dedicated-host',
  category: 'idle',
  title: words('Dedicated host without instances', 'Host dedicado sem instâncias'),
  criterion: words(
    'No instance on it for 7 days or more; where nobody saw the last one go, since it was allocated.',
    'Nenhuma instância nele há 7 dias ou mais; quando ninguém viu a última sair, desde a alocação.',
  ),
  remedy: words(
    'Release the host. It is final: the same host cannot be had again.',
    'Libere o host. É definitivo: o mesmo host não pode ser recuperado.',
  ),
  parameters: { days: minimumAge(7, 1, 90) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: null,
  permissions: { read: ['ec2:DescribeHosts'], apply: ['ec2:ReleaseHosts'], undo: [] },
  examine(host, facts) {
    if (host.state !== 'available' || objectsAt(host.attributes, 'Instances').length > 0) return CLEAR;
    const allocated =
      instantIn(textAt(host.attributes, 'AllocationTime')) ?? host.createdAt ?? host.firstSeenAt;
    const since = host.stateSince ?? allocated;
    const empty = daysSince(since, facts.now);
    const days = facts.parameter('days');
    if (empty < days) return skip('too_young', `${days} days`);
    return found(wholeCost(facts, host), {
      why: local(
        (f) =>
          `No instance on it${host.stateSince ? ` for ${f.days(Math.floor(empty))}` : `; allocated ${f.days(Math.floor(empty))} ago`}.`,
        (f) =>
          `Nenhuma instância nele${host.stateSince ? ` há ${f.days(Math.floor(empty))}` : `; alocado há ${f.days(Math.floor(empty))}`}.`,
      ),
      current: [...sizeSpec(host), stateSpec('available')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(words('Allocated', 'Alocado em'), allocated.toISOString())],
      ...(host.stateSince ? {} : { confidence: 'medium' as const }),
    });
  },
};

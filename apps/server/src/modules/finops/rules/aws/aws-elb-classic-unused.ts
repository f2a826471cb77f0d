import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { objectsAt } from '../shared/attributes.ts';
import { found, LABEL, stateSpec } from '../shared/finding.ts';
import { usage } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

export const rule: Rule = {
  id: 'aws-elb-classic-unused',
  provider: 'aws',
  resourceType: 'aws.elb.classic-load-balancer',
  category: 'orphan',
  title: words('Unused classic load balancer', 'Balanceador de carga clássico sem uso'),
  criterion: words(
    'No instance behind it, or fewer than 10 requests a day and hardly a byte over 14 days.',
    'Nenhuma instância por trás, ou menos de 10 requisições por dia e quase nenhum byte em 14 dias.',
  ),
  remedy: words(
    'Delete it, or replace it by a load balancer of the current generation.',
    'Exclua-o, ou substitua-o por um balanceador da geração atual.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    requests: parameter(
      'Requests a day, fewer than',
      'Requisições por dia, menos de',
      'count',
      [10, 1, 1000],
    ),
  },
  metrics: [
    { metric: 'requests', statistic: 'sum' },
    { metric: 'network_out', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'medium',
  restart: false,
  undoClass: 'S',
  action: null,
  permissions: {
    read: ['elasticloadbalancing:DescribeLoadBalancers', 'cloudwatch:GetMetricData'],
    apply: ['elasticloadbalancing:DeleteLoadBalancer'],
    undo: ['elasticloadbalancing:CreateLoadBalancer'],
  },
  examine(balancer, facts) {
    if (balancer.state !== 'running') return CLEAR;
    const days = facts.parameter('days');
    const age = ageDays(balancer, facts.now);
    if (age < 1) return skip('too_young', '1 day');
    const empty = objectsAt(balancer.attributes, 'Instances').length === 0;
    if (!empty && age < days) return skip('too_young', `${days} days`);
    const requests = empty
      ? undefined
      : usage(facts, balancer, [['requests', LABEL.requests]], days, facts.parameter('requests'));
    if (requests && isSkip(requests)) return requests;
    const bytes = empty ? undefined : usage(facts, balancer, [['network_out', LABEL.networkOut]], days);
    if (bytes && isSkip(bytes)) return bytes;
    // TCP listeners count bytes and no requests.
    const busy =
      (requests?.total ?? 0) / days >= facts.parameter('requests') || (bytes?.total ?? 0) / days > 1e6;
    if (!empty && busy) return CLEAR;
    return found(wholeCost(facts, balancer), {
      why: empty
        ? words('No instance is behind it.', 'Nenhuma instância está por trás dele.')
        : local(
            (f) =>
              `${f.n(requests?.total ?? 0, 0)} requests and ${f.bytes(bytes?.total ?? 0)} in ${f.days(days)}.`,
            (f) =>
              `${f.n(requests?.total ?? 0, 0)} requisições e ${f.bytes(bytes?.total ?? 0)} em ${f.days(days)}.`,
          ),
      current: [stateSpec('running')],
      recommended: [stateSpec('deleted')],
      evidence: [...(requests?.evidence ?? []), ...(bytes?.evidence ?? [])],
    });
  },
};

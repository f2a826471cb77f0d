import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { found, LABEL, operations, sizeSpec, stateSpec } from '../shared/finding.ts';
import { usage } from '../shared/measure.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { BALANCER_PERMISSIONS, LOAD_BALANCER } from './load-balancers.ts';

export const rule: Rule = {
  id: 'aws-elb-low-traffic',
  provider: 'aws',
  resourceType: LOAD_BALANCER,
  category: 'idle',
  title: words('Load balancer with hardly any requests', 'Balanceador de carga quase sem requisições'),
  criterion: words(
    'Fewer than 10 requests a day over 14 days; for network and gateway types new flows count.',
    'Menos de 10 requisições por dia em 14 dias; nos tipos de rede e gateway contam os novos fluxos.',
  ),
  remedy: words(
    'Delete it. Undo makes it again with listeners and rules; its DNS name is a new one.',
    'Exclua-o. Desfazer o recria com listeners e regras; o nome DNS será novo.',
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
  metrics: [{ metric: 'requests', statistic: 'sum' }],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'medium',
  restart: false,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: BALANCER_PERMISSIONS,
  examine(balancer, facts) {
    if (balancer.state !== 'running') return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(balancer, facts.now) < days) return skip('too_young', `${days} days`);
    const limit = facts.parameter('requests');
    const requests = usage(facts, balancer, [['requests', LABEL.requests]], days, limit);
    if (isSkip(requests)) return requests;
    const perDay = requests.total / days;
    if (perDay >= limit) return CLEAR;
    return found(wholeCost(facts, balancer), {
      why: local(
        (f) => `${f.n(requests.total, 0)} requests in ${f.days(days)}, ${f.n(perDay)} a day.`,
        (f) => `${f.n(requests.total, 0)} requisições em ${f.days(days)}, ${f.n(perDay)} por dia.`,
      ),
      current: [...sizeSpec(balancer), stateSpec('running')],
      recommended: [stateSpec('deleted')],
      evidence: requests.evidence,
      action: operations('delete'),
    });
  },
};

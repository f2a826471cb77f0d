import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { objectAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, operations, sizeSpec, stateSpec } from '../shared/finding.ts';
import { usage } from '../shared/measure.ts';
import { parameter } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { BALANCER_PERMISSIONS, LOAD_BALANCER, TARGET_GROUP } from './load-balancers.ts';

/** Days without requests that show that a balancer without target groups does not redirect or answer by itself. */
const QUIET_DAYS = 7;

export const rule: Rule = {
  id: 'aws-elb-no-targets',
  provider: 'aws',
  resourceType: LOAD_BALANCER,
  needsTypes: [TARGET_GROUP],
  category: 'orphan',
  title: words('Load balancer without targets', 'Balanceador de carga sem destinos'),
  criterion: words(
    'A day old or more, and its target groups have no targets. Without target groups it must also have had no request in 7 days: it may redirect.',
    'Com um dia ou mais, e seus grupos não têm destinos. Sem grupos, também não pode ter tido requisições em 7 dias: pode ser um redirecionador.',
  ),
  remedy: words(
    'Delete it. Undo makes it again with listeners and rules; its DNS name is a new one.',
    'Exclua-o. Desfazer o recria com listeners e regras; o nome DNS será novo.',
  ),
  parameters: { days: parameter('Minimum age', 'Idade mínima', 'days', [1, 1, 90]) },
  metrics: [{ metric: 'requests', statistic: 'sum' }],
  lookbackDays: QUIET_DAYS,
  saving: 'M1',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: BALANCER_PERMISSIONS,
  examine(balancer, facts) {
    if (balancer.state !== 'running') return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(balancer, facts.now) < days) return skip('too_young', `${days} days`);
    const groups = facts.sources(balancer, 'member_of').filter((r) => r.type === TARGET_GROUP);
    const health = groups.map((group) => objectAt(group.attributes, 'TargetHealthCounts'));
    if (health.some((counts) => counts === undefined))
      return skip('missing_permission', 'elasticloadbalancing:DescribeTargetHealth');
    if (health.some((counts) => Object.values(counts ?? {}).some((count) => Number(count) > 0))) return CLEAR;
    const requests =
      groups.length > 0 ? undefined : usage(facts, balancer, [['requests', LABEL.requests]], QUIET_DAYS);
    if (requests && isSkip(requests)) return requests;
    if (requests && requests.total > 0) return CLEAR;
    return found(wholeCost(facts, balancer), {
      why:
        groups.length === 0
          ? words(
              'It has no target group and had no request in 7 days.',
              'Não tem grupo de destino e não teve requisições em 7 dias.',
            )
          : words(
              groups.length === 1
                ? 'Its target group has no target.'
                : `None of its ${groups.length} target groups has a target.`,
              groups.length === 1
                ? 'Seu grupo de destino não tem destino.'
                : `Nenhum dos seus ${groups.length} grupos de destino tem um destino.`,
            ),
      current: [...sizeSpec(balancer), stateSpec('running')],
      recommended: [stateSpec('deleted')],
      evidence: [
        fact(words('Target groups', 'Grupos de destino'), String(groups.length)),
        ...(requests?.evidence ?? []),
      ],
      action: operations('delete'),
    });
  },
};

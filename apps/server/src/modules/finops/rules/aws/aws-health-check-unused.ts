import type { Rule } from '../rule.ts';
import { standing } from '../shared/ages.ts';
import { numberAt, textAt } from '../shared/attributes.ts';
import { found, operations, stateSpec } from '../shared/finding.ts';
import { parameter } from '../shared/parameters.ts';
import { listMonthly } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { LIST_PRICES } from './data/list-prices.ts';

export const rule: Rule = {
  id: 'aws-health-check-unused',
  provider: 'aws',
  resourceType: 'aws.route53.health-check',
  category: 'orphan',
  title: words('Health check that no record uses', 'Verificação de integridade que nenhum registro usa'),
  criterion: words(
    'No DNS record names it, and no service made it. Alarms on it are not read: check them before.',
    'Nenhum registro DNS a cita, e nenhum serviço a criou. Alarmes sobre ela não são lidos: verifique antes.',
  ),
  remedy: words(
    'Delete it. Undo makes it again with the same settings; its id is a new one.',
    'Exclua-a. Desfazer a recria com as mesmas configurações, com um novo id.',
  ),
  parameters: { days: parameter('Days unused, at least', 'Dias sem uso, no mínimo', 'days', [0, 0, 365]) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: {
    read: ['route53:ListHealthChecks', 'route53:ListHostedZones', 'route53:ListResourceRecordSets'],
    apply: ['route53:DeleteHealthCheck'],
    undo: ['route53:CreateHealthCheck', 'route53:ChangeTagsForResource'],
  },
  examine(check, facts) {
    if (check.attributes['UsedBy'] === null)
      return skip('missing_permission', 'route53:ListResourceRecordSets');
    if (check.state !== 'available' || (numberAt(check.attributes, 'UsedBy') ?? 0) > 0) return CLEAR;
    const owner = textAt(check.attributes, 'LinkedService', 'ServicePrincipal');
    if (owner) return skip('excluded', `owned by ${owner}`);
    const days = facts.parameter('days');
    if (standing(check, facts.now).days < days) return skip('too_young', `${days} days`);
    const { healthCheckInsideMonth } = LIST_PRICES;
    const saving = listMonthly(facts, check, {
      monthly: healthCheckInsideMonth,
      currency: 'USD',
      formula: words(
        `USD ${healthCheckInsideMonth} a check, the lowest price`,
        `USD ${healthCheckInsideMonth} por verificação, o menor preço`,
      ),
    });
    return found(saving, {
      why: words('No DNS record names it.', 'Nenhum registro DNS a cita.'),
      current: [stateSpec('available')],
      recommended: [stateSpec('deleted')],
      action: operations('delete'),
    });
  },
};

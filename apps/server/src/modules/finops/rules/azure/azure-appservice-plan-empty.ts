import type { Rule } from '../rule.ts';
import { operations } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { bare } from './bare.ts';
import { removing } from './permissions.ts';
import { isFree, PLAN } from './plans.ts';

export const rule: Rule = {
  id: 'azure-appservice-plan-empty',
  provider: 'azure',
  resourceType: PLAN,
  needsTypes: ['azure.web.site'],
  category: 'orphan',
  title: words('App Service plan without apps', 'Plano do App Service sem aplicativos'),
  criterion: words('No app runs in it.', 'Nenhum aplicativo roda nele.'),
  remedy: words(
    'Delete it. Undo makes it again from its configuration.',
    'Exclua-o. Desfazer o recria a partir da configuração.',
  ),
  parameters: { days: minimumAge(0, 0, 90) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'S',
  action: 'operations',
  operations: [{ operation: 'delete' }],
  permissions: removing('Microsoft.Web/serverfarms', 'Microsoft.Web/sites/read'),
  examine(plan, facts) {
    if (plan.state !== 'available' || facts.sources(plan, 'part_of').length > 0 || isFree(plan)) return CLEAR;
    return bare(plan, facts, {
      why: words(
        'No app runs in it; a plan is billed all the same.',
        'Nenhum aplicativo roda nele; um plano é cobrado mesmo assim.',
      ),
      action: operations('delete'),
    });
  },
};

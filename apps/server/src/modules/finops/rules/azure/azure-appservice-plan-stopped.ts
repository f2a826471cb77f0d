import type { Rule } from '../rule.ts';
import { fact } from '../shared/evidence.ts';
import { minimumAge } from '../shared/parameters.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { bare } from './bare.ts';
import { reading } from './permissions.ts';
import { isFree, PLAN } from './plans.ts';

export const rule: Rule = {
  id: 'azure-appservice-plan-stopped',
  provider: 'azure',
  resourceType: PLAN,
  needsTypes: ['azure.web.site'],
  category: 'idle',
  title: words(
    'App Service plan whose apps are all stopped',
    'Plano do App Service com todos os aplicativos parados',
  ),
  criterion: words('Every app in it is stopped.', 'Todos os aplicativos nele estão parados.'),
  remedy: words(
    'Move the apps into another plan or make it Free. Advice: a plan is billed while its apps are stopped.',
    'Mova os aplicativos para outro plano ou torne-o gratuito. Recomendação: o plano é cobrado mesmo com aplicativos parados.',
  ),
  parameters: { days: minimumAge(7, 0, 90) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: null,
  permissions: reading('Microsoft.Web/serverfarms/read', 'Microsoft.Web/sites/read'),
  examine(plan, facts) {
    const apps = facts.sources(plan, 'part_of');
    if (plan.state !== 'in_use' || apps.length === 0 || isFree(plan)) return CLEAR;
    if (apps.some((app) => app.state !== 'stopped')) return CLEAR;
    return bare(plan, facts, {
      why: local(
        (f) => `All of it is stopped: ${f.count(apps.length, 'app', 'apps')}.`,
        (f) => `Tudo nele está parado: ${f.count(apps.length, 'aplicativo', 'aplicativos')}.`,
      ),
      evidence: [fact(words('Apps', 'Aplicativos'), apps.map((app) => app.name).join(', '))],
      action: null,
    });
  },
};

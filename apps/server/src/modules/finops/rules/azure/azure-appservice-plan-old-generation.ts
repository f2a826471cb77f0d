import type { Rule } from '../rule.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { writing } from './permissions.ts';
import { changePlan, PLAN } from './plans.ts';

const SUCCESSORS: Readonly<Record<string, string>> = { S1: 'P0v3', S2: 'P1v3', S3: 'P2v3' };

export const rule: Rule = {
  id: 'azure-appservice-plan-old-generation',
  provider: 'azure',
  resourceType: PLAN,
  category: 'modernize',
  title: words('App Service plan of the Standard tier', 'Plano do App Service da camada Standard'),
  criterion: words(
    'A Standard size whose successor in Premium v3 costs less and is at least as large (S1 to P0v3, S2 to P1v3, S3 to P2v3).',
    'Tamanho Standard cujo sucessor em Premium v3 custa menos e é ao menos tão grande (S1 para P0v3, S2 para P1v3, S3 para P2v3).',
  ),
  remedy: words(
    'Change the size. Undo changes it back. Some scale units have no Premium v3: Azure then refuses.',
    'Mude o tamanho. Desfazer volta. Algumas unidades de escala não têm Premium v3: a Azure então recusa.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M2',
  confidence: 'medium',
  effort: 'low',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'resize' }],
  permissions: writing('Microsoft.Web/serverfarms'),
  examine(plan, facts) {
    const sku = plan.size?.sku ?? '';
    const next = Object.hasOwn(SUCCESSORS, sku) ? SUCCESSORS[sku] : undefined;
    if (plan.state !== 'in_use' || next === undefined) return CLEAR;
    return changePlan(plan, facts, next, {
      why: local(
        () => `${next} has more memory and faster cores than ${sku} for less.`,
        () => `${next} tem mais memória e núcleos mais rápidos que ${sku} por menos.`,
      ),
    });
  },
};

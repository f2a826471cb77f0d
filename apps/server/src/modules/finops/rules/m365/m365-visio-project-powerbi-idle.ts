import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { lastActivity, licenceFinding, licencesOf, REMOVE, USER } from './users.ts';

export const rule: Rule = {
  id: 'm365-visio-project-powerbi-idle',
  provider: 'm365',
  resourceType: USER,
  category: 'licence',
  title: words('Add-on licence of a user at rest', 'Licença adicional de usuário em repouso'),
  criterion: words(
    'Visio, Project or Power BI Pro of a user without activity in any service for 90 days. Graph tells no use of these products themselves.',
    'Visio, Project ou Power BI Pro de usuário sem atividade em nenhum serviço há 90 dias. O Graph não informa o uso desses produtos em si.',
  ),
  remedy: words(
    'Take the add-ons back. Undo assigns them again.',
    'Retire as licenças adicionais. Desfazer as atribui de novo.',
  ),
  parameters: {
    days: parameter(
      'Days without activity, at least',
      'Dias sem atividade, no mínimo',
      'days',
      [90, 30, 180],
    ),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: REMOVE,
  permissions: {
    read: ['User.Read.All', 'LicenseAssignment.Read.All', 'Reports.Read.All'],
    apply: ['LicenseAssignment.ReadWrite.All'],
    undo: ['LicenseAssignment.ReadWrite.All'],
  },
  examine(user, facts) {
    const addOns = licencesOf(user).filter(({ part }) =>
      /^(VISIO|PROJECT|PROJ|POWER_BI_PRO|PBI_)/i.test(part),
    );
    if (addOns.length === 0) return CLEAR;
    const last = lastActivity(user, facts.now);
    if (isSkip(last)) return last;
    const limit = facts.parameter('days');
    if (ageDays(user, facts.now) < limit) return skip('too_young', `${limit} days`);
    if (last.days < limit) return CLEAR;
    return licenceFinding(user, facts, addOns, {
      why: local(
        (f) => `No activity in any service for ${f.days(limit)}.`,
        (f) => `Nenhuma atividade em nenhum serviço há ${f.days(limit)}.`,
      ),
    });
  },
};

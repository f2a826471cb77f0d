import type { Rule } from '../rule.ts';
import { daysSince, instantIn } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { parameter } from '../shared/parameters.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { licenceFinding, licencesOf, REMOVE, USER } from './users.ts';

export const rule: Rule = {
  id: 'm365-leaver',
  provider: 'm365',
  resourceType: USER,
  category: 'licence',
  title: words('Leaver with licences', 'Ex-funcionário com licenças'),
  criterion: words(
    'The leaving date is 30 days or more in the past and licences are assigned.',
    'A data de saída passou há 30 dias ou mais e há licenças atribuídas.',
  ),
  remedy: words(
    'Take the licences back. Undo assigns them again; data of a user without licence is kept for some 30 days.',
    'Retire as licenças. Desfazer as atribui de novo; os dados de um usuário sem licença são mantidos por cerca de 30 dias.',
  ),
  parameters: {
    days: parameter('Grace after leaving', 'Carência após a saída', 'days', [30, 0, 180]),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: REMOVE,
  permissions: {
    read: ['User.Read.All', 'LicenseAssignment.Read.All'],
    apply: ['LicenseAssignment.ReadWrite.All'],
    undo: ['LicenseAssignment.ReadWrite.All'],
  },
  examine(user, facts) {
    const left = instantIn(textAt(user.attributes, 'employeeLeaveDateTime'));
    if (!left || left.getTime() > facts.now.getTime()) return CLEAR;
    const days = daysSince(left, facts.now);
    const limit = facts.parameter('days');
    if (days < limit) return skip('too_young', `${limit} days`);
    return licenceFinding(user, facts, licencesOf(user), {
      why: local(
        (f) => `Left ${f.days(Math.floor(days))} ago, on ${f.date(left)}.`,
        (f) => `Saiu há ${f.days(Math.floor(days))}, em ${f.date(left)}.`,
      ),
      evidence: [fact(words('Left', 'Saída'), left.toISOString())],
    });
  },
};

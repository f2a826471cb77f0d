import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { minimumAge } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { isMailbox, lastSignIn, licenceFinding, licencesOf, REMOVE, USER } from './users.ts';

export const rule: Rule = {
  id: 'm365-never-signed-in',
  provider: 'm365',
  resourceType: USER,
  category: 'licence',
  title: words('Licensed user who never signed in', 'Usuário com licença que nunca entrou'),
  criterion: words(
    'No sign-in ever, and the account is 30 days old or more.',
    'Nunca entrou, e a conta tem 30 dias ou mais.',
  ),
  remedy: words(
    'Take the licences back. Undo assigns them again; data of a user without licence is kept for some 30 days.',
    'Retire as licenças. Desfazer as atribui de novo; os dados de um usuário sem licença são mantidos por cerca de 30 dias.',
  ),
  parameters: { days: minimumAge(30, 7, 180) },
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
    read: ['User.Read.All', 'LicenseAssignment.Read.All', 'AuditLog.Read.All'],
    apply: ['LicenseAssignment.ReadWrite.All'],
    undo: ['LicenseAssignment.ReadWrite.All'],
  },
  examine(user, facts) {
    if (user.state !== 'active' || isMailbox(user) || licencesOf(user).length === 0) return CLEAR;
    const last = lastSignIn(user);
    if (isSkip(last)) return last;
    if (last.at) return CLEAR;
    const days = facts.parameter('days');
    const age = ageDays(user, facts.now);
    if (age < days) return skip('too_young', `${days} days`);
    return licenceFinding(user, facts, licencesOf(user), {
      why: local(
        (f) => `Has never signed in; the account is ${f.days(Math.floor(age))} old.`,
        (f) => `Nunca entrou; a conta tem ${f.days(Math.floor(age))}.`,
      ),
    });
  },
};

import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { lastActivity, licenceFinding, licencesOf, REMOVE, USER } from './users.ts';

export const rule: Rule = {
  id: 'm365-teams-phone-unused',
  provider: 'm365',
  resourceType: USER,
  category: 'licence',
  title: words('Teams Phone of a user who does not use Teams', 'Teams Phone de usuário que não usa o Teams'),
  criterion: words(
    'A Teams Phone or calling plan licence, and no activity in Teams for 90 days.',
    'Licença de Teams Phone ou plano de chamadas, e nenhuma atividade no Teams há 90 dias.',
  ),
  remedy: words(
    'Take the licence back. Undo assigns it again; a phone number may have to be assigned anew.',
    'Retire a licença. Desfazer a atribui de novo; o número pode ter de ser atribuído novamente.',
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
    const phone = licencesOf(user).filter(({ part }) => /^(MCOEV|MCOPSTN|PHONESYSTEM)/i.test(part));
    if (phone.length === 0) return CLEAR;
    const last = lastActivity(user, facts.now, 'teams');
    if (isSkip(last)) return last;
    const limit = facts.parameter('days');
    if (ageDays(user, facts.now) < limit) return skip('too_young', `${limit} days`);
    if (last.days < limit) return CLEAR;
    return licenceFinding(user, facts, phone, {
      why: local(
        (f) => `No activity in Teams for ${f.days(limit)}.`,
        (f) => `Nenhuma atividade no Teams há ${f.days(limit)}.`,
      ),
    });
  },
};

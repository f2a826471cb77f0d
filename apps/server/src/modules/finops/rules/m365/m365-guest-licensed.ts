import type { Rule } from '../rule.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { isGuest, licenceFinding, licencesOf, REMOVE, USER } from './users.ts';

export const rule: Rule = {
  id: 'm365-guest-licensed',
  provider: 'm365',
  resourceType: USER,
  category: 'licence',
  title: words('Guest with a paid licence', 'Convidado com licença paga'),
  criterion: words(
    'A guest account to which a paid licence is assigned: guests bring their own.',
    'Conta de convidado com licença paga atribuída: convidados trazem a própria.',
  ),
  remedy: words(
    'Take the licences back. Undo assigns them again; data of a user without licence is kept for some 30 days.',
    'Retire as licenças. Desfazer as atribui de novo; os dados de um usuário sem licença são mantidos por cerca de 30 dias.',
  ),
  parameters: {},
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
    read: ['User.Read.All', 'LicenseAssignment.Read.All'],
    apply: ['LicenseAssignment.ReadWrite.All'],
    undo: ['LicenseAssignment.ReadWrite.All'],
  },
  examine(user, facts) {
    if (!isGuest(user)) return CLEAR;
    return licenceFinding(user, facts, licencesOf(user), {
      why: words(
        'A guest brings a licence of the own organization.',
        'Um convidado traz a licença da própria organização.',
      ),
    });
  },
};

import type { Rule } from '../rule.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { isMailbox, licenceFinding, licencesOf, REMOVE, USER } from './users.ts';

export const rule: Rule = {
  id: 'm365-signin-blocked',
  provider: 'm365',
  resourceType: USER,
  category: 'licence',
  title: words('Licensed user who is blocked', 'Usuário bloqueado com licença'),
  criterion: words(
    'Sign-in is blocked and paid licences are assigned. Mailboxes of rooms and groups are left out.',
    'O acesso está bloqueado e há licenças pagas atribuídas. Caixas de salas e grupos ficam de fora.',
  ),
  remedy: words(
    'Take the licences back. Undo assigns them again; data of a user without licence is kept for some 30 days.',
    'Retire as licenças. Desfazer as atribui de novo; os dados de um usuário sem licença são mantidos por cerca de 30 dias.',
  ),
  parameters: {},
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
    if (user.state !== 'stopped' || isMailbox(user)) return CLEAR;
    return licenceFinding(user, facts, licencesOf(user), {
      why: words(
        'Sign-in is blocked; the licences are still paid for.',
        'O acesso está bloqueado; as licenças continuam sendo pagas.',
      ),
    });
  },
};

import type { Rule } from '../rule.ts';
import { daysSince } from '../shared/ages.ts';
import { fact } from '../shared/evidence.ts';
import { parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { isMailbox, lastSignIn, licenceFinding, licencesOf, REMOVE, USER } from './users.ts';

export const rule: Rule = {
  id: 'm365-inactive',
  provider: 'm365',
  resourceType: USER,
  category: 'licence',
  title: words('Licensed user who is not active', 'Usuário com licença inativo'),
  criterion: words(
    'Last sign-in 90 days ago or more. From 30 days it can be wanted; the confidence then is lower.',
    'Último acesso há 90 dias ou mais. Pode-se pedir a partir de 30 dias; a confiança então é menor.',
  ),
  remedy: words(
    'Take the licences back. Undo assigns them again; data of a user without licence is kept for some 30 days.',
    'Retire as licenças. Desfazer as atribui de novo; os dados de um usuário sem licença são mantidos por cerca de 30 dias.',
  ),
  parameters: {
    days: parameter('Days without sign-in, at least', 'Dias sem acesso, no mínimo', 'days', [90, 30, 365]),
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
    read: ['User.Read.All', 'LicenseAssignment.Read.All', 'AuditLog.Read.All'],
    apply: ['LicenseAssignment.ReadWrite.All'],
    undo: ['LicenseAssignment.ReadWrite.All'],
  },
  examine(user, facts) {
    if (user.state !== 'active' || isMailbox(user) || licencesOf(user).length === 0) return CLEAR;
    const last = lastSignIn(user);
    if (isSkip(last)) return last;
    if (!last.at) return CLEAR;
    const { at } = last;
    const days = daysSince(at, facts.now);
    if (days < facts.parameter('days')) return CLEAR;
    return licenceFinding(user, facts, licencesOf(user), {
      why: local(
        (f) => `Last signed in ${f.days(Math.floor(days))} ago, on ${f.date(at)}.`,
        (f) => `Último acesso há ${f.days(Math.floor(days))}, em ${f.date(at)}.`,
      ),
      evidence: [fact(words('Last sign-in', 'Último acesso'), at.toISOString())],
      ...(days < 60 ? { confidence: 'low' as const } : days < 90 ? { confidence: 'medium' as const } : {}),
    });
  },
};

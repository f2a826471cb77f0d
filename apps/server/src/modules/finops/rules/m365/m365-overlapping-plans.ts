import type { Rule } from '../rule.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { covers } from './service-plans.ts';
import { licenceFinding, licencesOf, REMOVE, USER } from './users.ts';

export const rule: Rule = {
  id: 'm365-overlapping-plans',
  provider: 'm365',
  resourceType: USER,
  category: 'licence',
  title: words('Licence that is part of another', 'Licença contida em outra'),
  criterion: words(
    'Every service plan of a licence is in another licence of the same user, in the same or a higher edition.',
    'Todos os planos de serviço de uma licença estão em outra do mesmo usuário, na mesma edição ou superior.',
  ),
  remedy: words(
    'Take the smaller licence back. Undo assigns it again.',
    'Retire a licença menor. Desfazer a atribui de novo.',
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
    const held = licencesOf(user);
    if (held.some(({ plans }) => plans.length === 0)) return skip('no_metrics', 'service plans');
    const double = held.filter((one, index) =>
      held.some(
        (other, at) =>
          at !== index && covers(other.plans, one.plans) && (!covers(one.plans, other.plans) || at < index),
      ),
    );
    if (double.length === 0) return CLEAR;
    const names = double.map(({ name }) => name).join(', ');
    return licenceFinding(user, facts, double, {
      why: local(
        () => `All of ${names} is part of another licence of the user.`,
        () => `Tudo de ${names} faz parte de outra licença do usuário.`,
      ),
    });
  },
};

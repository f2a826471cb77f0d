import type { Rule } from '../rule.ts';
import { words } from '../shared/words.ts';
import { licenceAtRest } from './licence-at-rest.ts';

export const rule: Rule = licenceAtRest({
  id: 'm365-teams-phone-unused',
  title: words('Teams Phone of a user who does not use Teams', 'Teams Phone de usuário que não usa o Teams'),
  criterion: words(
    'A Teams Phone or calling plan licence, and no activity in Teams for 90 days.',
    'Licença de Teams Phone ou plano de chamadas, e nenhuma atividade no Teams há 90 dias.',
  ),
  remedy: words(
    'Take the licence back. Undo assigns it again; a phone number may have to be assigned anew.',
    'Retire a licença. Desfazer a atribui de novo; o número pode ter de ser atribuído novamente.',
  ),
  products: /^(MCOEV|MCOPSTN|PHONESYSTEM)/i,
  service: 'teams',
  where: words('in Teams', 'no Teams'),
});

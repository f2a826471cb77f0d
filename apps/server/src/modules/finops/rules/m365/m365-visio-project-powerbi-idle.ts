import type { Rule } from '../rule.ts';
import { words } from '../shared/words.ts';
import { licenceAtRest } from './licence-at-rest.ts';

export const rule: Rule = licenceAtRest({
  id: 'm365-visio-project-powerbi-idle',
  title: words('Add-on licence of a user at rest', 'Licença adicional de usuário em repouso'),
  criterion: words(
    'Visio, Project or Power BI Pro of a user without activity in any service for 90 days. Graph tells no use of these products themselves.',
    'Visio, Project ou Power BI Pro de usuário sem atividade em nenhum serviço há 90 dias. O Graph não informa o uso desses produtos em si.',
  ),
  remedy: words(
    'Take the add-ons back. Undo assigns them again.',
    'Retire as licenças adicionais. Desfazer as atribui de novo.',
  ),
  products: /^(VISIO|PROJECT|PROJ|POWER_BI_PRO|PBI_)/i,
  where: words('in any service', 'em nenhum serviço'),
});

import type { Rule } from '../rule.ts';
import { environmentOf } from '../shared/environment.ts';
import { found, LABEL, sizeSpec, spec } from '../shared/finding.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { reading } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-storage-geo-nonprod',
  provider: 'azure',
  resourceType: 'azure.storage.account',
  category: 'storage',
  title: words(
    'Geo-redundant storage outside of production',
    'Armazenamento georredundante fora da produção',
  ),
  criterion: words(
    'Copied to a second region (GRS, GZRS) though tagged as another environment than production.',
    'Copiado para uma segunda região (GRS, GZRS), embora etiquetado como ambiente que não é de produção.',
  ),
  remedy: words(
    'Change the redundancy to LRS or ZRS. Advice: going back copies everything anew and is billed.',
    'Mude a redundância para LRS ou ZRS. Recomendação: voltar copia tudo de novo e é cobrado.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: null,
  permissions: reading('Microsoft.Storage/storageAccounts/read'),
  claims: 'setting',
  examine(account) {
    const sku = account.size?.sku ?? '';
    if (!/_(RA)?(GRS|GZRS)$/.test(sku)) return CLEAR;
    const environment = environmentOf(account);
    if (!environment) return skip('excluded', 'no environment tag');
    if (environment.production) return CLEAR;
    return found(
      hygiene(
        words(
          'About half of the price of what is stored; the list is not asked for it.',
          'Cerca de metade do preço do que é armazenado; a tabela não é consultada.',
        ),
      ),
      {
        why: local(
          () => `${sku} in ${environment.value}: a second region for data that can be made again.`,
          () => `${sku} em ${environment.value}: uma segunda região para dados que podem ser refeitos.`,
        ),
        current: sizeSpec(account),
        recommended: [spec(LABEL.type, sku.replace(/(RA)?GZRS$/, 'ZRS').replace(/(RA)?GRS$/, 'LRS'))],
      },
    );
  },
};

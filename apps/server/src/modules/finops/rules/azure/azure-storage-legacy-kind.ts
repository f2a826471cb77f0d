import type { Rule } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { found, LABEL, spec } from '../shared/finding.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { reading } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-storage-legacy-kind',
  provider: 'azure',
  resourceType: 'azure.storage.account',
  category: 'modernize',
  title: words('Storage account of an old kind', 'Conta de armazenamento de tipo antigo'),
  criterion: words(
    'Of kind Storage or BlobStorage, which have no or fewer tiers and lifecycle rules.',
    'Do tipo Storage ou BlobStorage, sem ou com menos camadas e regras de ciclo de vida.',
  ),
  remedy: words(
    'Upgrade to StorageV2: in place, without downtime, not reversible. Advice.',
    'Atualize para StorageV2: no lugar, sem parada, irreversível. Recomendação.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M0',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'N',
  action: null,
  permissions: reading('Microsoft.Storage/storageAccounts/read'),
  claims: 'setting',
  examine(account) {
    const kind = textAt(account.attributes, 'kind');
    if (kind !== 'Storage' && kind !== 'BlobStorage') return CLEAR;
    return found(
      hygiene(words('What tiers save depends on use.', 'O que as camadas economizam depende do uso.')),
      {
        why: local(
          () => `Kind ${kind}: no lifecycle rules over all tiers.`,
          () => `Tipo ${kind}: sem regras de ciclo de vida em todas as camadas.`,
        ),
        current: [spec(LABEL.type, kind)],
        recommended: [spec(LABEL.type, 'StorageV2')],
      },
    );
  },
};

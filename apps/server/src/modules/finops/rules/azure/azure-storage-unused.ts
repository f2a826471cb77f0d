import type { Rule } from '../rule.ts';
import { unusedStorage } from '../shared/unused-storage.ts';
import { words } from '../shared/words.ts';
import { METRICS_READ, reading } from './permissions.ts';

export const rule: Rule = unusedStorage({
  id: 'azure-storage-unused',
  provider: 'azure',
  resourceType: 'azure.storage.account',
  title: words('Unused storage account', 'Conta de armazenamento sem uso'),
  permissions: reading('Microsoft.Storage/storageAccounts/read', METRICS_READ),
});

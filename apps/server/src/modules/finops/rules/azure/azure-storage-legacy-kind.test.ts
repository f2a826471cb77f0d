import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-storage-legacy-kind.ts';

const account = makeResource('azure.storage.account', {
  provider: 'azure',
  region: 'eastus',
  size: { sku: 'Standard_LRS' },
  attributes: { accessTier: 'Hot', kind: 'StorageV2' },
});

describeRule(rule, [
  {
    when: 'of the first kind',
    resource: { ...account, attributes: { kind: 'Storage' } },
    verdict: 'found',
    monthly: null,
    recommended: ['StorageV2'],
  },
  { when: 'for blobs only', resource: { ...account, attributes: { kind: 'BlobStorage' } }, verdict: 'found' },
  { when: 'of the present kind', resource: account, verdict: 'clear' },
  { when: 'the kind is not told', resource: { ...account, attributes: {} }, verdict: 'clear' },
]);

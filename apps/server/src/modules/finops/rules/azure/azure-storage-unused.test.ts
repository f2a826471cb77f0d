import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './azure-storage-unused.ts';

const account = makeResource('azure.storage.account', {
  provider: 'azure',
  region: 'eastus',
  size: { sku: 'Standard_LRS' },
  attributes: { accessTier: 'Hot', kind: 'StorageV2' },
});

describeRule(rule, [
  ...unusedRows({ resource: account, metrics: ['requests.sum'], days: 30 }),
  { when: 'being made', resource: { ...account, state: 'creating' }, verdict: 'clear' },
]);

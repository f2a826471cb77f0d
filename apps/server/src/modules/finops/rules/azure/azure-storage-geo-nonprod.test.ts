import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-storage-geo-nonprod.ts';

const account = makeResource('azure.storage.account', {
  provider: 'azure',
  region: 'eastus',
  size: { sku: 'Standard_LRS' },
  attributes: { accessTier: 'Hot', kind: 'StorageV2' },
});
const dev = { ...account, tags: { env: 'dev' }, size: { sku: 'Standard_RAGRS' } };

describeRule(rule, [
  {
    when: 'read-access geo in development',
    resource: dev,
    verdict: 'found',
    monthly: null,
    recommended: ['Standard_LRS'],
  },
  {
    when: 'zones and geo',
    resource: { ...dev, size: { sku: 'Standard_GZRS' } },
    verdict: 'found',
    recommended: ['Standard_ZRS'],
  },
  { when: 'zones only', resource: { ...dev, size: { sku: 'Standard_ZRS' } }, verdict: 'clear' },
  { when: 'production', resource: { ...dev, tags: { env: 'production' } }, verdict: 'clear' },
  { when: 'no tag', resource: { ...dev, tags: {} }, verdict: 'excluded' },
]);

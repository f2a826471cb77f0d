import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-storage-tiering.ts';

const GIB = 1024 ** 3;
const account = makeResource('azure.storage.account', {
  provider: 'azure',
  region: 'eastus',
  size: { sku: 'Standard_LRS' },
  attributes: { accessTier: 'Hot', kind: 'StorageV2' },
});
const prices = { 'object_storage Hot': '0.02', 'object_storage Cool': '0.01' };
const stored = { 'stored_bytes.average': 1000 * GIB };

describeRule(rule, [
  {
    when: 'much stored, never read',
    resource: account,
    metrics: { ...stored, 'requests.sum': { value: () => null } },
    prices,
    verdict: 'found',
    monthly: '10',
    action: { kind: 'operations', operations: [{ operation: 'set-tier', parameters: { tier: 'Cool' } }] },
  },
  {
    when: 'the bill shows less',
    resource: account,
    metrics: { ...stored, 'requests.sum': { value: () => null } },
    prices,
    cost: '0.1',
    verdict: 'found',
    monthly: '3.044',
  },
  {
    when: 'requests cost a part of it',
    resource: account,
    metrics: { ...stored, 'requests.sum': 100 },
    prices,
    verdict: 'found',
    monthly: '9.6347',
  },
  {
    when: 'read often',
    resource: account,
    metrics: { ...stored, 'requests.sum': 1000 },
    prices,
    verdict: 'clear',
  },
  {
    when: 'dearer requests take all of it',
    resource: account,
    metrics: { ...stored, 'requests.sum': 1000 },
    parameters: { requests: 2000 },
    prices: { 'object_storage Hot': '0.011', 'object_storage Cool': '0.01' },
    verdict: 'clear',
  },
  {
    when: 'exactly 100 GiB',
    resource: account,
    metrics: { 'stored_bytes.average': 100 * GIB, 'requests.sum': 0 },
    prices,
    verdict: 'found',
    monthly: '1',
  },
  {
    when: 'little stored',
    resource: account,
    metrics: { 'stored_bytes.average': 99 * GIB, 'requests.sum': 0 },
    prices,
    verdict: 'clear',
  },
  { when: 'Cool', resource: { ...account, attributes: { accessTier: 'Cool' } }, verdict: 'clear' },
  { when: 'never measured', resource: account, prices, verdict: 'no_metrics', detail: 'stored_bytes' },
  {
    when: 'requests never measured',
    resource: account,
    metrics: stored,
    prices,
    verdict: 'no_metrics',
    detail: 'requests',
  },
  { when: 'no price', resource: account, metrics: { ...stored, 'requests.sum': 0 }, verdict: 'no_price' },
  { when: 'young', resource: { ...account, createdAt: ago(29) }, verdict: 'too_young' },
]);

import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-disk-premium-nonprod.ts';

const disk = makeResource('azure.compute.disk', {
  provider: 'azure',
  region: 'eastus',
  state: 'in_use',
  size: { sku: 'Premium_LRS', storageGiB: 512 },
  tags: { env: 'development' },
});
const prices = { 'disk Premium_LRS': '0.15', 'disk StandardSSD_LRS': '0.075', 'disk Standard_LRS': '0.05' };

describeRule(rule, [
  {
    when: 'in development',
    resource: disk,
    prices,
    cost: '2',
    verdict: 'found',
    monthly: '30.44',
    confidence: 'low',
  },
  {
    when: 'in production',
    resource: { ...disk, tags: { env: 'prod' } },
    prices,
    cost: '2',
    verdict: 'clear',
  },
  { when: 'no environment', resource: { ...disk, tags: {} }, prices, cost: '2', verdict: 'clear' },
  { when: 'not premium', resource: { ...disk, size: { sku: 'StandardSSD_LRS' } }, prices, verdict: 'clear' },
  { when: 'no price', resource: disk, cost: '2', verdict: 'no_price' },
  { when: 'the bill does not know it', resource: disk, prices, verdict: 'no_cost' },
]);

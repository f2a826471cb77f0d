import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-disk-ssd-nonprod.ts';

const disk = makeResource('gcp.compute.disk', {
  provider: 'gcp',
  state: 'in_use',
  tags: { env: 'development' },
  size: { sku: 'pd-ssd', storageGiB: 200 },
});
const prices = { 'disk pd-ssd': '0.2', 'disk pd-balanced': '0.1' };

describeRule(rule, [
  {
    when: 'development',
    resource: disk,
    prices,
    cost: '2',
    verdict: 'found',
    monthly: '30.44',
    action: null,
  },
  { when: 'production', resource: { ...disk, tags: { env: 'prod' } }, prices, cost: '2', verdict: 'clear' },
  { when: 'no label', resource: { ...disk, tags: {} }, prices, cost: '2', verdict: 'clear' },
  { when: 'standard', resource: { ...disk, size: { sku: 'pd-standard' } }, verdict: 'clear' },
  { when: 'unattached', resource: { ...disk, state: 'available' }, verdict: 'clear' },
  { when: 'no price', resource: disk, cost: '2', verdict: 'no_price' },
  { when: 'the bill does not know it', resource: disk, prices, verdict: 'no_cost' },
]);

import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-disk-ssd-to-balanced.ts';

const disk = makeResource('gcp.compute.disk', {
  provider: 'gcp',
  state: 'in_use',
  size: { sku: 'pd-ssd', storageGiB: 200 },
});
const prices = { 'disk pd-ssd': '0.17', 'disk pd-balanced': '0.1' };
const load = (reads: number, writes: number) => ({
  'read_operations.average': reads,
  'write_operations.average': writes,
});

describeRule(rule, [
  {
    when: 'slow use',
    resource: disk,
    metrics: load(50, 50),
    prices,
    cost: '1.7',
    verdict: 'found',
    monthly: '21.308',
    recommended: ['pd-balanced'],
    action: null,
  },
  {
    when: 'exactly at the mark',
    resource: disk,
    metrics: load(800, 1000),
    prices,
    cost: '1',
    verdict: 'found',
  },
  { when: 'above it', resource: disk, metrics: load(801, 1000), prices, cost: '1', verdict: 'clear' },
  {
    when: 'more than a balanced disk gives',
    resource: { ...disk, size: { sku: 'pd-ssd', storageGiB: 1000 } },
    metrics: load(3001, 3000),
    prices,
    cost: '1',
    verdict: 'clear',
  },
  { when: 'balanced', resource: { ...disk, size: { sku: 'pd-balanced', storageGiB: 9 } }, verdict: 'clear' },
  { when: 'never measured', resource: disk, prices, cost: '1', verdict: 'no_metrics' },
  { when: 'young', resource: { ...disk, createdAt: ago(29) }, verdict: 'too_young' },
  { when: 'no price', resource: disk, metrics: load(1, 1), cost: '1', verdict: 'no_price' },
  { when: 'the bill does not know it', resource: disk, metrics: load(1, 1), prices, verdict: 'no_cost' },
]);

import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-sql-overprovisioned.ts';

const database = makeResource('gcp.sql.instance', {
  provider: 'gcp',
  state: 'running',
  size: { sku: 'db-custom-8-30720', storageGiB: 100 },
});
const prices = {
  'database db-custom-8-30720 ZONAL': '0.5',
  'database db-custom-4-15360 ZONAL': '0.25',
  'database_storage PD_SSD ZONAL': '0',
};
const base = { resource: database, prices, cost: '10' };
const load = (cpu: number, memory: number) => ({
  'cpu_utilization.maximum': cpu,
  'memory_used_percent.maximum': memory,
});

describeRule(rule, [
  {
    when: 'exactly at the mark',
    ...base,
    metrics: load(40, 40),
    verdict: 'found',
    monthly: '152.2',
    recommended: ['db-custom-4-15360'],
    action: {
      kind: 'operations',
      operations: [{ operation: 'resize', parameters: { size: 'db-custom-4-15360' } }],
    },
  },
  { when: 'CPU above it', ...base, metrics: load(40.1, 10), verdict: 'clear' },
  { when: 'memory above it', ...base, metrics: load(10, 40.1), verdict: 'clear' },
  {
    when: 'the smallest memory',
    ...base,
    resource: { ...database, size: { sku: 'db-custom-2-3840', storageGiB: 10 } },
    metrics: load(1, 1),
    verdict: 'clear',
  },
  {
    when: 'half is an odd number of vCPUs',
    ...base,
    resource: { ...database, size: { sku: 'db-custom-6-30720', storageGiB: 10 } },
    metrics: load(1, 1),
    verdict: 'clear',
  },
  {
    when: 'memory never measured',
    ...base,
    metrics: { 'cpu_utilization.maximum': 1 },
    verdict: 'no_metrics',
  },
  {
    when: 'a shared core',
    ...base,
    resource: { ...database, size: { sku: 'db-g1-small' } },
    verdict: 'unknown_size',
  },
  { when: 'young', ...base, resource: { ...database, createdAt: ago(13) }, verdict: 'too_young' },
  { when: 'no price', ...base, prices: {}, metrics: load(1, 1), verdict: 'no_price' },
  { when: 'not in the bill', resource: database, prices, metrics: load(1, 1), verdict: 'no_cost' },
]);

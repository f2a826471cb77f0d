import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-sql-idle.ts';

const database = makeResource('gcp.sql.instance', {
  provider: 'gcp',
  state: 'running',
  size: { sku: 'db-custom-2-7680', storageGiB: 100 },
});
// 73.05 a month for the machine, 24.35 for the storage: three quarters of the cost end.
const prices = { 'database db-custom-2-7680 ZONAL': '0.1', 'database_storage PD_SSD ZONAL': '0.2435' };
const base = { resource: database, prices, cost: '4' };

describeRule(rule, [
  {
    when: 'no connection',
    ...base,
    metrics: { 'connections.maximum': 0 },
    verdict: 'found',
    monthly: '91.32',
    action: { kind: 'operations', operations: [{ operation: 'stop', parameters: {} }] },
  },
  { when: 'one below the mark', ...base, metrics: { 'connections.maximum': 4 }, verdict: 'found' },
  { when: 'exactly at the mark', ...base, metrics: { 'connections.maximum': 5 }, verdict: 'clear' },
  { when: 'never measured', ...base, verdict: 'no_metrics', detail: 'connections' },
  { when: 'young', ...base, resource: { ...database, createdAt: ago(6) }, verdict: 'too_young' },
  { when: 'stopped', ...base, resource: { ...database, state: 'stopped' }, verdict: 'clear' },
  {
    when: 'a replica',
    ...base,
    resource: { ...database, attributes: { masterInstanceName: 'p:main' } },
    verdict: 'excluded',
  },
  { when: 'no price', ...base, prices: {}, metrics: { 'connections.maximum': 0 }, verdict: 'no_price' },
  {
    when: 'not in the bill',
    resource: database,
    prices,
    metrics: { 'connections.maximum': 0 },
    verdict: 'no_cost',
  },
]);

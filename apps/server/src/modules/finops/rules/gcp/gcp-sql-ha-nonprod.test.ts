import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-sql-ha-nonprod.ts';

const database = makeResource('gcp.sql.instance', {
  provider: 'gcp',
  state: 'running',
  tags: { env: 'development' },
  size: { sku: 'db-custom-2-7680', storageGiB: 100 },
  attributes: { settings: { availabilityType: 'REGIONAL' } },
});
const prices = {
  'database db-custom-2-7680 REGIONAL': '0.2',
  'database db-custom-2-7680 ZONAL': '0.1',
  'database_storage PD_SSD REGIONAL': '0.34',
  'database_storage PD_SSD ZONAL': '0.17',
};
const base = { resource: database, prices, cost: '10' };

describeRule(rule, [
  {
    when: 'development',
    ...base,
    verdict: 'found',
    monthly: '152.2',
    recommended: ['ZONAL'],
    action: {
      kind: 'operations',
      operations: [{ operation: 'set-availability', parameters: { availability: 'ZONAL' } }],
    },
  },
  { when: 'production', ...base, resource: { ...database, tags: { env: 'production' } }, verdict: 'clear' },
  { when: 'no label', ...base, resource: { ...database, tags: {} }, verdict: 'clear' },
  { when: 'zonal', ...base, resource: { ...database, attributes: {} }, verdict: 'clear' },
  { when: 'stopped', ...base, resource: { ...database, state: 'stopped' }, verdict: 'clear' },
  { when: 'no price', ...base, prices: {}, verdict: 'no_price' },
  { when: 'not in the bill', resource: database, prices, verdict: 'no_cost' },
]);

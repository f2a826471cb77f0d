import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-rds-multi-az-nonprod.ts';

const database = makeResource('aws.rds.instance', {
  state: 'running',
  size: { sku: 'db.m5.large', storageGiB: 100 },
  attributes: { Engine: 'mysql', MultiAZ: true, StorageType: 'gp3' },
  tags: { Environment: 'staging' },
});
const prices = {
  'database db.m5.large multi-zone mysql': '0.342',
  'database db.m5.large single-zone mysql': '0.171',
  'database_storage gp3': '0.115',
};

describeRule(rule, [
  {
    when: 'staging with a standby',
    resource: database,
    prices,
    cost: '9',
    verdict: 'found',
    monthly: '136.98',
    action: {
      kind: 'operations',
      operations: [{ operation: 'modify', parameters: { multiZone: false, immediately: true } }],
    },
  },
  {
    when: 'production',
    resource: { ...database, tags: { env: 'PROD' } },
    prices,
    cost: '9',
    verdict: 'clear',
  },
  {
    when: 'production in Portuguese',
    resource: { ...database, tags: { ambiente: 'produção' } },
    prices,
    cost: '9',
    verdict: 'clear',
  },
  { when: 'no environment tag', resource: { ...database, tags: {} }, prices, cost: '9', verdict: 'clear' },
  {
    when: 'an empty environment tag',
    resource: { ...database, tags: { env: ' ' } },
    prices,
    cost: '9',
    verdict: 'clear',
  },
  {
    when: 'one zone',
    resource: { ...database, attributes: { Engine: 'mysql' } },
    prices,
    cost: '9',
    verdict: 'clear',
  },
  { when: 'no price', resource: database, cost: '9', verdict: 'no_price' },
  { when: 'the bill does not know it', resource: database, prices, verdict: 'no_cost' },
  { when: 'no class', resource: { ...database, size: null }, prices, cost: '9', verdict: 'unknown_size' },
]);

import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-rds-old-generation.ts';

const database = makeResource('aws.rds.instance', {
  state: 'running',
  size: { sku: 'db.m5.large', storageGiB: 0 },
  attributes: { Engine: 'mysql' },
});
const prices = {
  'database db.m5.large single-zone mysql': '0.171',
  'database db.m6i.large single-zone mysql': '0.171',
  'database db.m7g.large single-zone mysql': '0.168',
};

describeRule(rule, [
  {
    when: 'the arm64 class is cheaper',
    resource: database,
    prices,
    cost: '4',
    verdict: 'found',
    monthly: '2.1361',
    recommended: ['db.m7g.large', '2', '8 GiB'],
  },
  {
    when: 'every class costs the same',
    resource: database,
    prices: { ...prices, 'database db.m7g.large single-zone mysql': '0.171' },
    cost: '4',
    verdict: 'clear',
  },
  {
    when: 'an engine that does not run on arm64',
    resource: { ...database, attributes: { Engine: 'sqlserver-se' } },
    prices: {
      'database db.m5.large single-zone sqlserver-se': '1',
      'database db.m6i.large single-zone sqlserver-se': '1',
    },
    cost: '4',
    verdict: 'clear',
  },
  {
    when: 'the newest class',
    resource: { ...database, size: { sku: 'db.m8g.large' } },
    prices,
    cost: '4',
    verdict: 'clear',
  },
  {
    when: 'an unknown class',
    resource: { ...database, size: { sku: 'db.z1d.large' } },
    prices,
    cost: '4',
    verdict: 'unknown_size',
  },
  { when: 'no price', resource: database, cost: '4', verdict: 'no_price' },
  { when: 'the bill does not know it', resource: database, prices, verdict: 'no_cost' },
  { when: 'stopped', resource: { ...database, state: 'stopped' }, verdict: 'clear' },
]);

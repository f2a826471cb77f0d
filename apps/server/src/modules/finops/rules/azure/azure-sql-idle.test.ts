import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-sql-idle.ts';

const database = makeResource('azure.sql.database', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  size: { sku: 'S3', storageGiB: 250 },
});
const prices = {
  'database S0': '0.02',
  'database S2': '0.1',
  'database S3': '0.2',
  'database GP_Gen5': '0.25',
};

describeRule(rule, [
  {
    when: 'no connection',
    resource: database,
    metrics: { 'connections.sum': { value: () => null } },
    prices,
    cost: '5',
    verdict: 'found',
    monthly: '136.98',
    recommended: ['S0'],
    action: { kind: 'operations', operations: [{ operation: 'resize', parameters: { size: 'S0' } }] },
  },
  {
    when: 'by vCores',
    resource: { ...database, size: { sku: 'GP_Gen5_8', cpus: 8, storageGiB: 250 } },
    metrics: { 'connections.sum': 0 },
    prices,
    cost: '10',
    verdict: 'found',
    monthly: '228.3',
    recommended: ['GP_Gen5_2'],
  },
  {
    when: 'one connection',
    resource: database,
    metrics: { 'connections.sum': { value: (h) => (h === 30 ? 1 : 0) } },
    prices,
    cost: '5',
    verdict: 'clear',
  },
  {
    when: 'the smallest already',
    resource: { ...database, size: { sku: 'S0', storageGiB: 250 } },
    metrics: { 'connections.sum': 0 },
    prices,
    cost: '5',
    verdict: 'clear',
  },
  {
    when: 'a model that is not known',
    resource: { ...database, size: { sku: 'DW100c' } },
    metrics: { 'connections.sum': 0 },
    verdict: 'unknown_size',
  },
  {
    when: 'of a pool',
    resource: { ...database, attributes: { elasticPoolId: '/x' } },
    metrics: { 'connections.sum': 0 },
    verdict: 'clear',
  },
  { when: 'never measured', resource: database, prices, cost: '5', verdict: 'no_metrics' },
  { when: 'young', resource: { ...database, createdAt: ago(13) }, verdict: 'too_young' },
  { when: 'no price', resource: database, metrics: { 'connections.sum': 0 }, cost: '5', verdict: 'no_price' },
  {
    when: 'the bill does not know it',
    resource: database,
    metrics: { 'connections.sum': 0 },
    prices,
    verdict: 'no_cost',
  },
]);

import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-sql-underused.ts';

const database = makeResource('azure.sql.database', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  size: { sku: 'GP_Gen5_8', storageGiB: 250 },
});
const prices = {
  'database S0': '0.02',
  'database S2': '0.1',
  'database S3': '0.2',
  'database GP_Gen5': '0.25',
};

describeRule(rule, [
  {
    when: 'half carries it',
    resource: database,
    metrics: { 'cpu_utilization.maximum': 20 },
    prices,
    cost: '10',
    verdict: 'found',
    monthly: '152.2',
    recommended: ['GP_Gen5_4'],
  },
  {
    when: 'more than half is needed',
    resource: database,
    metrics: { 'cpu_utilization.maximum': 40 },
    prices,
    cost: '10',
    verdict: 'found',
    recommended: ['GP_Gen5_4'],
  },
  {
    when: 'above the mark',
    resource: database,
    metrics: { 'cpu_utilization.maximum': 40.1 },
    prices,
    cost: '10',
    verdict: 'clear',
  },
  {
    when: 'DTU',
    resource: { ...database, size: { sku: 'S3', storageGiB: 250 } },
    metrics: { 'cpu_utilization.maximum': 20 },
    prices,
    cost: '10',
    verdict: 'found',
    recommended: ['S2'],
  },
  { when: 'never measured', resource: database, prices, cost: '10', verdict: 'no_metrics' },
  {
    when: 'a model that is not known',
    resource: { ...database, size: { sku: 'DW100c' } },
    metrics: { 'cpu_utilization.maximum': 1 },
    verdict: 'unknown_size',
  },
  { when: 'paused', resource: { ...database, state: 'stopped' }, verdict: 'clear' },
  {
    when: 'the bill does not know it',
    resource: database,
    metrics: { 'cpu_utilization.maximum': 20 },
    prices,
    verdict: 'no_cost',
  },
]);

import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-vm-off-hours.ts';

const vm = makeResource('gcp.compute.instance', {
  provider: 'gcp',
  region: 'southamerica-east1',
  state: 'running',
  size: { sku: 'e2-standard-4', cpus: 4, memoryGiB: 16 },
});
const office = (hour: number): number => (hour < 120 && hour % 24 >= 11 && hour % 24 < 22 ? 40 : 1);

describeRule(rule, [
  {
    when: 'used on working days',
    resource: vm,
    metrics: { 'cpu_utilization.average': { value: office } },
    cost: '10',
    verdict: 'found',
    why: /08:00|07:00/,
  },
  {
    when: 'used day and night',
    resource: vm,
    metrics: { 'cpu_utilization.average': 40 },
    cost: '10',
    verdict: 'clear',
  },
  {
    when: 'never used',
    resource: vm,
    metrics: { 'cpu_utilization.average': 1 },
    cost: '10',
    verdict: 'clear',
  },
  {
    when: 'traffic at night',
    resource: vm,
    metrics: { 'cpu_utilization.average': { value: office }, 'network_in.sum': 50_000_000 },
    cost: '10',
    verdict: 'clear',
  },
  {
    when: 'production',
    resource: { ...vm, tags: { env: 'production' } },
    metrics: { 'cpu_utilization.average': { value: office } },
    cost: '10',
    verdict: 'excluded',
    detail: 'production',
  },
  {
    when: 'production, wanted',
    resource: { ...vm, tags: { env: 'production' } },
    parameters: { production: 1 },
    metrics: { 'cpu_utilization.average': { value: office } },
    cost: '10',
    verdict: 'found',
    confidence: 'low',
  },
  { when: 'never measured', resource: vm, cost: '10', verdict: 'no_metrics' },
  { when: 'young', resource: { ...vm, createdAt: ago(13) }, verdict: 'too_young' },
  {
    when: 'the bill does not know it',
    resource: vm,
    metrics: { 'cpu_utilization.average': { value: office } },
    verdict: 'no_cost',
  },
  {
    when: 'the bill knows no resources',
    resource: vm,
    metrics: { 'cpu_utilization.average': { value: office } },
    bill: 'sums',
    verdict: 'found',
    monthly: null,
  },
  {
    when: 'spot',
    resource: { ...vm, attributes: { scheduling: { provisioningModel: 'SPOT' } } },
    verdict: 'excluded',
  },
  { when: 'off', resource: { ...vm, state: 'stopped' }, verdict: 'clear' },
]);

import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-gke-idle-cluster.ts';

const pool = (autoscaling = {}) => ({
  name: 'main',
  initialNodeCount: 2,
  config: { machineType: 'e2-standard-4' },
  autoscaling,
});
const cluster = makeResource('gcp.gke.cluster', {
  provider: 'gcp',
  state: 'running',
  size: { sku: 'e2-standard-4', nodes: 2 },
  attributes: { nodePools: [pool()] },
});
const prices = { 'compute e2-standard-4': '0.15', cluster: '0.1' };
const base = { resource: cluster, prices, cost: '10', metrics: { 'cpu_utilization.maximum': 10 } };

describeRule(rule, [
  {
    when: 'exactly at the mark',
    ...base,
    verdict: 'found',
    monthly: '228.3',
    action: {
      kind: 'operations',
      operations: [{ operation: 'scale', parameters: { pool: 'main', nodes: 0 } }],
    },
  },
  { when: 'above it', ...base, metrics: { 'cpu_utilization.maximum': 10.1 }, verdict: 'clear' },
  {
    when: 'an autoscaler rules it',
    ...base,
    resource: { ...cluster, attributes: { nodePools: [pool({ enabled: true })] } },
    verdict: 'found',
    action: null,
  },
  { when: 'production', ...base, resource: { ...cluster, tags: { env: 'prod' } }, verdict: 'excluded' },
  { when: 'without nodes', ...base, resource: { ...cluster, size: { nodes: 0 } }, verdict: 'clear' },
  { when: 'never measured', ...base, metrics: {}, verdict: 'no_metrics' },
  { when: 'young', ...base, resource: { ...cluster, createdAt: ago(13) }, verdict: 'too_young' },
  {
    when: 'pools of several types',
    ...base,
    resource: {
      ...cluster,
      attributes: { nodePools: [pool(), { ...pool(), config: { machineType: 'n2-standard-4' } }] },
    },
    verdict: 'unknown_size',
  },
  { when: 'no price', ...base, prices: {}, verdict: 'no_price' },
]);

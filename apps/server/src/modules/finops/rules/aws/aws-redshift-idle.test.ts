import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-redshift-idle.ts';

const cluster = makeResource('aws.redshift.cluster', {
  state: 'running',
  size: { sku: 'ra3.xlplus', nodes: 2 },
});
/** Connections in the first hours of the week. */
const usedFor = (hours: number, cpu: number) => ({
  'connections.maximum': { value: (h: number) => (h < hours ? 3 : 0) },
  'cpu_utilization.average': cpu,
});

describeRule(rule, [
  {
    when: 'no connection in a week',
    resource: cluster,
    metrics: usedFor(0, 1),
    cost: '52',
    verdict: 'found',
    monthly: '1582.88',
    action: { kind: 'operations', operations: [{ operation: 'stop', parameters: {} }] },
  },
  {
    when: 'used in a part of the week: advice',
    resource: cluster,
    metrics: usedFor(84, 10),
    cost: '52',
    verdict: 'found',
    monthly: '791.44',
    action: null,
  },
  {
    when: 'exactly 40 idle hours',
    resource: cluster,
    metrics: usedFor(128, 5),
    cost: '52',
    verdict: 'found',
  },
  { when: '39 idle hours', resource: cluster, metrics: usedFor(129, 5), cost: '52', verdict: 'clear' },
  {
    when: 'CPU above the limit',
    resource: cluster,
    metrics: usedFor(84, 10.1),
    cost: '52',
    verdict: 'clear',
  },
  { when: 'never measured', resource: cluster, cost: '52', verdict: 'no_metrics' },
  { when: 'the bill does not know it', resource: cluster, metrics: usedFor(0, 1), verdict: 'no_cost' },
  { when: 'paused', resource: { ...cluster, state: 'stopped' }, verdict: 'clear' },
  {
    when: 'too young',
    resource: { ...cluster, createdAt: ago(6) },
    metrics: usedFor(0, 1),
    cost: '52',
    verdict: 'too_young',
  },
]);

import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-gke-no-autoscale.ts';

const cluster = (initialNodeCount: number, enabled: boolean) =>
  makeResource('gcp.gke.cluster', {
    provider: 'gcp',
    state: 'running',
    attributes: { nodePools: [{ name: 'main', initialNodeCount, autoscaling: enabled ? { enabled } : {} }] },
  });

describeRule(rule, [
  {
    when: 'two fixed nodes',
    resource: cluster(2, false),
    verdict: 'found',
    monthly: null,
    action: null,
    why: /main/,
  },
  { when: 'one node', resource: cluster(1, false), verdict: 'clear' },
  { when: 'autoscaled', resource: cluster(3, true), verdict: 'clear' },
  {
    when: 'autopilot',
    resource: {
      ...cluster(3, false),
      attributes: { ...cluster(3, false).attributes, autopilot: { enabled: true } },
    },
    verdict: 'clear',
  },
  { when: 'failed', resource: { ...cluster(3, false), state: 'failed' }, verdict: 'clear' },
]);

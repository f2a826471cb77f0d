import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-aks-autoscale.ts';

const cluster = makeResource('azure.aks.cluster', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  createdAt: null,
  tags: { env: 'development' },
  size: { sku: 'Standard_D4s_v5', nodes: 2 },
  attributes: { sku: { tier: 'Standard' }, agentPoolProfiles: [{ name: 'system', count: 2 }] },
});

describeRule(rule, [
  { when: 'a pool of fixed size', resource: cluster, verdict: 'found', monthly: null, why: /system/ },
  {
    when: 'with autoscaler',
    resource: {
      ...cluster,
      attributes: { agentPoolProfiles: [{ name: 'a', count: 9, enableAutoScaling: true }] },
    },
    verdict: 'clear',
  },
  {
    when: 'one node',
    resource: { ...cluster, attributes: { agentPoolProfiles: [{ name: 'a', count: 1 }] } },
    verdict: 'clear',
  },
  { when: 'stopped', resource: { ...cluster, state: 'stopped' }, verdict: 'clear' },
]);

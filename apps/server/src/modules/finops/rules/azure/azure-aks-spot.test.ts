import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-aks-spot.ts';

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
  { when: 'development without spot', resource: cluster, verdict: 'found', monthly: null },
  {
    when: 'with a spot pool',
    resource: {
      ...cluster,
      attributes: { agentPoolProfiles: [{ name: 'a' }, { name: 'b', scaleSetPriority: 'Spot' }] },
    },
    verdict: 'clear',
  },
  { when: 'production', resource: { ...cluster, tags: { env: 'prod' } }, verdict: 'clear' },
  { when: 'no environment', resource: { ...cluster, tags: {} }, verdict: 'clear' },
  { when: 'no pools are told', resource: { ...cluster, attributes: {} }, verdict: 'clear' },
]);

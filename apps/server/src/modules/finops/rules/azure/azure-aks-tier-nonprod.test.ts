import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-aks-tier-nonprod.ts';

const cluster = makeResource('azure.aks.cluster', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  createdAt: null,
  tags: { env: 'development' },
  size: { sku: 'Standard_D4s_v5', nodes: 2 },
  attributes: { sku: { tier: 'Standard' }, agentPoolProfiles: [{ name: 'system', count: 2 }] },
});
const prices = { cluster: '0.1' };

describeRule(rule, [
  {
    when: 'guaranteed in development',
    resource: cluster,
    prices,
    verdict: 'found',
    monthly: '73.05',
    recommended: ['Free'],
  },
  { when: 'the bill shows less', resource: cluster, prices, cost: '1', verdict: 'found', monthly: '30.44' },
  { when: 'free', resource: { ...cluster, attributes: { sku: { tier: 'Free' } } }, prices, verdict: 'clear' },
  { when: 'production', resource: { ...cluster, tags: { env: 'prod' } }, prices, verdict: 'clear' },
  { when: 'no price', resource: cluster, verdict: 'no_price' },
]);

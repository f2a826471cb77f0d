import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-lb-backendless.ts';

const balancer = makeResource('azure.network.load_balancer', {
  provider: 'azure',
  size: { sku: 'Standard' },
  attributes: { backendAddressPools: [{ name: 'empty' }] },
});

describeRule(rule, [
  {
    when: 'an empty pool',
    resource: balancer,
    cost: '0.6',
    verdict: 'found',
    monthly: '18.264',
    action: { kind: 'operations', operations: [{ operation: 'delete', parameters: {} }] },
  },
  { when: 'no pool', resource: { ...balancer, attributes: {} }, cost: '1', verdict: 'found' },
  {
    when: 'a member by interface',
    resource: {
      ...balancer,
      attributes: { backendAddressPools: [{ backendIPConfigurations: [{ id: 'a' }] }] },
    },
    verdict: 'clear',
  },
  {
    when: 'a member by address, in the nested form',
    resource: {
      ...balancer,
      attributes: {
        backendAddressPools: [{ properties: { loadBalancerBackendAddresses: [{ name: 'a' }] } }],
      },
    },
    verdict: 'clear',
  },
  { when: 'failed', resource: { ...balancer, state: 'failed' }, verdict: 'clear' },
  {
    when: 'a wait is wanted',
    resource: { ...balancer, createdAt: null, firstSeenAt: ago(2) },
    parameters: { days: 3 },
    verdict: 'too_young',
  },
]);

import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './azure-lb-idle.ts';

const balancer = makeResource('azure.network.load_balancer', {
  provider: 'azure',
  size: { sku: 'Standard' },
  attributes: { backendAddressPools: [{ backendIPConfigurations: [{ id: 'a' }] }] },
});

describeRule(rule, [
  ...unusedRows({ resource: balancer, metrics: ['network_out.sum'], days: 30 }),
  {
    when: 'no backends: another rule’s',
    resource: { ...balancer, attributes: {} },
    metrics: { 'network_out.sum': 0 },
    verdict: 'clear',
  },
]);

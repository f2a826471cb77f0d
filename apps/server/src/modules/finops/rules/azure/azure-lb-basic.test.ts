import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-lb-basic.ts';

const basic = makeResource('azure.network.load_balancer', { provider: 'azure', size: { sku: 'Basic' } });

describeRule(rule, [
  {
    when: 'of the retired SKU',
    resource: basic,
    verdict: 'found',
    monthly: null,
    action: null,
    recommended: ['Standard'],
  },
  { when: 'of the present one', resource: { ...basic, size: { sku: 'Standard' } }, verdict: 'clear' },
  { when: 'the SKU is not told', resource: { ...basic, size: null }, verdict: 'clear' },
]);

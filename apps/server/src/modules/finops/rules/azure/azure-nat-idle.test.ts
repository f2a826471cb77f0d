import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './azure-nat-idle.ts';

const gateway = makeResource('azure.network.nat_gateway', { provider: 'azure', state: 'in_use' });

describeRule(rule, [
  ...unusedRows({ resource: gateway, metrics: ['network_out.sum'], days: 7 }),
  {
    when: 'of no subnet: another rule’s',
    resource: { ...gateway, state: 'available' },
    metrics: { 'network_out.sum': 0 },
    verdict: 'clear',
  },
]);

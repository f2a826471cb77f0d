import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-public-ip-idle.ts';

const address = makeResource('azure.network.public_ip', {
  provider: 'azure',
  region: 'eastus',
  state: 'available',
  createdAt: null,
  size: { sku: 'Standard' },
  attributes: { ipAddress: '20.9.1.4' },
});
const prices = { 'ip_address Standard': '0.005' };

describeRule(rule, [
  {
    when: 'associated with nothing',
    resource: address,
    prices,
    verdict: 'found',
    monthly: '3.6525',
    why: /20\.9\.1\.4/,
    action: { kind: 'quarantine_delete', operations: [] },
  },
  { when: 'the bill shows less', resource: address, prices, cost: '0.1', verdict: 'found', monthly: '3.044' },
  { when: 'in use', resource: { ...address, state: 'in_use' }, prices, verdict: 'clear' },
  { when: 'no price', resource: address, verdict: 'no_price' },
  {
    when: 'a wait is wanted',
    resource: { ...address, firstSeenAt: ago(6) },
    parameters: { days: 7 },
    prices,
    verdict: 'too_young',
  },
  {
    when: 'exactly that wait',
    resource: { ...address, firstSeenAt: ago(7) },
    parameters: { days: 7 },
    prices,
    verdict: 'found',
  },
]);

import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-ip-idle.ts';

const address = makeResource('gcp.compute.address', {
  provider: 'gcp',
  state: 'available',
  attributes: { address: '34.95.1.2', addressType: 'EXTERNAL' },
});
const prices = { ip_address: '0.01' };

describeRule(rule, [
  {
    when: 'reserved and unused',
    resource: address,
    prices,
    verdict: 'found',
    monthly: '7.305',
    why: /34\.95\.1\.2/,
    action: { kind: 'quarantine_delete', operations: [] },
  },
  { when: 'billed less', resource: address, prices, cost: '0.1', verdict: 'found', monthly: '3.044' },
  { when: 'in use', resource: { ...address, state: 'in_use' }, prices, verdict: 'clear' },
  {
    when: 'internal',
    resource: { ...address, attributes: { addressType: 'INTERNAL' } },
    prices,
    verdict: 'clear',
  },
  {
    when: 'free for less than wanted',
    resource: { ...address, stateSince: ago(14) },
    parameters: { days: 15 },
    prices,
    verdict: 'too_young',
  },
  { when: 'no price', resource: address, verdict: 'no_price' },
]);

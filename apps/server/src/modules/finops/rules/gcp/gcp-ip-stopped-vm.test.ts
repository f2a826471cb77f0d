import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-ip-stopped-vm.ts';

const address = makeResource('gcp.compute.address', {
  provider: 'gcp',
  state: 'in_use',
  attributes: { addressType: 'EXTERNAL' },
});
const off = (days: number) =>
  makeResource('gcp.compute.instance', { id: 'vm-1', state: 'stopped', stateSince: ago(days) });
const base = { resource: address, edges: ['r-1 attached_to vm-1'], prices: { ip_address: '0.01' } };

describeRule(rule, [
  { when: 'exactly 7 days off', ...base, others: [off(7)], verdict: 'found', monthly: '7.305', action: null },
  { when: 'a day less', ...base, others: [off(6)], verdict: 'too_young' },
  { when: 'running', ...base, others: [{ ...off(9), state: 'running' }], verdict: 'clear' },
  {
    when: 'not known since when',
    ...base,
    others: [{ ...off(9), stateSince: null }],
    verdict: 'wrong_state',
  },
  { when: 'of a balancer', ...base, verdict: 'clear' },
  { when: 'no price', ...base, prices: {}, others: [off(9)], verdict: 'no_price' },
]);

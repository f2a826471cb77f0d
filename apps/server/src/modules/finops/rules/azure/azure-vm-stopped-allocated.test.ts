import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-vm-stopped-allocated.ts';

const vm = makeResource('azure.compute.vm', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  size: { sku: 'Standard_D2s_v3', cpus: 4, memoryGiB: 16 },
});
const stopped = {
  ...vm,
  state: 'stopped' as const,
  attributes: {
    instanceView: { statuses: [{ code: 'ProvisioningState/succeeded' }, { code: 'PowerState/stopped' }] },
  },
};

describeRule(rule, [
  {
    when: 'stopped, seen for two days',
    resource: { ...stopped, stateSince: ago(2) },
    cost: '2.3',
    verdict: 'found',
    monthly: '70.012',
    confidence: 'high',
  },
  {
    when: 'stopped since nobody knows when',
    resource: stopped,
    cost: '2.3',
    verdict: 'found',
    confidence: 'medium',
  },
  { when: 'exactly a day', resource: { ...stopped, stateSince: ago(1) }, cost: '1', verdict: 'found' },
  {
    when: 'for an hour',
    resource: { ...stopped, stateSince: ago(0.04) },
    cost: '1',
    verdict: 'too_young',
    detail: '1 days',
  },
  {
    when: 'deallocated',
    resource: {
      ...stopped,
      attributes: { instanceView: { statuses: [{ code: 'PowerState/deallocated' }] } },
    },
    verdict: 'clear',
  },
  { when: 'power state is not told', resource: { ...stopped, attributes: {} }, verdict: 'wrong_state' },
  { when: 'running', resource: vm, verdict: 'clear' },
  { when: 'the bill does not know it', resource: stopped, verdict: 'found', monthly: null },
]);

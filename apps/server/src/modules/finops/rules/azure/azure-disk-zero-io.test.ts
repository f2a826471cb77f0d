import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-disk-zero-io.ts';

const disk = makeResource('azure.compute.disk', {
  provider: 'azure',
  region: 'eastus',
  state: 'in_use',
  size: { sku: 'Premium_LRS', storageGiB: 512 },
});
const vm = makeResource('azure.compute.vm', { provider: 'azure', id: 'vm-1', state: 'running' });
const known = { others: [vm], edges: ['r-1 attached_to vm-1'] };

describeRule(rule, [
  {
    when: 'no operation',
    resource: disk,
    ...known,
    metrics: { 'read_operations.maximum': 0, 'write_operations.maximum': 0 },
    cost: '2',
    verdict: 'found',
    monthly: '60.88',
    action: null,
  },
  {
    when: 'one write',
    resource: disk,
    ...known,
    metrics: {
      'read_operations.maximum': 0,
      'write_operations.maximum': { value: (h) => (h === 9 ? 1 : 0) },
    },
    cost: '2',
    verdict: 'clear',
  },
  { when: 'never measured', resource: disk, ...known, cost: '2', verdict: 'no_metrics' },
  {
    when: 'its machine is off',
    resource: disk,
    ...known,
    others: [{ ...vm, state: 'stopped' }],
    verdict: 'clear',
  },
  { when: 'young', resource: { ...disk, createdAt: ago(29) }, ...known, verdict: 'too_young' },
  { when: 'free', resource: { ...disk, state: 'available' }, ...known, verdict: 'clear' },
]);

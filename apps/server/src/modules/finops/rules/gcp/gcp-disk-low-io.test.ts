import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-disk-low-io.ts';

const disk = makeResource('gcp.compute.disk', {
  provider: 'gcp',
  state: 'in_use',
  size: { sku: 'pd-balanced', storageGiB: 200 },
});
const vm = makeResource('gcp.compute.instance', { id: 'vm-1', state: 'running' });
const base = { resource: disk, others: [vm], edges: ['r-1 attached_to vm-1'], cost: '2' };
const load = (reads: number, writes = 0) => ({
  'read_operations.average': reads,
  'write_operations.average': writes,
});

describeRule(rule, [
  { when: 'no operation', ...base, metrics: load(0), verdict: 'found', monthly: '60.88', action: null },
  { when: 'about 90', ...base, metrics: load(0, 90 / 2_592_000), verdict: 'found', why: /^90 / },
  { when: 'about 101', ...base, metrics: load(0, 101 / 2_592_000), verdict: 'clear' },
  {
    when: 'writes never measured',
    ...base,
    metrics: { 'read_operations.average': 0 },
    verdict: 'no_metrics',
  },
  {
    when: 'young',
    ...base,
    resource: { ...disk, createdAt: ago(29) },
    metrics: load(0),
    verdict: 'too_young',
  },
  { when: 'its machine is off', ...base, others: [{ ...vm, state: 'stopped' }], verdict: 'clear' },
  { when: 'unattached', resource: { ...disk, state: 'available' }, verdict: 'clear' },
]);

import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-disk-on-stopped-vm.ts';

const disk = makeResource('gcp.compute.disk', {
  id: 'etl-data',
  provider: 'gcp',
  state: 'in_use',
  size: { sku: 'pd-ssd', storageGiB: 500 },
});
const off = (days: number, boot = false) =>
  makeResource('gcp.compute.instance', {
    id: 'vm-1',
    state: 'stopped',
    attributes: {
      lastStopTimestamp: ago(days).toISOString(),
      disks: [{ source: 'https://compute/projects/p/zones/z/disks/etl-data', boot }],
    },
  });
const edges = ['etl-data attached_to vm-1'];

describeRule(rule, [
  {
    when: 'exactly 30 days off',
    resource: disk,
    others: [off(30)],
    edges,
    cost: '2',
    verdict: 'found',
    monthly: '60.88',
    action: { kind: 'snapshot_delete', operations: [{ operation: 'detach', parameters: {} }] },
  },
  { when: 'a day less', resource: disk, others: [off(29)], edges, cost: '2', verdict: 'too_young' },
  { when: 'the boot disk', resource: disk, others: [off(90, true)], edges, cost: '2', verdict: 'clear' },
  {
    when: 'running',
    resource: disk,
    others: [{ ...off(90), state: 'running' }],
    edges,
    cost: '2',
    verdict: 'clear',
  },
  {
    when: 'since when is not known',
    resource: disk,
    others: [{ ...off(90), attributes: { disks: off(90).attributes['disks'] ?? [] } }],
    edges,
    verdict: 'wrong_state',
  },
  { when: 'attached to nothing', resource: { ...disk, state: 'available' }, verdict: 'clear' },
]);

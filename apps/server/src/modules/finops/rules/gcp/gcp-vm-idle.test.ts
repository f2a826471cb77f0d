import { idleMachineRows } from '../testing/machine-rows.ts';
import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-vm-idle.ts';

const vm = makeResource('gcp.compute.instance', {
  provider: 'gcp',
  region: 'us-central1',
  state: 'running',
  size: { sku: 'n2-standard-4', cpus: 4, memoryGiB: 16 },
});
const metrics = { 'cpu_utilization.average': 1 };
const group = 'projects/1/zones/a/instanceGroupManagers/web';

describeRule(rule, [
  ...idleMachineRows(vm),
  {
    when: 'of a managed group',
    resource: { ...vm, attributes: { metadata: { items: [{ key: 'created-by', value: group }] } } },
    metrics,
    verdict: 'excluded',
    detail: 'managed instance group',
  },
  {
    when: 'spot',
    resource: { ...vm, attributes: { scheduling: { provisioningModel: 'SPOT' } } },
    metrics,
    verdict: 'excluded',
  },
]);

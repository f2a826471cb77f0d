import { offHoursMachineRows } from '../testing/machine-rows.ts';
import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-vm-off-hours.ts';

const vm = makeResource('gcp.compute.instance', {
  provider: 'gcp',
  region: 'southamerica-east1',
  state: 'running',
  size: { sku: 'e2-standard-4', cpus: 4, memoryGiB: 16 },
});

describeRule(rule, [
  ...offHoursMachineRows(vm),
  {
    when: 'spot',
    resource: { ...vm, attributes: { scheduling: { provisioningModel: 'SPOT' } } },
    verdict: 'excluded',
  },
]);

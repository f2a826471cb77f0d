import { offHoursMachineRows } from '../testing/machine-rows.ts';
import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-vm-off-hours.ts';

const vm = makeResource('azure.compute.vm', {
  provider: 'azure',
  region: 'brazilsouth',
  state: 'running',
  size: { sku: 'Standard_D4s_v5', cpus: 4, memoryGiB: 16 },
});

describeRule(rule, [
  ...offHoursMachineRows(vm),
  {
    when: 'of a scale set',
    resource: { ...vm, attributes: { virtualMachineScaleSet: { id: '/x' } } },
    verdict: 'excluded',
  },
]);

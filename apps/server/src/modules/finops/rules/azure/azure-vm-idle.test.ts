import { idleMachineRows } from '../testing/machine-rows.ts';
import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-vm-idle.ts';

const vm = makeResource('azure.compute.vm', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  size: { sku: 'Standard_D4s_v5', cpus: 4, memoryGiB: 16 },
});
const metrics = { 'cpu_utilization.average': 1 };

describeRule(rule, [
  ...idleMachineRows(vm),
  {
    when: 'of a scale set',
    resource: { ...vm, attributes: { virtualMachineScaleSet: { id: '/x' } } },
    metrics,
    verdict: 'excluded',
    detail: 'scale set',
  },
  {
    when: 'spot',
    resource: { ...vm, attributes: { priority: 'Spot' } },
    metrics,
    verdict: 'excluded',
  },
]);

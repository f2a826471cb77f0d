import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-vm-hybrid-benefit.ts';

const vm = makeResource('azure.compute.vm', {
  provider: 'azure',
  region: 'eastus',
  state: 'running',
  size: { sku: 'Standard_D4s_v5', cpus: 4, memoryGiB: 16 },
});

describeRule(rule, [
  {
    when: 'Windows without benefit',
    resource: { ...vm, attributes: { storageProfile: { osDisk: { osType: 'Windows' } } } },
    verdict: 'found',
    monthly: null,
    action: null,
  },
  {
    when: 'with the benefit',
    resource: {
      ...vm,
      attributes: { licenseType: 'Windows_Server', storageProfile: { osDisk: { osType: 'Windows' } } },
    },
    verdict: 'clear',
  },
  {
    when: 'the benefit taken off',
    resource: {
      ...vm,
      attributes: { licenseType: 'None', storageProfile: { osDisk: { osType: 'Windows' } } },
    },
    verdict: 'found',
  },
  { when: 'Linux', resource: vm, verdict: 'clear' },
  {
    when: 'off',
    resource: {
      ...vm,
      attributes: { storageProfile: { osDisk: { osType: 'Windows' } } },
      state: 'stopped',
    },
    verdict: 'clear',
  },
]);

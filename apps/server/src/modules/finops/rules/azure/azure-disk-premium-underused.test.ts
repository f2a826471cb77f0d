import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-disk-premium-underused.ts';

const disk = makeResource('azure.compute.disk', {
  provider: 'azure',
  region: 'eastus',
  state: 'in_use',
  size: { sku: 'Premium_LRS', storageGiB: 512 },
});
const vm = makeResource('azure.compute.vm', { provider: 'azure', id: 'vm-1', state: 'running' });
const prices = { 'disk Premium_LRS': '0.15', 'disk StandardSSD_LRS': '0.075', 'disk Standard_LRS': '0.05' };

describeRule(rule, [
  {
    when: 'few operations',
    resource: disk,
    others: [vm],
    edges: ['r-1 attached_to vm-1'],
    metrics: { 'read_operations.maximum': 40, 'write_operations.maximum': 30 },
    prices,
    cost: '2',
    verdict: 'found',
    monthly: '30.44',
    recommended: ['StandardSSD_LRS'],
    action: {
      kind: 'operations',
      operations: [
        {
          operation: 'stop',
          target: { type: vm.type, nativeId: vm.nativeId, id: vm.id, region: vm.region },
          parameters: {},
        },
        { operation: 'resize', parameters: { size: 'StandardSSD_LRS' } },
        {
          operation: 'start',
          target: { type: vm.type, nativeId: vm.nativeId, id: vm.id, region: vm.region },
          parameters: {},
        },
      ],
    },
  },
  {
    when: 'exactly at the mark',
    resource: disk,
    metrics: { 'read_operations.maximum': 100, 'write_operations.maximum': 50 },
    prices,
    cost: '2',
    verdict: 'found',
    action: {
      kind: 'operations',
      operations: [{ operation: 'resize', parameters: { size: 'StandardSSD_LRS' } }],
    },
  },
  {
    when: 'above it',
    resource: disk,
    metrics: { 'read_operations.maximum': 100, 'write_operations.maximum': 51 },
    prices,
    cost: '2',
    verdict: 'clear',
  },
  {
    when: 'only reads are measured',
    resource: disk,
    metrics: { 'read_operations.maximum': 1 },
    prices,
    cost: '2',
    verdict: 'no_metrics',
    detail: 'write_operations',
  },
  { when: 'small', resource: { ...disk, size: { sku: 'Premium_LRS', storageGiB: 64 } }, verdict: 'clear' },
  {
    when: 'not premium',
    resource: { ...disk, size: { sku: 'Standard_LRS', storageGiB: 512 } },
    verdict: 'clear',
  },
  {
    when: 'no price',
    resource: disk,
    metrics: { 'read_operations.maximum': 1, 'write_operations.maximum': 1 },
    cost: '2',
    verdict: 'no_price',
  },
  {
    when: 'the bill does not know it',
    resource: disk,
    metrics: { 'read_operations.maximum': 1, 'write_operations.maximum': 1 },
    prices,
    verdict: 'no_cost',
  },
  { when: 'young', resource: { ...disk, createdAt: ago(3) }, verdict: 'too_young' },
  {
    when: 'of a spot machine',
    resource: disk,
    others: [{ ...vm, attributes: { priority: 'Spot' } }],
    edges: ['r-1 attached_to vm-1'],
    metrics: { 'read_operations.maximum': 1, 'write_operations.maximum': 1 },
    prices,
    cost: '2',
    verdict: 'excluded',
  },
]);

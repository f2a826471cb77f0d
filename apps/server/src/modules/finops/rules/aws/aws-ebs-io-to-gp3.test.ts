import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ebs-io-to-gp3.ts';

const volume = (iops: number, more = {}) =>
  makeResource('aws.ec2.volume', { state: 'in_use', size: { sku: 'io1', storageGiB: 500, iops }, ...more });
const prices = {
  'disk io1': '0.125',
  'disk io1 iops': '0.065',
  'disk gp3': '0.08',
  'disk gp3 iops': '0.005',
  'disk gp3 throughput': '0.04',
};
/** Mean operations a second of the busiest hour, half reads; they are taken twice. */
const used = (iops: number) => ({
  'read_operations.sum': (iops / 2) * 3600,
  'write_operations.sum': (iops / 2) * 3600,
  'disk_read.sum': 3600,
  'disk_write.sum': 3600,
});

describeRule(rule, [
  {
    when: 'the peak fits gp3',
    resource: volume(5000),
    prices,
    metrics: used(400),
    cost: '12.73',
    verdict: 'found',
    recommended: ['gp3', '500 GiB', '3000', '125 MiB/s'],
    action: {
      kind: 'operations',
      operations: [
        { operation: 'modify', parameters: { volumeType: 'gp3', iops: 3000, throughputMiBs: 125 } },
      ],
    },
  },
  {
    when: 'the peak just fits gp3',
    resource: volume(20_000),
    prices,
    metrics: used(8000),
    cost: '40',
    verdict: 'found',
    recommended: ['gp3', '500 GiB', '16000', '125 MiB/s'],
  },
  {
    when: 'too fast for gp3, but exactly 40 % of its IOPS',
    resource: volume(50_000),
    prices,
    metrics: used(10_000),
    cost: '100',
    verdict: 'found',
    recommended: ['io1', '500 GiB', '25000'],
  },
  {
    when: 'too fast for gp3 and above 40 %',
    resource: volume(50_000),
    prices,
    metrics: used(10_001),
    cost: '100',
    verdict: 'clear',
  },
  { when: 'never measured', resource: volume(5000), prices, cost: '12', verdict: 'no_metrics' },
  {
    when: 'measured for too short',
    resource: volume(5000),
    prices,
    metrics: { 'read_operations.sum': { value: 1, days: 20 } },
    cost: '12',
    verdict: 'too_few_metrics',
  },
  {
    when: 'too young',
    resource: volume(5000, { createdAt: ago(29) }),
    prices,
    cost: '12',
    verdict: 'too_young',
  },
  {
    when: 'shared by several instances',
    resource: volume(5000, { attributes: { MultiAttachEnabled: true } }),
    prices,
    metrics: used(1),
    cost: '12',
    verdict: 'excluded',
  },
  {
    when: 'no price of IOPS',
    resource: volume(5000),
    prices: { 'disk io1': '0.125', 'disk gp3': '0.08' },
    metrics: used(1),
    cost: '12',
    verdict: 'no_price',
    detail: 'io1 iops',
  },
  {
    when: 'gp3',
    resource: volume(5000, { size: { sku: 'gp3', storageGiB: 5 } }),
    prices,
    cost: '12',
    verdict: 'clear',
  },
]);

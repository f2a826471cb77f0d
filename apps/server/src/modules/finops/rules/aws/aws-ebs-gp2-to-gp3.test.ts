import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ebs-gp2-to-gp3.ts';

const volume = (gib: number, sku = 'gp2') =>
  makeResource('aws.ec2.volume', {
    state: 'in_use',
    size: { sku, storageGiB: gib, iops: Math.max(100, gib * 3) },
  });
const prices = {
  'disk gp2': '0.10',
  'disk gp3': '0.08',
  'disk gp3 iops': '0.005',
  'disk gp3 throughput': '0.04',
};
const calm = {
  'read_operations.sum': 1000,
  'write_operations.sum': 1000,
  'disk_read.sum': 1e6,
  'disk_write.sum': 1e6,
};

describeRule(rule, [
  {
    when: 'small: nothing extra is needed',
    resource: volume(100),
    prices,
    cost: '0.3285',
    verdict: 'found',
    monthly: '1.9999',
    action: {
      kind: 'operations',
      operations: [
        { operation: 'modify', parameters: { volumeType: 'gp3', iops: 3000, throughputMiBs: 125 } },
      ],
    },
  },
  {
    when: 'calm by measurement: baseline throughput is enough',
    resource: volume(500),
    prices,
    metrics: calm,
    cost: '1.6',
    verdict: 'found',
    recommended: ['gp3', '500 GiB', '3000', '125 MiB/s'],
  },
  {
    when: 'not measured but cheaper even as fast as it can be',
    resource: volume(500),
    prices,
    cost: '1.6',
    verdict: 'found',
    recommended: ['gp3', '500 GiB', '3000', '250 MiB/s'],
  },
  {
    when: 'large: keeps its IOPS',
    resource: volume(2000),
    prices,
    metrics: calm,
    cost: '6',
    verdict: 'found',
    recommended: ['gp3', '2000 GiB', '6000', '125 MiB/s'],
  },
  {
    when: 'not measured because its machine is stopped',
    resource: { ...volume(200), id: 'vol-1' },
    others: [makeResource('aws.ec2.instance', { id: 'i-1', state: 'stopped' })],
    edges: ['vol-1 attached_to i-1'],
    prices,
    cost: '0.6',
    verdict: 'found',
    recommended: ['gp3', '200 GiB', '3000', '125 MiB/s'],
  },
  // 200 GiB: 20.00 as gp2, 16.00 + 125 × 0.04 = 21.00 as an equally fast gp3.
  {
    when: 'not measured and dearer when equally fast',
    resource: volume(200),
    prices,
    cost: '0.6',
    verdict: 'no_metrics',
  },
  {
    when: 'really that fast',
    resource: volume(200),
    prices,
    metrics: { ...calm, 'disk_read.sum': 200 * 1024 ** 2 * 3600 },
    cost: '0.6',
    verdict: 'clear',
  },
  {
    when: 'costs the same',
    resource: volume(100),
    prices: { ...prices, 'disk gp3': '0.10' },
    metrics: calm,
    cost: '0.3',
    verdict: 'clear',
  },
  { when: 'gp3 already', resource: volume(100, 'gp3'), prices, cost: '0.3', verdict: 'clear' },
  {
    when: 'unattached is another rule',
    resource: { ...volume(100), state: 'available' },
    prices,
    cost: '0.3',
    verdict: 'clear',
  },
  { when: 'no price', resource: volume(100), cost: '0.3', verdict: 'no_price', detail: 'gp2' },
  { when: 'the bill does not know it', resource: volume(100), prices, verdict: 'no_cost' },
  { when: 'no size', resource: makeResource('aws.ec2.volume'), verdict: 'unknown_size' },
]);

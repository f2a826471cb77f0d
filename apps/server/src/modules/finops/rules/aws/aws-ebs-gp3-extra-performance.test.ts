import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ebs-gp3-extra-performance.ts';

const volume = (iops: number, throughputMiBs: number, more = {}) =>
  makeResource('aws.ec2.volume', {
    state: 'in_use',
    size: { sku: 'gp3', storageGiB: 100, iops, throughputMiBs },
    ...more,
  });
const prices = { 'disk gp3': '0.08', 'disk gp3 iops': '0.005', 'disk gp3 throughput': '0.04' };
const used = (iops: number, mibs = 1) => ({
  'read_operations.sum': iops * 3600,
  'write_operations.sum': 0,
  'disk_read.sum': mibs * 1024 ** 2 * 3600,
  'disk_write.sum': 0,
});

describeRule(rule, [
  {
    when: 'neither is used',
    resource: volume(6000, 250),
    prices,
    metrics: used(100),
    verdict: 'found',
    monthly: '20',
    recommended: ['gp3', '100 GiB', '3000', '125 MiB/s'],
  },
  {
    when: 'the bill shows less than the list',
    resource: volume(6000, 250),
    prices,
    metrics: used(100),
    cost: '0.5',
    verdict: 'found',
    monthly: '15.22',
  },
  {
    when: 'the peak is exactly the base',
    resource: volume(6000, 250),
    prices,
    metrics: used(1500, 62.5),
    verdict: 'found',
  },
  {
    when: 'the peak is above the base',
    resource: volume(6000, 250),
    prices,
    metrics: used(1501),
    verdict: 'clear',
  },
  {
    when: 'throughput is used',
    resource: volume(6000, 250),
    prices,
    metrics: used(100, 63),
    verdict: 'clear',
  },
  {
    when: 'nothing extra is paid for',
    resource: volume(3000, 125),
    prices,
    metrics: used(1),
    verdict: 'clear',
  },
  { when: 'never measured', resource: volume(6000, 250), prices, verdict: 'no_metrics' },
  {
    when: 'too young',
    resource: volume(6000, 250, { createdAt: ago(10) }),
    prices,
    metrics: used(1),
    verdict: 'too_young',
  },
  { when: 'no price', resource: volume(6000, 250), metrics: used(1), verdict: 'no_price' },
]);

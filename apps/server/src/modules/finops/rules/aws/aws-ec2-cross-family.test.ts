import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ec2-cross-family.ts';

const instance = makeResource('aws.ec2.instance', {
  state: 'running',
  size: { sku: 'r5.xlarge', cpus: 4, memoryGiB: 32 },
});
const prices = {
  'compute r5.xlarge linux': '0.252',
  'compute m6a.xlarge linux': '0.1728',
  'compute m6i.xlarge linux': '0.192',
  'compute c6a.xlarge linux': '0.153',
};
const metrics = (memory: number) => ({
  'cpu_utilization.maximum': 50,
  'cpu_utilization.average': 45,
  'memory_utilization.maximum': memory,
});

describeRule(rule, [
  {
    when: 'memory × 1.5 fits half: the general family is cheaper',
    resource: instance,
    metrics: metrics(30),
    cost: '6.048',
    prices,
    verdict: 'found',
    recommended: ['m6a.xlarge', '4', '16 GiB'],
    monthly: '57.8603',
  },
  {
    when: 'memory × 1.5 exactly fills it',
    resource: instance,
    metrics: metrics((16 / 1.5 / 32) * 100 - 1e-9),
    cost: '6',
    prices,
    verdict: 'found',
  },
  {
    when: 'memory × 1.5 is just too much for 16 GiB and nothing else is cheaper',
    resource: instance,
    metrics: metrics(34),
    cost: '6',
    prices: { ...prices, 'compute m6a.2xlarge linux': '0.3456' },
    verdict: 'clear',
  },
  {
    when: 'a smaller safety factor opens the compute family',
    resource: instance,
    metrics: metrics(19),
    parameters: { safety: 1.25 },
    cost: '6',
    prices,
    verdict: 'found',
    recommended: ['c6a.xlarge', '4', '8 GiB'],
  },
  {
    when: 'nobody measures memory',
    resource: instance,
    metrics: { 'cpu_utilization.maximum': 10, 'cpu_utilization.average': 5 },
    cost: '6',
    prices,
    verdict: 'no_metrics',
    detail: 'memory_utilization',
  },
  {
    when: 'a family nobody knows',
    resource: { ...instance, size: { sku: 'x1e.xlarge', cpus: 4, memoryGiB: 122 } },
    metrics: metrics(10),
    cost: '6',
    prices,
    verdict: 'unknown_size',
  },
  {
    when: 'no price of any candidate',
    resource: instance,
    metrics: metrics(30),
    cost: '6',
    prices: { 'compute r5.xlarge linux': '0.252' },
    verdict: 'no_price',
  },
  { when: 'stopped', resource: { ...instance, state: 'stopped' }, verdict: 'clear' },
]);

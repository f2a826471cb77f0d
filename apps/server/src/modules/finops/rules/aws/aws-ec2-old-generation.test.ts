import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ec2-old-generation.ts';

const instance = makeResource('aws.ec2.instance', {
  state: 'running',
  size: { sku: 'm5.large', cpus: 2, memoryGiB: 8 },
});
const prices = {
  'compute m5.large linux': '0.096',
  'compute m6i.large linux': '0.096',
  'compute m6a.large linux': '0.0864',
  'compute m7i.large linux': '0.1008',
};

describeRule(rule, [
  {
    when: 'a generation whose sizes only the table knows',
    resource: { ...instance, size: { sku: 'm4.xlarge', cpus: 4 } },
    prices: {
      'compute m4.xlarge linux': '0.2',
      'compute m6i.xlarge linux': '0.192',
      'compute m6a.xlarge linux': '0.1728',
    },
    cost: '4.8',
    verdict: 'found',
    recommended: ['m6a.xlarge', '4', '16 GiB'],
  },
  {
    when: 'a newer family is cheaper',
    resource: instance,
    prices,
    cost: '2',
    verdict: 'found',
    monthly: '6.088',
    recommended: ['m6a.large', '2', '8 GiB'],
  },
  {
    when: 'newer families cost the same or more',
    resource: instance,
    prices: { ...prices, 'compute m6a.large linux': '0.096' },
    cost: '2',
    verdict: 'clear',
  },
  {
    when: 'the newest family',
    resource: { ...instance, size: { sku: 'm7i.large', cpus: 2, memoryGiB: 8 } },
    prices,
    cost: '2',
    verdict: 'clear',
  },
  {
    when: 'the newer family has no such size',
    resource: { ...instance, size: { sku: 'c5.9xlarge', cpus: 36, memoryGiB: 72 } },
    prices,
    cost: '2',
    verdict: 'clear',
  },
  { when: 'no price', resource: instance, cost: '2', verdict: 'no_price' },
  { when: 'the bill does not know it', resource: instance, prices, verdict: 'no_cost' },
  {
    when: 'an unknown family',
    resource: { ...instance, size: { sku: 'u-6tb1.metal' } },
    prices,
    cost: '2',
    verdict: 'unknown_size',
  },
  { when: 'stopped', resource: { ...instance, state: 'stopped' }, prices, cost: '2', verdict: 'clear' },
  {
    when: 'spot',
    resource: { ...instance, attributes: { InstanceLifecycle: 'spot' } },
    prices,
    cost: '2',
    verdict: 'excluded',
  },
]);

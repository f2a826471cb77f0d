import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ec2-graviton.ts';

const instance = makeResource('aws.ec2.instance', {
  state: 'running',
  size: { sku: 'm5.large', cpus: 2, memoryGiB: 8 },
  attributes: { Architecture: 'x86_64', PlatformDetails: 'Linux/UNIX' },
});
const prices = { 'compute m5.large linux': '0.096', 'compute m7g.large linux': '0.0816' };

describeRule(rule, [
  {
    when: 'arm64 is cheaper',
    resource: instance,
    prices,
    cost: '2',
    verdict: 'found',
    monthly: '9.132',
    confidence: 'low',
    action: null,
    recommended: ['m7g.large', '2', '8 GiB'],
  },
  {
    when: 'arm64 costs the same',
    resource: instance,
    prices: { ...prices, 'compute m7g.large linux': '0.096' },
    cost: '2',
    verdict: 'clear',
  },
  {
    when: 'Windows',
    resource: { ...instance, attributes: { Platform: 'windows' } },
    prices,
    cost: '2',
    verdict: 'clear',
  },
  {
    when: 'arm64 already',
    resource: {
      ...instance,
      size: { sku: 'm7g.large', cpus: 2, memoryGiB: 8 },
      attributes: { Architecture: 'arm64' },
    },
    prices,
    cost: '2',
    verdict: 'clear',
  },
  { when: 'no price', resource: instance, cost: '2', verdict: 'no_price' },
  { when: 'the bill does not know it', resource: instance, prices, verdict: 'no_cost' },
  {
    when: 'an unknown family',
    resource: { ...instance, size: { sku: 'hpc7a.large' } },
    prices,
    cost: '2',
    verdict: 'unknown_size',
  },
]);

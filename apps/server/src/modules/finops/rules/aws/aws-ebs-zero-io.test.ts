import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ebs-zero-io.ts';

const volume = makeResource('aws.ec2.volume', {
  id: 'vol-1',
  state: 'in_use',
  size: { sku: 'gp3', storageGiB: 100 },
  attributes: { Attachments: [{ InstanceId: 'i-1' }] },
});
const on = (state: 'running' | 'stopped') => ({
  others: [makeResource('aws.ec2.instance', { id: 'i-1', state })],
  edges: ['vol-1 attached_to i-1'],
  cost: '0.27',
});
const none = { 'read_operations.sum': 0, 'write_operations.sum': 0 };

describeRule(rule, [
  {
    when: 'never used in 30 days',
    resource: volume,
    ...on('running'),
    metrics: none,
    verdict: 'found',
    monthly: '8.2188',
  },
  {
    when: 'one write',
    resource: volume,
    ...on('running'),
    metrics: { ...none, 'write_operations.sum': { value: (h) => (h === 5 ? 1 : 0) } },
    verdict: 'clear',
  },
  { when: 'its instance is stopped', resource: volume, ...on('stopped'), metrics: none, verdict: 'clear' },
  { when: 'never measured', resource: volume, ...on('running'), verdict: 'no_metrics' },
  {
    when: 'measured for 20 days',
    resource: volume,
    ...on('running'),
    metrics: { ...none, 'read_operations.sum': { value: 0, days: 20 } },
    verdict: 'too_few_metrics',
  },
  {
    when: 'exactly 30 days old',
    resource: { ...volume, createdAt: ago(30) },
    ...on('running'),
    metrics: none,
    verdict: 'found',
  },
  {
    when: 'younger',
    resource: { ...volume, createdAt: ago(29) },
    ...on('running'),
    metrics: none,
    verdict: 'too_young',
  },
]);

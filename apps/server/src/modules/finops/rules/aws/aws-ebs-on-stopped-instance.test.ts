import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ebs-on-stopped-instance.ts';

const attached = (goes: boolean) => ({
  Attachments: [{ InstanceId: 'i-1', Device: '/dev/sdf', DeleteOnTermination: goes }],
});
const volume = makeResource('aws.ec2.volume', {
  id: 'vol-1',
  state: 'in_use',
  size: { sku: 'gp3', storageGiB: 100, iops: 3000 },
  attributes: attached(false),
});
const stopped = (days: number | null, state: 'stopped' | 'running' = 'stopped') => ({
  others: [
    makeResource('aws.ec2.instance', {
      id: 'i-1',
      name: 'erp',
      state,
      stateSince: days === null ? null : ago(days),
    }),
  ],
  edges: ['vol-1 attached_to i-1'],
});

describeRule(rule, [
  {
    when: 'stopped for weeks',
    resource: volume,
    ...stopped(60),
    cost: '0.3',
    verdict: 'found',
    monthly: '9.132',
    why: /erp has been stopped for 60 days/,
    action: { kind: 'snapshot_delete', operations: [{ operation: 'detach', parameters: {} }] },
  },
  { when: 'exactly 30 days', resource: volume, ...stopped(30), cost: '0.3', verdict: 'found' },
  { when: 'just short of 30 days', resource: volume, ...stopped(29.9), cost: '0.3', verdict: 'too_young' },
  { when: 'the instance runs', resource: volume, ...stopped(60, 'running'), cost: '0.3', verdict: 'clear' },
  {
    when: 'nobody knows since when',
    resource: volume,
    ...stopped(null),
    cost: '0.3',
    verdict: 'wrong_state',
  },
  {
    when: 'it goes with the instance',
    resource: { ...volume, attributes: attached(true) },
    ...stopped(60),
    cost: '0.3',
    verdict: 'clear',
  },
  {
    when: 'attached to nothing',
    resource: { ...volume, state: 'available', attributes: {} },
    cost: '0.3',
    verdict: 'clear',
  },
]);

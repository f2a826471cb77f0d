import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ec2-stopped-long.ts';

const instance = makeResource('aws.ec2.instance', { id: 'i-1', state: 'stopped', stateSince: ago(45) });
const disk = (id: string, goes: boolean) =>
  makeResource('aws.ec2.volume', {
    id,
    size: { storageGiB: 100 },
    attributes: { Attachments: [{ InstanceId: 'i-1', DeleteOnTermination: goes }] },
  });
const known = {
  others: [disk('root', true), disk('data', false)],
  edges: ['root attached_to i-1', 'data attached_to i-1'],
  cost: { root: '0.5', data: '3' },
};

describeRule(rule, [
  {
    when: 'stopped for weeks: only disks that go with it count',
    resource: instance,
    ...known,
    verdict: 'found',
    monthly: '15.22',
    why: /45 days .* its disk of 100 GiB/,
    action: { kind: 'snapshot_delete', operations: [] },
  },
  { when: 'exactly 30 days', resource: { ...instance, stateSince: ago(30) }, ...known, verdict: 'found' },
  {
    when: 'an hour short of 30 days',
    resource: { ...instance, stateSince: ago(29.96) },
    ...known,
    verdict: 'too_young',
  },
  {
    when: 'the provider says since when',
    resource: {
      ...instance,
      stateSince: null,
      attributes: { StateTransitionReason: 'User initiated (2026-01-10 08:00:00 GMT)' },
    },
    ...known,
    verdict: 'found',
    why: /since Jan 10, 2026/,
  },
  {
    when: 'nobody knows since when',
    resource: { ...instance, stateSince: null },
    ...known,
    verdict: 'wrong_state',
  },
  { when: 'running', resource: { ...instance, state: 'running' }, ...known, verdict: 'clear' },
  {
    when: 'no disk goes with it',
    resource: instance,
    others: [disk('data', false)],
    edges: ['data attached_to i-1'],
    verdict: 'clear',
  },
  { when: 'the bill knows no disk', resource: instance, ...known, cost: {}, verdict: 'found', monthly: null },
  {
    when: 'a group owns it',
    resource: { ...instance, tags: { 'aws:autoscaling:groupName': 'g' } },
    ...known,
    verdict: 'excluded',
  },
]);

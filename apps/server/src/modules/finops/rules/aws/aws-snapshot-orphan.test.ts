import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-snapshot-orphan.ts';

const snapshot = makeResource('aws.ec2.snapshot', {
  id: 'snap-1',
  state: 'available',
  createdAt: ago(10),
  attributes: { VolumeId: 'vol-0a1' },
});

describeRule(rule, [
  {
    when: 'its volume is gone',
    resource: snapshot,
    cost: '0.1',
    verdict: 'found',
    monthly: '3.044',
    why: /vol-0a1 no longer exists; the snapshot is 10 days old/,
  },
  {
    when: 'its volume is there',
    resource: snapshot,
    others: [makeResource('aws.ec2.volume', { id: 'vol-0a1' })],
    edges: ['snap-1 source vol-0a1'],
    cost: '0.1',
    verdict: 'clear',
  },
  {
    when: 'exactly three days old',
    resource: { ...snapshot, createdAt: ago(3) },
    cost: '0.1',
    verdict: 'too_young',
  },
  {
    when: 'a bit more than three days old',
    resource: { ...snapshot, createdAt: ago(3.1) },
    cost: '0.1',
    verdict: 'found',
  },
  {
    when: 'a copy, whose volume nobody knows',
    resource: { ...snapshot, attributes: { VolumeId: 'vol-ffffffff' } },
    cost: '0.1',
    verdict: 'clear',
  },
  {
    when: 'a policy keeps it',
    resource: { ...snapshot, tags: { 'aws:dlm:lifecycle-policy-id': 'p' } },
    cost: '0.1',
    verdict: 'excluded',
  },
  {
    when: 'an image uses it',
    resource: snapshot,
    others: [makeResource('aws.ec2.image', { id: 'ami-1' })],
    edges: ['ami-1 uses snap-1'],
    cost: '0.1',
    verdict: 'excluded',
  },
  { when: 'the bill does not know it', resource: snapshot, verdict: 'found', monthly: null },
]);

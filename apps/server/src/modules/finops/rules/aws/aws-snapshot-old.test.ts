import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-snapshot-old.ts';

const snapshot = makeResource('aws.ec2.snapshot', {
  id: 'snap-1',
  state: 'available',
  createdAt: ago(400),
  size: { storageGiB: 200 },
});

describeRule(rule, [
  {
    when: 'a year old',
    resource: snapshot,
    cost: '0.33',
    verdict: 'found',
    monthly: '10.0452',
    action: { kind: 'quarantine_delete', operations: [] },
    why: /400 days old/,
  },
  {
    when: 'exactly 90 days',
    resource: { ...snapshot, createdAt: ago(90) },
    cost: '0.33',
    verdict: 'too_young',
    detail: '90 days',
  },
  {
    when: 'an hour over 90 days',
    resource: { ...snapshot, createdAt: ago(90.05) },
    cost: '0.33',
    verdict: 'found',
  },
  {
    when: 'only the first sight is known',
    resource: { ...snapshot, createdAt: null, firstSeenAt: ago(91) },
    cost: '0.33',
    verdict: 'found',
  },
  {
    when: 'an image is made of it',
    resource: snapshot,
    others: [makeResource('aws.ec2.image', { id: 'ami-1' })],
    edges: ['ami-1 uses snap-1'],
    cost: '0.33',
    verdict: 'excluded',
    detail: 'used by an image',
  },
  {
    when: 'a backup plan keeps it',
    resource: { ...snapshot, tags: { 'aws:backup:source-resource': 'x' } },
    cost: '0.33',
    verdict: 'excluded',
  },
  { when: 'still being made', resource: { ...snapshot, state: 'creating' }, cost: '0.33', verdict: 'clear' },
  { when: 'archived', resource: { ...snapshot, size: { sku: 'archive' } }, cost: '0.33', verdict: 'clear' },
  { when: 'the bill does not know it', resource: snapshot, verdict: 'found', monthly: null },
]);

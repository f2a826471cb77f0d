import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-snapshot-archive-tier.ts';

const make = (id: string, days: number) =>
  makeResource('aws.ec2.snapshot', {
    id,
    state: 'available',
    createdAt: ago(days),
    size: { storageGiB: 100 },
    tags: { 'aws:dlm:lifecycle-policy-id': 'p' },
  });
const old = make('snap-1', 120);
const others = {
  others: [make('snap-2', 1), makeResource('aws.ec2.volume', { id: 'vol-1' })],
  edges: ['snap-1 source vol-1', 'snap-2 source vol-1'],
};

describeRule(rule, [
  {
    when: 'old, kept, and dear',
    resource: old,
    ...others,
    cost: '0.2',
    verdict: 'found',
    monthly: '4.838',
    action: { kind: 'operations', operations: [{ operation: 'set-tier', parameters: { tier: 'archive' } }] },
  },
  {
    when: 'only few changed blocks: the archive would cost more',
    resource: old,
    ...others,
    cost: '0.02',
    verdict: 'clear',
  },
  { when: 'exactly 90 days', resource: make('snap-1', 90), ...others, cost: '0.2', verdict: 'found' },
  { when: 'younger', resource: make('snap-1', 89), ...others, cost: '0.2', verdict: 'too_young' },
  { when: 'the newest of its volume', resource: old, cost: '0.2', verdict: 'clear' },
  { when: 'kept by nobody', resource: { ...old, tags: {} }, ...others, cost: '0.2', verdict: 'clear' },
  {
    when: 'archived already',
    resource: { ...old, size: { sku: 'archive' } },
    ...others,
    cost: '0.2',
    verdict: 'clear',
  },
  { when: 'the bill does not know it', resource: old, ...others, verdict: 'no_cost' },
  { when: 'no size', resource: { ...old, size: null }, ...others, cost: '0.2', verdict: 'unknown_size' },
]);

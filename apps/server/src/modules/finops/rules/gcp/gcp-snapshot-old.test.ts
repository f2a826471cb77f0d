import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-snapshot-old.ts';

const snapshot = makeResource('gcp.compute.snapshot', { provider: 'gcp', state: 'available' });

describeRule(rule, [
  {
    when: 'older than a year',
    resource: snapshot,
    cost: '0.5',
    verdict: 'found',
    monthly: '15.22',
    why: /400 days/,
    action: { kind: 'quarantine_delete', operations: [] },
  },
  { when: 'exactly 90 days', resource: { ...snapshot, createdAt: ago(90) }, cost: '1', verdict: 'too_young' },
  { when: 'being made', resource: { ...snapshot, state: 'creating' }, cost: '1', verdict: 'clear' },
  { when: 'the bill does not know it', resource: snapshot, verdict: 'found', monthly: null },
]);

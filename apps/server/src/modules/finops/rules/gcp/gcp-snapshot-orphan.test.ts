import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-snapshot-orphan.ts';

const snapshot = makeResource('gcp.compute.snapshot', {
  provider: 'gcp',
  state: 'available',
  createdAt: ago(30),
  attributes: { sourceDisk: 'https://compute/projects/p/zones/z/disks/old-data' },
});
const disk = makeResource('gcp.compute.disk', { id: 'd-1', state: 'in_use' });
const edges = ['r-1 source d-1'];

describeRule(rule, [
  {
    when: 'its disk is gone, exactly 30 days',
    resource: snapshot,
    cost: '1',
    verdict: 'found',
    monthly: '30.44',
    why: /old-data/,
    action: { kind: 'quarantine_delete', operations: [] },
  },
  { when: 'its disk is there', resource: snapshot, others: [disk], edges, cost: '1', verdict: 'clear' },
  {
    when: 'its disk was deleted',
    resource: snapshot,
    others: [{ ...disk, state: 'deleted' }],
    edges,
    cost: '1',
    verdict: 'found',
  },
  { when: 'young', resource: { ...snapshot, createdAt: ago(29) }, cost: '1', verdict: 'too_young' },
  { when: 'of no disk', resource: { ...snapshot, attributes: {} }, cost: '1', verdict: 'clear' },
]);

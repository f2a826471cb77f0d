import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-disk-unattached.ts';

const disk = makeResource('gcp.compute.disk', {
  provider: 'gcp',
  state: 'available',
  size: { sku: 'pd-ssd', storageGiB: 500 },
  attributes: { lastDetachTimestamp: ago(20).toISOString() },
});

describeRule(rule, [
  {
    when: 'detached for 20 days',
    resource: disk,
    cost: '1',
    verdict: 'found',
    monthly: '30.44',
    confidence: 'high',
    why: /20 days/,
    action: { kind: 'snapshot_delete', operations: [] },
  },
  {
    when: 'never attached',
    resource: { ...disk, attributes: {} },
    cost: '1',
    verdict: 'found',
    confidence: 'medium',
  },
  {
    when: 'exactly 7 days',
    resource: { ...disk, attributes: { lastDetachTimestamp: ago(7).toISOString() } },
    cost: '1',
    verdict: 'too_young',
    detail: '7 days',
  },
  { when: 'attached', resource: { ...disk, state: 'in_use' }, cost: '1', verdict: 'clear' },
  { when: 'the bill does not know it', resource: disk, verdict: 'found', monthly: null, confidence: 'low' },
]);

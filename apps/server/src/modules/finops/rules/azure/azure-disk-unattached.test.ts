import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './azure-disk-unattached.ts';

const disk = makeResource('azure.compute.disk', {
  provider: 'azure',
  region: 'eastus',
  state: 'available',
  size: { sku: 'Premium_LRS', storageGiB: 512 },
  attributes: { lastOwnershipUpdateTime: ago(8).toISOString() },
});

describeRule(rule, [
  {
    when: 'free for eight days',
    resource: disk,
    cost: '2.5',
    verdict: 'found',
    monthly: '76.1',
    confidence: 'high',
    action: { kind: 'snapshot_delete', operations: [] },
    why: /for 8 days, since Feb 22, 2026/,
  },
  {
    when: 'exactly seven',
    resource: { ...disk, attributes: { lastOwnershipUpdateTime: ago(7).toISOString() } },
    cost: '1',
    verdict: 'too_young',
    detail: '7 days',
  },
  {
    when: 'since yesterday, though old',
    resource: { ...disk, attributes: { lastOwnershipUpdateTime: ago(1).toISOString() } },
    verdict: 'too_young',
  },
  {
    when: 'the provider does not tell since when',
    resource: { ...disk, attributes: {} },
    cost: '1',
    verdict: 'found',
    confidence: 'medium',
  },
  { when: 'attached', resource: { ...disk, state: 'in_use' }, verdict: 'clear' },
  { when: 'the bill does not know it', resource: disk, verdict: 'found', monthly: null, confidence: 'low' },
]);

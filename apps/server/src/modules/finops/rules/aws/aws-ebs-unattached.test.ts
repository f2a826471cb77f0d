import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ebs-unattached.ts';

const volume = makeResource('aws.ec2.volume', {
  state: 'available',
  stateSince: ago(8),
  size: { sku: 'gp2', storageGiB: 500 },
});

describeRule(rule, [
  {
    when: 'detached for eight days',
    resource: volume,
    cost: '1.64',
    verdict: 'found',
    monthly: '49.9216',
    confidence: 'high',
    action: { kind: 'snapshot_delete', operations: [] },
    why: /for 8 days, since Feb 22, 2026/,
  },
  {
    when: 'exactly seven days',
    resource: { ...volume, stateSince: ago(7) },
    cost: '1',
    verdict: 'too_young',
    detail: '7 days',
  },
  {
    when: 'a minute more than seven days',
    resource: { ...volume, stateSince: ago(7.001) },
    cost: '1',
    verdict: 'found',
  },
  {
    when: 'detached when first met: age counts',
    resource: { ...volume, stateSince: null, createdAt: ago(200) },
    cost: '1',
    verdict: 'found',
    confidence: 'medium',
    why: /created 200 days ago/,
  },
  {
    when: 'new and never attached',
    resource: { ...volume, stateSince: null, createdAt: ago(2) },
    cost: '1',
    verdict: 'too_young',
  },
  {
    when: 'old but detached yesterday',
    resource: { ...volume, stateSince: ago(1) },
    cost: '1',
    verdict: 'too_young',
  },
  {
    when: 'a longer time is wanted',
    resource: volume,
    parameters: { days: 30 },
    cost: '1',
    verdict: 'too_young',
    detail: '30 days',
  },
  { when: 'attached', resource: { ...volume, state: 'in_use' }, cost: '1', verdict: 'clear' },
  { when: 'the bill does not know it', resource: volume, verdict: 'found', monthly: null, confidence: 'low' },
]);

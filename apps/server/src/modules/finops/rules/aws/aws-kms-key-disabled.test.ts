import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-kms-key-disabled.ts';

const key = makeResource('aws.kms.key', { state: 'stopped', stateSince: ago(120) });

describeRule(rule, [
  {
    when: 'disabled for months',
    resource: key,
    verdict: 'found',
    monthly: '1',
    confidence: 'medium',
    action: { kind: 'operations', operations: [{ operation: 'delete', parameters: { windowDays: 30 } }] },
  },
  { when: 'exactly 90 days', resource: { ...key, stateSince: ago(90) }, verdict: 'found' },
  { when: 'less', resource: { ...key, stateSince: ago(89) }, verdict: 'too_young' },
  {
    when: 'disabled when first met',
    resource: { ...key, stateSince: null },
    verdict: 'found',
    confidence: 'low',
    why: /made 400 days ago/,
  },
  { when: 'enabled', resource: { ...key, state: 'active' }, verdict: 'clear' },
  { when: 'never more than the bill', resource: key, cost: '0.02', verdict: 'found', monthly: '0.6088' },
]);

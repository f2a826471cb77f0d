import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-sagemaker-notebook-running.ts';

const notebook = (days: number, more = {}) =>
  makeResource('aws.sagemaker.notebook-instance', {
    state: 'running',
    size: { sku: 'ml.t3.medium' },
    attributes: { LastModifiedTime: ago(days).toISOString() },
    ...more,
  });

describeRule(rule, [
  {
    when: 'running for weeks',
    resource: notebook(20),
    cost: '1.2',
    verdict: 'found',
    monthly: '36.528',
    why: /for 20 days/,
    action: { kind: 'operations', operations: [{ operation: 'stop', parameters: {} }] },
  },
  { when: 'exactly seven days', resource: notebook(7), cost: '1.2', verdict: 'found' },
  { when: 'less', resource: notebook(6.9), cost: '1.2', verdict: 'too_young' },
  {
    when: 'our history knows better',
    resource: notebook(20, { stateSince: ago(1) }),
    cost: '1.2',
    verdict: 'too_young',
  },
  { when: 'stopped', resource: notebook(20, { state: 'stopped' }), cost: '1.2', verdict: 'clear' },
  {
    when: 'nobody knows since when',
    resource: notebook(20, { attributes: {}, createdAt: null }),
    cost: '1.2',
    verdict: 'wrong_state',
  },
  { when: 'the bill does not know it', resource: notebook(20), verdict: 'found', monthly: null },
]);

import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './aws-sagemaker-endpoint-idle.ts';

const endpoint = makeResource('aws.sagemaker.endpoint', { state: 'running' });
const none = { 'invocations.sum': 0 };

describeRule(rule, [
  ...unusedRows({ resource: endpoint, metrics: ['invocations.sum'], days: 14 }),
  {
    when: 'money and plan',
    resource: endpoint,
    metrics: none,
    cost: '5.5',
    verdict: 'found',
    monthly: '167.42',
    action: { kind: 'operations', operations: [{ operation: 'delete', parameters: {} }] },
  },
  { when: 'the bill does not know it', resource: endpoint, metrics: none, verdict: 'found', monthly: null },
  { when: 'being made', resource: { ...endpoint, state: 'creating' }, metrics: none, verdict: 'clear' },
]);

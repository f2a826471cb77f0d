import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-lambda-unused.ts';

const fn = makeResource('aws.lambda.function', { attributes: { Runtime: 'nodejs14.x' } });
const none = { 'invocations.sum': 0 };

describeRule(rule, [
  { when: 'nobody called', resource: fn, metrics: none, verdict: 'found', monthly: null, action: null },
  {
    when: 'measured and without any call',
    resource: fn,
    metrics: { 'invocations.sum': { value: () => null } },
    verdict: 'found',
  },
  {
    when: 'one call',
    resource: fn,
    metrics: { 'invocations.sum': { value: (h) => (h === 9 ? 1 : 0) } },
    verdict: 'clear',
  },
  { when: 'never measured', resource: fn, verdict: 'no_metrics' },
  {
    when: 'changed exactly 30 days ago',
    resource: { ...fn, createdAt: ago(30) },
    metrics: none,
    verdict: 'found',
  },
  { when: 'changed since', resource: { ...fn, createdAt: ago(29) }, metrics: none, verdict: 'too_young' },
]);

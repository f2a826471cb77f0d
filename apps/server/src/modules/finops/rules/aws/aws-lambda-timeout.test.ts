import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-lambda-timeout.ts';

const fn = (Timeout: number) => makeResource('aws.lambda.function', { attributes: { Timeout } });
const metrics = (mean: number, longest: number) => ({
  'duration.average': mean,
  'duration.maximum': longest,
});

describeRule(rule, [
  {
    when: 'a minute for calls of half a second',
    resource: fn(60),
    metrics: metrics(500, 4000),
    verdict: 'found',
    monthly: null,
    recommended: ['8 s'],
    action: {
      kind: 'operations',
      operations: [{ operation: 'configure', parameters: { timeoutSeconds: 8 } }],
    },
  },
  {
    when: 'never below three seconds',
    resource: fn(60),
    metrics: metrics(5, 10),
    verdict: 'found',
    recommended: ['3 s'],
  },
  {
    when: 'exactly 30 seconds and five times',
    resource: fn(30),
    metrics: metrics(6000, 7000),
    verdict: 'found',
  },
  { when: 'less than five times', resource: fn(30), metrics: metrics(6001, 7000), verdict: 'clear' },
  { when: 'below 30 seconds', resource: fn(29), metrics: metrics(10, 10), verdict: 'clear' },
  { when: 'some calls take long', resource: fn(60), metrics: metrics(500, 45_000), verdict: 'clear' },
  { when: 'never measured', resource: fn(60), verdict: 'no_metrics' },
  { when: 'no timeout told', resource: makeResource('aws.lambda.function'), verdict: 'unknown_size' },
]);

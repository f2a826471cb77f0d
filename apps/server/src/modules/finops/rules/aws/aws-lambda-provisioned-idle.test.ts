import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-lambda-provisioned-idle.ts';

const fn = makeResource('aws.lambda.function', {
  attributes: {
    MemorySize: 1024,
    ProvisionedConcurrency: [
      { Qualifier: 'live', Requested: 10 },
      { Qualifier: 'old', Requested: 0 },
    ],
  },
});
const none = { 'invocations.sum': 0 };

describeRule(rule, [
  {
    when: 'kept ready for nobody',
    resource: fn,
    metrics: none,
    verdict: 'found',
    // 10 GiB × 2,629,800 s × 0.0000041667
    monthly: '109.5759',
    action: {
      kind: 'operations',
      operations: [
        { operation: 'set-provisioned-concurrency', parameters: { qualifier: 'live', executions: 0 } },
      ],
    },
  },
  {
    when: 'measured and without any call',
    resource: fn,
    metrics: { 'invocations.sum': { value: () => null } },
    verdict: 'found',
  },
  {
    when: 'never more than the bill',
    resource: fn,
    metrics: none,
    cost: '1',
    verdict: 'found',
    monthly: '30.44',
  },
  {
    when: 'called once',
    resource: fn,
    metrics: { 'invocations.sum': { value: (h) => (h === 1 ? 1 : 0) } },
    verdict: 'clear',
  },
  {
    when: 'nothing provisioned',
    resource: { ...fn, attributes: { MemorySize: 128, ProvisionedConcurrency: [] } },
    metrics: none,
    verdict: 'clear',
  },
  {
    when: 'may not be read',
    resource: {
      ...fn,
      attributes: { ProvisionedConcurrency: { unreadable: 'lambda:ListProvisionedConcurrencyConfigs' } },
    },
    metrics: none,
    verdict: 'missing_permission',
  },
  { when: 'never measured', resource: fn, verdict: 'no_metrics' },
  {
    when: 'no memory told',
    resource: { ...fn, attributes: { ProvisionedConcurrency: [{ Qualifier: 'a', Requested: 1 }] } },
    metrics: none,
    verdict: 'unknown_size',
  },
]);

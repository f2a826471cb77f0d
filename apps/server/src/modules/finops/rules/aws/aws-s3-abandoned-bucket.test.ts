import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-s3-abandoned-bucket.ts';

const bucket = makeResource('aws.s3.bucket');
const MIB = 1024 ** 2;
/** Size, and requests in one hour of the week. */
const metrics = (mib: number, requests: number) => ({
  'stored_bytes.average': mib * MIB,
  'requests.sum': { value: (h: number) => (h === 50 ? requests : 0) },
});

describeRule(rule, [
  {
    when: 'small and forgotten',
    resource: bucket,
    metrics: metrics(10, 3),
    cost: '0.01',
    verdict: 'found',
    monthly: '0.3044',
    why: /10 MiB and 3 requests/,
    action: null,
  },
  {
    when: 'exactly at both limits',
    resource: bucket,
    metrics: metrics(1024, 100),
    cost: '0.01',
    verdict: 'found',
  },
  { when: 'too large', resource: bucket, metrics: metrics(1025, 3), cost: '0.01', verdict: 'clear' },
  { when: 'asked for', resource: bucket, metrics: metrics(10, 101), cost: '0.01', verdict: 'clear' },
  {
    when: 'without the metric of requests',
    resource: bucket,
    metrics: { 'stored_bytes.average': 1, 'requests.sum': { value: () => null } },
    cost: '0.01',
    verdict: 'no_metrics',
    detail: 'requests',
  },
  { when: 'never measured', resource: bucket, verdict: 'no_metrics' },
  {
    when: 'too young',
    resource: { ...bucket, createdAt: ago(6) },
    metrics: metrics(1, 0),
    verdict: 'too_young',
  },
  {
    when: 'the bill does not know it',
    resource: bucket,
    metrics: metrics(1, 0),
    verdict: 'found',
    monthly: null,
  },
]);

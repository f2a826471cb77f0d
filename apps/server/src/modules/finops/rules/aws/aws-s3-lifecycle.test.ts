import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-s3-lifecycle.ts';

const GIB = 1024 ** 3;
const bucket = (Lifecycle: null | { Rules: { [key: string]: string | object }[] }) =>
  makeResource('aws.s3.bucket', { attributes: { Lifecycle: Lifecycle as never } });
const stored = (gib: number, objects = 1000) => ({
  'stored_bytes.average': gib * GIB,
  'objects.average': objects,
});
const tiering = {
  ID: 'cloudatlas-tiering',
  Status: 'Enabled',
  Filter: { Prefix: '' },
  Transitions: [{ Days: 30, StorageClass: 'INTELLIGENT_TIERING' }],
};
const logs = { ID: 'logs', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 30 } };

describeRule(rule, [
  {
    when: 'a TiB that nothing moves',
    resource: bucket(null),
    metrics: stored(1024),
    cost: '1',
    verdict: 'found',
    monthly: '6.4487',
    action: {
      kind: 'operations',
      operations: [{ operation: 'set-lifecycle', parameters: { configuration: { Rules: [tiering] } } }],
    },
  },
  {
    when: 'rules of a part of it are kept',
    resource: bucket({ Rules: [logs] }),
    metrics: stored(1024),
    cost: '1',
    verdict: 'found',
    action: {
      kind: 'operations',
      operations: [{ operation: 'set-lifecycle', parameters: { configuration: { Rules: [logs, tiering] } } }],
    },
  },
  {
    when: 'never more than the bill',
    resource: bucket(null),
    metrics: stored(1024),
    cost: '0.1',
    verdict: 'found',
    monthly: '3.044',
  },
  { when: 'exactly 50 GiB', resource: bucket(null), metrics: stored(50), cost: '1', verdict: 'found' },
  { when: 'less', resource: bucket(null), metrics: stored(49), cost: '1', verdict: 'clear' },
  {
    when: 'so many small objects that watching costs more',
    resource: bucket(null),
    metrics: stored(100, 10_000_000),
    cost: '1',
    verdict: 'clear',
  },
  {
    when: 'a rule moves everything',
    resource: bucket({ Rules: [{ Status: 'Enabled', Filter: {}, Transitions: [{ Days: 60 }] }] }),
    metrics: stored(1024),
    cost: '1',
    verdict: 'clear',
  },
  {
    when: 'such a rule is switched off',
    resource: bucket({ Rules: [{ Status: 'Disabled', Filter: {}, Transitions: [{ Days: 60 }] }] }),
    metrics: stored(1024),
    cost: '1',
    verdict: 'found',
  },
  {
    when: 'the lifecycle may not be read',
    resource: makeResource('aws.s3.bucket', {
      attributes: { Lifecycle: { unreadable: 's3:GetLifecycleConfiguration' } },
    }),
    verdict: 'missing_permission',
  },
  {
    when: 'the lifecycle was not read',
    resource: makeResource('aws.s3.bucket'),
    verdict: 'not_synchronised',
  },
  { when: 'never measured', resource: bucket(null), cost: '1', verdict: 'no_metrics' },
  { when: 'the bill does not know it', resource: bucket(null), metrics: stored(1024), verdict: 'no_cost' },
  {
    when: 'too young',
    resource: { ...bucket(null), createdAt: ago(89) },
    metrics: stored(1024),
    cost: '1',
    verdict: 'too_young',
  },
]);

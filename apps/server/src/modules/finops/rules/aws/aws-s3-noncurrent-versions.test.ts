import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-s3-noncurrent-versions.ts';

const bucket = (Status: string, Lifecycle: unknown = null) =>
  makeResource('aws.s3.bucket', { attributes: { Versioning: { Status }, Lifecycle: Lifecycle as never } });
const ends = (Filter: object) => ({
  Rules: [{ Status: 'Enabled', Filter, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }],
});

describeRule(rule, [
  {
    when: 'every version is kept',
    resource: bucket('Enabled'),
    verdict: 'found',
    monthly: null,
    action: null,
  },
  { when: 'a rule ends old ones', resource: bucket('Enabled', ends({ Prefix: '' })), verdict: 'clear' },
  {
    when: 'a rule ends those of a part',
    resource: bucket('Enabled', ends({ Prefix: 'a/' })),
    verdict: 'found',
  },
  { when: 'versioning suspended', resource: bucket('Suspended'), verdict: 'clear' },
  { when: 'exactly 30 days old', resource: { ...bucket('Enabled'), createdAt: ago(30) }, verdict: 'found' },
  { when: 'younger', resource: { ...bucket('Enabled'), createdAt: ago(29) }, verdict: 'too_young' },
  {
    when: 'versioning may not be read',
    resource: makeResource('aws.s3.bucket', { attributes: { Versioning: { unreadable: 'denied' } } }),
    verdict: 'missing_permission',
  },
  {
    when: 'the lifecycle may not be read',
    resource: bucket('Enabled', { unreadable: 'denied' }),
    verdict: 'missing_permission',
  },
]);

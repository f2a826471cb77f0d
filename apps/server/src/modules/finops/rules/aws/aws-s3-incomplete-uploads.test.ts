import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-s3-incomplete-uploads.ts';

const bucket = (days: number, Lifecycle: unknown = null, Count = 3) =>
  makeResource('aws.s3.bucket', {
    attributes: {
      Lifecycle: Lifecycle as never,
      IncompleteUploads: { Count, Oldest: ago(days).toISOString(), More: false },
    },
  });

describeRule(rule, [
  {
    when: 'old parts and no rule',
    resource: bucket(100),
    verdict: 'found',
    monthly: null,
    action: {
      kind: 'operations',
      operations: [
        {
          operation: 'set-lifecycle',
          parameters: {
            configuration: {
              Rules: [
                {
                  ID: 'cloudatlas-incomplete-uploads',
                  Status: 'Enabled',
                  Filter: { Prefix: '' },
                  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
                },
              ],
            },
          },
        },
      ],
    },
  },
  { when: 'exactly seven days old', resource: bucket(7), verdict: 'clear' },
  { when: 'a bit older', resource: bucket(7.1), verdict: 'found' },
  { when: 'none', resource: bucket(100, null, 0), verdict: 'clear' },
  {
    when: 'a rule ends them',
    resource: bucket(100, {
      Rules: [
        {
          Status: 'Enabled',
          Filter: { Prefix: '' },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 },
        },
      ],
    }),
    verdict: 'clear',
  },
  {
    when: 'a rule for a part of the bucket does not',
    resource: bucket(100, {
      Rules: [
        {
          Status: 'Enabled',
          Filter: { Prefix: 'a/' },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 },
        },
      ],
    }),
    verdict: 'found',
  },
  {
    when: 'uploads may not be listed',
    resource: makeResource('aws.s3.bucket', {
      attributes: { Lifecycle: null, IncompleteUploads: { unreadable: 's3:ListBucketMultipartUploads' } },
    }),
    verdict: 'missing_permission',
  },
  {
    when: 'the lifecycle was not read',
    resource: makeResource('aws.s3.bucket'),
    verdict: 'not_synchronised',
  },
]);

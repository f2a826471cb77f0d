import { LAMBDA, LOGS, S3 } from '../clients.ts';
import { bucketRegion } from '../services/s3.ts';
import { result, type Operation } from './model.ts';
import { number } from '../../shared/parameters.ts';

const deleteBucket: Operation = {
  descriptor: {
    id: 'delete',
    type: 'aws.s3.bucket',
    label: 'Delete empty bucket',
    parameters: [],
    confirm: 'typed',
    dryRun: false,
    until: ['deleted'],
    actions: ['s3:DeleteBucket', 's3:GetBucketLocation'],
  },
  async run({ scope, resource }) {
    const s3 = await scope.session.open(S3, await bucketRegion(scope, resource.id));
    // S3 itself refuses to delete a bucket that holds anything (BucketNotEmpty).
    return result(
      'done',
      await s3.send(new s3.sdk.DeleteBucketCommand({ Bucket: resource.id }), {
        ...scope,
        retry: 'refused-only',
      }),
    );
  },
  evidence: (seen) => (seen ? 'no' : 'yes'),
};

const deleteFunction: Operation = {
  descriptor: {
    id: 'delete',
    type: 'aws.lambda.function',
    label: 'Delete function',
    parameters: [],
    confirm: 'typed',
    dryRun: false,
    until: ['deleted'],
    actions: ['lambda:DeleteFunction'],
  },
  async run({ scope, resource }) {
    const lambda = await scope.session.open(LAMBDA, scope.region);
    return result(
      'done',
      await lambda.send(new lambda.sdk.DeleteFunctionCommand({ FunctionName: resource.id }), {
        ...scope,
        retry: 'refused-only',
      }),
    );
  },
  evidence: (seen) => (seen ? 'no' : 'yes'),
};

/** Retention periods CloudWatch Logs takes (PutRetentionPolicy, API reference); 0 stands for "for ever". */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const setRetention: Operation = {
  descriptor: {
    id: 'set-retention',
    type: 'aws.logs.log-group',
    label: 'Set retention',
    parameters: [
      {
        name: 'days',
        label: 'Keep events for',
        kind: 'select',
        required: true,
        options: RETENTION_DAYS.map((days) => ({
          value: String(days),
          label: days === 0 ? 'for ever' : `${days} days`,
        })),
      },
    ],
    // Shorter retention deletes events for good.
    confirm: 'typed',
    dryRun: false,
    undo: 'set-retention',
    actions: ['logs:PutRetentionPolicy', 'logs:DeleteRetentionPolicy'],
  },
  async run({ scope, resource, before, parameters }) {
    const logs = await scope.session.open(LOGS, scope.region);
    const retentionInDays = Number(parameters['days']);
    const logGroupName = resource.id;
    const answer =
      retentionInDays === 0
        ? await logs.send(new logs.sdk.DeleteRetentionPolicyCommand({ logGroupName }), scope)
        : await logs.send(new logs.sdk.PutRetentionPolicyCommand({ logGroupName, retentionInDays }), scope);
    const former = number(before?.attributes ?? {}, 'retentionInDays') ?? 0;
    return result('done', answer, {
      undo: { operation: 'set-retention', parameters: { days: String(former) } },
      note: 'Events that are older are deleted within days; undoing does not bring them back.',
    });
  },
  evidence: (seen, { parameters }) =>
    seen && (number(seen.attributes, 'retentionInDays') ?? 0) === Number(parameters['days']) ? 'yes' : 'no',
};

export const otherOperations: readonly Operation[] = [deleteBucket, deleteFunction, setRetention];

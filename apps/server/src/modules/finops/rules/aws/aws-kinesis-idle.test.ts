import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './aws-kinesis-idle.ts';

const stream = (shards: number, mode = 'PROVISIONED') =>
  makeResource('aws.kinesis.stream', {
    attributes: { StreamModeDetails: { StreamMode: mode }, OpenShardCount: shards },
  });
const rest = { 'incoming_records.sum': 0, 'read_bytes.sum': 0 };

describeRule(rule, [
  ...unusedRows({ resource: stream(4), metrics: ['incoming_records.sum', 'read_bytes.sum'], days: 7 }),
  {
    when: 'five shards are halved upwards',
    resource: stream(5),
    metrics: rest,
    verdict: 'found',
    monthly: '21.915',
    action: {
      kind: 'operations',
      operations: [{ operation: 'set-capacity', parameters: { mode: 'PROVISIONED', shards: 3 } }],
    },
  },
  {
    when: 'one shard: advice to delete',
    resource: stream(1),
    metrics: rest,
    verdict: 'found',
    monthly: '10.9575',
    action: null,
    recommended: ['0'],
  },
  {
    when: 'never more than the bill',
    resource: stream(4),
    metrics: rest,
    cost: '0.1',
    verdict: 'found',
    monthly: '3.044',
  },
  { when: 'on demand', resource: stream(4, 'ON_DEMAND'), metrics: rest, verdict: 'clear' },
  { when: 'no number of shards', resource: makeResource('aws.kinesis.stream'), verdict: 'unknown_size' },
]);

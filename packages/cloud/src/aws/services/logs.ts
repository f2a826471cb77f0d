import type * as CloudwatchLogsSdk from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { round, times } from '../../decimal.ts';
import type { Resource } from '../../resource.ts';
import { LOGS } from '../clients.ts';
import { resource, toAttributes } from '../../shared/normalise.ts';
import { singlePrice } from '../price-table.ts';
import { arn, type Scope, type TypeReader } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { described, orNoTags } from './lenient.ts';

type LogsHandle = ServiceHandle<typeof CloudwatchLogsSdk>;

const GIB = 1024 ** 3;

const LOG_GROUP = {
  id: 'aws.logs.log-group',
  label: 'CloudWatch log group',
  category: 'monitoring',
  taggable: true,
} as const;

function logGroupResource(scope: Scope, raw: LogGroup): Resource {
  const name = raw.logGroupName ?? '';
  const price = singlePrice(scope.region, 'log_storage');
  // Logs grow by the minute: to the byte, each look would be a change of the group.
  const storageGiB =
    raw.storedBytes === undefined ? undefined : Number((raw.storedBytes / GIB).toPrecision(2));
  return resource({
    type: LOG_GROUP.id,
    // `arn` ends in `:*`, which is no name of the group itself.
    nativeId: raw.logGroupArn ?? raw.arn?.replace(/:\*$/, '') ?? arn(scope, 'logs', `log-group:${name}`),
    id: name,
    region: scope.region,
    state: 'active',
    createdAt: raw.creationTime === undefined ? undefined : new Date(raw.creationTime),
    size: { storageGiB },
    attributes: toAttributes(raw, ['storedBytes']),
    monthly: price && storageGiB !== undefined ? round(times(price, storageGiB.toFixed(6)), 4) : undefined,
  });
}

/** Tags are one call per group, and the rate AWS allows for it is low. */
const TAGS_AT_ONCE = 2;

async function withTags(logs: LogsHandle, scope: Scope, raw: LogGroup): Promise<Resource> {
  const found = logGroupResource(scope, raw);
  const read = logs.send(new logs.sdk.ListTagsForResourceCommand({ resourceArn: found.nativeId }), scope);
  return { ...found, tags: await orNoTags(read.then((answer) => answer.tags ?? {})) };
}

export const logGroups: TypeReader = {
  type: LOG_GROUP,
  async *list(scope) {
    const logs = await scope.session.open(LOGS, scope.region);
    const found = logs.pages('DescribeLogGroups', async (nextToken) => {
      const answer = await logs.send(new logs.sdk.DescribeLogGroupsCommand({ nextToken, limit: 50 }), scope);
      return { items: answer.logGroups ?? [], next: answer.nextToken };
    });
    yield* described(found, TAGS_AT_ONCE, (raw) => withTags(logs, scope, raw));
  },
  async inspect(scope, ref) {
    const logs = await scope.session.open(LOGS, scope.region);
    // Names are sorted, so the group itself comes before those that go on after its name.
    const answer = await logs.send(
      new logs.sdk.DescribeLogGroupsCommand({ logGroupNamePrefix: ref.id, limit: 50 }),
      scope,
    );
    const raw = answer.logGroups?.find((g) => g.logGroupName === ref.id);
    return raw && withTags(logs, scope, raw);
  },
};

import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { orGone } from '../../errors.ts';
import type { Resource, ResourceState } from '../../resource.ts';
import { DYNAMODB } from '../clients.ts';
import { resource, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { arn, type Scope, type TypeReader } from '../scope.ts';
import { described, orNoTags } from './lenient.ts';

const GIB = 1024 ** 3;

/** Lists give names only; details of this many are asked for at once. */
const DETAILS_AT_ONCE = 4;

const TABLE_STATES: Readonly<Record<string, ResourceState>> = {
  CREATING: 'creating',
  UPDATING: 'updating',
  DELETING: 'deleting',
  ACTIVE: 'active',
  INACCESSIBLE_ENCRYPTION_CREDENTIALS: 'failed',
  ARCHIVING: 'updating',
  ARCHIVED: 'stopped',
};

const TABLE = {
  id: 'aws.dynamodb.table',
  label: 'DynamoDB table',
  category: 'database',
  taggable: true,
} as const;

function tableResource(scope: Scope, raw: TableDescription, tags: Record<string, string>): Resource {
  const name = raw.TableName ?? '';
  return resource({
    type: TABLE.id,
    nativeId: raw.TableArn ?? arn(scope, 'dynamodb', `table/${name}`),
    id: name,
    region: scope.region,
    state: stateOf(TABLE_STATES, raw.TableStatus),
    stateRaw: raw.TableStatus,
    tags,
    createdAt: raw.CreationDateTime,
    size: {
      sku: raw.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
      storageGiB: raw.TableSizeBytes === undefined ? undefined : raw.TableSizeBytes / GIB,
    },
    attributes: toAttributes(raw),
  });
}

async function readTable(scope: Scope, name: string): Promise<Resource | undefined> {
  const dynamo = await scope.session.open(DYNAMODB, scope.region);
  const answer = await orGone(dynamo.send(new dynamo.sdk.DescribeTableCommand({ TableName: name }), scope));
  if (!answer?.Table) return undefined;
  const tags = await orNoTags(
    dynamo
      .send(new dynamo.sdk.ListTagsOfResourceCommand({ ResourceArn: answer.Table.TableArn }), scope)
      .then((a) => tagMap(a.Tags)),
  );
  return tableResource(scope, answer.Table, tags);
}

export const tables: TypeReader = {
  type: TABLE,
  async *list(scope) {
    const dynamo = await scope.session.open(DYNAMODB, scope.region);
    const found = dynamo.pages('ListTables', async (ExclusiveStartTableName) => {
      const answer = await dynamo.send(
        new dynamo.sdk.ListTablesCommand({ ExclusiveStartTableName, Limit: 100 }),
        scope,
      );
      return { items: answer.TableNames ?? [], next: answer.LastEvaluatedTableName };
    });
    yield* described(found, DETAILS_AT_ONCE, (name) => readTable(scope, name));
  },
  inspect: (scope, ref) => readTable(scope, ref.id),
};

import type {
  DescribeTableInput,
  DescribeTableOutput,
  ListTablesInput,
  ListTablesOutput,
  ListTagsOfResourceInput,
  ListTagsOfResourceOutput,
  TableDescription,
  TagResourceInput,
  UntagResourceInput,
  UpdateTableInput,
  UpdateTableOutput,
} from '@aws-sdk/client-dynamodb';
import { SeededRandom } from '../../../random.ts';
import { Collection, type Entity } from '../../collection.ts';
import type { Output, RequestContext, ResourceRef, ServiceDefinition } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { defineStore, type StoreOwner, type World } from '../../world.ts';

/** A table with the traffic it gets. */
export interface TableRecord {
  readonly table: TableDescription;
  readonly tags: Map<string, string>;
  readonly gigabytes: number;
  /** Changes of billing, oldest first; without `provisioned` it is charged per request. */
  readonly history: {
    readonly at: number;
    readonly provisioned: { readonly read: number; readonly write: number } | undefined;
  }[];
  /** On-demand request units per hour on an average hour. */
  readonly readsPerHour: number;
  readonly writesPerHour: number;
}

/** DynamoDB of one account in one region. */
export class DynamoStore {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly tables: Collection<TableRecord>;

  constructor({ world, account, region }: StoreOwner) {
    this.world = world;
    this.accountId = account.id;
    this.region = region;
    this.tables = new Collection(() => world.clock.now());
  }
}

/** DynamoDB state per account and region. */
export const dynamoStore = defineStore('dynamodb', 'region', (owner) => new DynamoStore(owner));

/** What a table needs; without `provisioned` it is charged per request. */
export interface TableSpec {
  readonly name: string;
  readonly hashKey: string;
  readonly rangeKey?: string;
  readonly gigabytes: number;
  readonly items: number;
  readonly provisioned?: { readonly read: number; readonly write: number };
  readonly readsPerHour?: number;
  readonly writesPerHour?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly createdAt?: number;
}

/** Adds an active table. */
export function addTable(store: DynamoStore, spec: TableSpec): Entity<TableRecord> {
  const at = spec.createdAt ?? store.world.clock.now();
  const random = SeededRandom.of(store.world.seed, 'dynamodb', store.accountId, store.region, spec.name);
  const names = [spec.hashKey, ...(spec.rangeKey === undefined ? [] : [spec.rangeKey])];
  const table: TableDescription = {
    TableName: spec.name,
    TableArn: `arn:aws:dynamodb:${store.region}:${store.accountId}:table/${spec.name}`,
    TableId: `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`,
    TableStatus: 'ACTIVE',
    CreationDateTime: new Date(at),
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: names.map((AttributeName, i) => ({ AttributeName, KeyType: i === 0 ? 'HASH' : 'RANGE' })),
    ProvisionedThroughput: {
      NumberOfDecreasesToday: 0,
      ReadCapacityUnits: spec.provisioned?.read ?? 0,
      WriteCapacityUnits: spec.provisioned?.write ?? 0,
    },
    TableSizeBytes: Math.round(spec.gigabytes * 1e9),
    ItemCount: spec.items,
    ...(spec.provisioned
      ? {}
      : {
          BillingModeSummary: {
            BillingMode: 'PAY_PER_REQUEST',
            LastUpdateToPayPerRequestDateTime: new Date(at),
          },
        }),
    TableClassSummary: { TableClass: 'STANDARD' },
    DeletionProtectionEnabled: false,
  };
  const record: TableRecord = {
    table,
    tags: new Map(Object.entries(spec.tags ?? {})),
    gigabytes: spec.gigabytes,
    history: [{ at, provisioned: spec.provisioned }],
    readsPerHour: spec.readsPerHour ?? 0,
    writesPerHour: spec.writesPerHour ?? 0,
  };
  return store.tables.add(spec.name, record, at);
}

function need(context: RequestContext, reference: string | undefined): TableRecord {
  const name = reference?.split(':table/').pop() ?? '';
  const entity = context.store(dynamoStore).tables.get(name);
  if (!entity)
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
  return entity.data;
}

/** Tables by name; continued by the last name of the page before. */
function listTables(input: ListTablesInput, context: RequestContext): Output<ListTablesOutput> {
  const limit = input.Limit ?? 100;
  if (limit < 1 || limit > 100)
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100`,
      400,
    );
  const start = input.ExclusiveStartTableName;
  const rest = context
    .store(dynamoStore)
    .tables.list()
    .map((e) => e.id)
    .sort()
    .filter((name) => start === undefined || name > start);
  const cut = Math.min(limit, context.faults.paging()?.maxItems ?? limit);
  const names = rest.slice(0, cut);
  return {
    TableNames: names,
    ...(names.length < rest.length ? { LastEvaluatedTableName: names.at(-1) } : {}),
  };
}

function describeTable(input: DescribeTableInput, context: RequestContext): Output<DescribeTableOutput> {
  return { Table: { ...need(context, input.TableName).table } };
}

const UPDATE_SECONDS = 60;

/** Changes billing mode and capacity: `UPDATING`, then `ACTIVE` with the new values. */
function updateTable(input: UpdateTableInput, context: RequestContext): Output<UpdateTableOutput> {
  const store = context.store(dynamoStore);
  const { table, history } = need(context, input.TableName);
  if (table.TableStatus !== 'ACTIVE')
    throw new AwsError(
      'ResourceInUseException',
      `Attempt to change a resource which is still in use: Table is being updated: ${table.TableName}`,
    );
  const present = table.BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  const mode = input.BillingMode ?? present;
  const { ReadCapacityUnits: read = 0, WriteCapacityUnits: write = 0 } = input.ProvisionedThroughput ?? {};
  const onDemand = mode === 'PAY_PER_REQUEST';
  if (onDemand ? input.ProvisionedThroughput !== undefined : read < 1 || write < 1)
    throw new AwsError(
      'ValidationException',
      'One or more parameter values were invalid: capacity units fit PROVISIONED billing, and only that',
      400,
    );
  const units = table.ProvisionedThroughput;
  if (
    !onDemand &&
    mode === present &&
    units?.ReadCapacityUnits === read &&
    units.WriteCapacityUnits === write
  )
    throw new AwsError(
      'ValidationException',
      `The provisioned throughput for the table will not change. The requested value equals the current value.`,
      400,
    );
  table.TableStatus = 'UPDATING';
  const done = context.world.after(UPDATE_SECONDS);
  const entity = store.tables.get(table.TableName ?? '');
  if (entity)
    store.tables.schedule(entity, done, () => {
      table.TableStatus = 'ACTIVE';
      if (onDemand || table.BillingModeSummary)
        table.BillingModeSummary = {
          BillingMode: mode,
          ...(onDemand ? { LastUpdateToPayPerRequestDateTime: new Date(done) } : {}),
        };
      table.ProvisionedThroughput = {
        NumberOfDecreasesToday: 0,
        ReadCapacityUnits: onDemand ? 0 : read,
        WriteCapacityUnits: onDemand ? 0 : write,
      };
      history.push({ at: done, provisioned: onDemand ? undefined : { read, write } });
    });
  return { TableDescription: { ...table } };
}

function listTagsOfResource(
  input: ListTagsOfResourceInput,
  context: RequestContext,
): Output<ListTagsOfResourceOutput> {
  return { Tags: [...need(context, input.ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })) };
}

function tagResource(input: TagResourceInput, context: RequestContext): void {
  const { tags } = need(context, input.ResourceArn);
  for (const { Key: key = '', Value: value = '' } of input.Tags ?? []) tags.set(key, value);
}

function untagResource(input: UntagResourceInput, context: RequestContext): void {
  const { tags } = need(context, input.ResourceArn);
  for (const key of input.TagKeys ?? []) tags.delete(key);
}

function resources(
  _operation: string,
  input: Readonly<Record<string, unknown>>,
  context: RequestContext,
): ResourceRef[] {
  const { TableName: name, ResourceArn: arn } = input;
  if (typeof arn === 'string') return [{ arn }];
  return typeof name === 'string'
    ? [{ arn: `arn:aws:dynamodb:${context.region}:${context.account.id}:table/${name}` }]
    : [];
}

/** Amazon DynamoDB, tables, their capacity and tags. */
export const dynamodb: ServiceDefinition = {
  iamPrefix: 'dynamodb',
  resources,
  handlers: {
    ListTables: listTables,
    DescribeTable: describeTable,
    UpdateTable: updateTable,
    ListTagsOfResource: listTagsOfResource,
    TagResource: tagResource,
    UntagResource: untagResource,
  },
};

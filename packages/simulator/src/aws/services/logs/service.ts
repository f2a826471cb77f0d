import type {
  CreateLogGroupRequest,
  DeleteLogGroupRequest,
  DeleteRetentionPolicyRequest,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  LogGroup,
  PutRetentionPolicyRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { Collection, type Entity } from '../../collection.ts';
import type { Output, RequestContext, ResourceRef, ServiceDefinition } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { defineStore, type StoreOwner, type World } from '../../world.ts';

/** A log group and what flows into it. */
export interface LogGroupRecord {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  retentionDays: number | undefined;
  readonly logClass: 'STANDARD' | 'INFREQUENT_ACCESS';
  readonly tags: Map<string, string>;
  /** GB taken in per day. */
  readonly ingestPerDay: number;
}

/** Part of the taken-in volume that is stored: logs are compressed. */
export const STORED_PART = 0.15;

/** Log groups of one account in one region. */
export class LogsStore {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly groups: Collection<LogGroupRecord>;

  constructor({ world, account, region }: StoreOwner) {
    this.world = world;
    this.accountId = account.id;
    this.region = region;
    this.groups = new Collection(() => world.clock.now());
  }
}

/** CloudWatch Logs state per account and region. */
export const logsStore = defineStore('logs', 'region', (owner) => new LogsStore(owner));

/** Adds a log group. */
export function addLogGroup(
  store: LogsStore,
  spec: {
    readonly name: string;
    readonly retentionDays?: number;
    readonly logClass?: LogGroupRecord['logClass'];
    readonly ingestPerDay?: number;
    readonly tags?: Readonly<Record<string, string>>;
    readonly createdAt?: number;
  },
): Entity<LogGroupRecord> {
  const createdAt = spec.createdAt ?? store.world.clock.now();
  return store.groups.add(
    spec.name,
    {
      name: spec.name,
      arn: `arn:aws:logs:${store.region}:${store.accountId}:log-group:${spec.name}`,
      createdAt,
      retentionDays: spec.retentionDays,
      logClass: spec.logClass ?? 'STANDARD',
      tags: new Map(Object.entries(spec.tags ?? {})),
      ingestPerDay: spec.ingestPerDay ?? 0,
    },
    createdAt,
  );
}

/** GB a group stores at a moment: what flowed in since its creation, or within its retention. */
export function storedGb(record: LogGroupRecord, at: number): number {
  const age = Math.max(0, (at - record.createdAt) / 86_400_000);
  return Math.min(age, record.retentionDays ?? Number.POSITIVE_INFINITY) * record.ingestPerDay * STORED_PART;
}

function view(record: LogGroupRecord, now: number): LogGroup {
  return {
    logGroupName: record.name,
    arn: `${record.arn}:*`,
    logGroupArn: record.arn,
    creationTime: record.createdAt,
    ...(record.retentionDays === undefined ? {} : { retentionInDays: record.retentionDays }),
    metricFilterCount: 0,
    storedBytes: Math.floor(storedGb(record, now) * 1e9),
    logGroupClass: record.logClass,
  };
}

const RETENTIONS = new Set([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);
const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

function need(context: RequestContext, name: string | undefined): Entity<LogGroupRecord> {
  const entity = context.store(logsStore).groups.get(name ?? '');
  if (!entity) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  return entity;
}

function describeLogGroups(
  input: DescribeLogGroupsRequest,
  context: RequestContext,
): Output<DescribeLogGroupsResponse> {
  const { nextToken: token, limit, ...parameters } = input;
  if (limit !== undefined && (limit < 1 || limit > 50)) {
    throw invalid(
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50`,
    );
  }
  const prefix = input.logGroupNamePrefix;
  if (prefix !== undefined && input.logGroupNamePattern !== undefined)
    throw invalid('logGroupNamePrefix and logGroupNamePattern are mutually exclusive');
  const pattern = input.logGroupNamePattern?.toLowerCase();
  const matching = context
    .store(logsStore)
    .groups.list()
    .filter(
      ({ id }) =>
        (prefix === undefined || id.startsWith(prefix)) &&
        (pattern === undefined || id.toLowerCase().includes(pattern)),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const page = paginate(
    matching,
    {
      token,
      limit,
      defaultLimit: 50,
      parameters,
      keyOf: (e) => e.id,
      invalidToken: () => invalid('The specified nextToken is invalid.'),
    },
    context,
  );
  return { logGroups: page.items.map((e) => view(e.data, context.now)), nextToken: page.nextToken };
}

function createLogGroup(input: CreateLogGroupRequest, context: RequestContext): void {
  const store = context.store(logsStore);
  const name = input.logGroupName ?? '';
  if (!/^[\w./#-]{1,512}$/.test(name))
    throw invalid(`Value '${name}' at 'logGroupName' failed to satisfy constraint`);
  if (store.groups.get(name))
    throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
  addLogGroup(store, {
    name,
    tags: input.tags ?? {},
    logClass: input.logGroupClass === 'INFREQUENT_ACCESS' ? 'INFREQUENT_ACCESS' : 'STANDARD',
  });
}

function deleteLogGroup(input: DeleteLogGroupRequest, context: RequestContext): void {
  context.store(logsStore).groups.delete(need(context, input.logGroupName).id);
}

function putRetentionPolicy(input: PutRetentionPolicyRequest, context: RequestContext): void {
  const { data } = need(context, input.logGroupName);
  if (!RETENTIONS.has(input.retentionInDays ?? 0))
    throw invalid(
      `Value '${input.retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${[...RETENTIONS].join(', ')}]`,
    );
  data.retentionDays = input.retentionInDays;
}

function deleteRetentionPolicy(input: DeleteRetentionPolicyRequest, context: RequestContext): void {
  need(context, input.logGroupName).data.retentionDays = undefined;
}

/** The group an ARN names, with or without the trailing `:*`. */
function byArn(context: RequestContext, arn: string | undefined): LogGroupRecord {
  const name = /:log-group:([^:]+)(:\*)?$/.exec(arn ?? '')?.[1];
  return need(context, name).data;
}

function listTagsForResource(
  input: ListTagsForResourceRequest,
  context: RequestContext,
): Output<ListTagsForResourceResponse> {
  return { tags: Object.fromEntries(byArn(context, input.resourceArn).tags) };
}

function tagResource(input: TagResourceRequest, context: RequestContext): void {
  const { tags } = byArn(context, input.resourceArn);
  for (const [key, value] of Object.entries(input.tags ?? {})) tags.set(key, value);
}

function untagResource(input: UntagResourceRequest, context: RequestContext): void {
  const { tags } = byArn(context, input.resourceArn);
  for (const key of input.tagKeys ?? []) tags.delete(key);
}

function resources(
  _operation: string,
  input: Readonly<Record<string, unknown>>,
  context: RequestContext,
): ResourceRef[] {
  const name = input['logGroupName'];
  if (typeof name !== 'string') return [];
  return [{ arn: `arn:aws:logs:${context.region}:${context.account.id}:log-group:${name}` }];
}

/** Amazon CloudWatch Logs: groups, retention and tags. */
export const logs: ServiceDefinition = {
  iamPrefix: 'logs',
  resources,
  handlers: {
    DescribeLogGroups: describeLogGroups,
    CreateLogGroup: createLogGroup,
    DeleteLogGroup: deleteLogGroup,
    PutRetentionPolicy: putRetentionPolicy,
    DeleteRetentionPolicy: deleteRetentionPolicy,
    ListTagsForResource: listTagsForResource,
    TagResource: tagResource,
    UntagResource: untagResource,
  },
};

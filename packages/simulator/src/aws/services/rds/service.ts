import type {
  AddTagsToResourceMessage,
  DBCluster,
  DBClusterMessage,
  DBInstance,
  DBInstanceMessage,
  DescribeDBClustersMessage,
  DescribeDBInstancesMessage,
  ListTagsForResourceMessage,
  ModifyDBClusterMessage,
  ModifyDBClusterResult,
  RemoveTagsFromResourceMessage,
  StartDBClusterMessage,
  StartDBClusterResult,
  StopDBClusterMessage,
  StopDBClusterResult,
  TagListMessage,
} from '@aws-sdk/client-rds';
import type { Output, RequestContext, ResourceRef, ServiceDefinition } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import {
  describeDBEngineVersions,
  describeDBParameterGroups,
  describeDBSubnetGroups,
  describeOrderableDBInstanceOptions,
  describeReservedDBInstances,
} from './catalogue.ts';
import { createDBInstance, modifyDBInstance } from './changes.ts';
import {
  deleteDBInstance,
  rebootDBInstance,
  startDBInstance,
  stopDBInstance,
  stopInstance,
  view,
} from './lifecycle.ts';
import { filterBy, needInstance, normalise, pageOf } from './lookup.ts';
import {
  createDBSnapshot,
  deleteDBSnapshot,
  describeDBSnapshots,
  restoreDBInstanceFromDBSnapshot,
} from './snapshots.ts';
import { rdsStore, tagList, type ClusterRecord } from './store.ts';

function describeDBInstances(
  input: DescribeDBInstancesMessage,
  context: RequestContext,
): Output<DBInstanceMessage> {
  const store = context.store(rdsStore);
  if (input.DBInstanceIdentifier) {
    return { DBInstances: [view(needInstance(context, input.DBInstanceIdentifier).data.instance)] };
  }
  const test = filterBy<DBInstance>(input.Filters, {
    'db-instance-id': (i) => i.DBInstanceIdentifier,
    'db-cluster-id': (i) => i.DBClusterIdentifier,
    'dbi-resource-id': (i) => i.DbiResourceId,
    engine: (i) => i.Engine,
  });
  const matching = store.instances
    .list()
    .filter((e) => test(e.data.instance) && context.isVisible(e.createdAt));
  const page = pageOf(matching, input, (e) => e.id, context);
  return { DBInstances: page.items.map((e) => view(e.data.instance)), Marker: page.Marker };
}

function describeDBClusters(
  input: DescribeDBClustersMessage,
  context: RequestContext,
): Output<DBClusterMessage> {
  const store = context.store(rdsStore);
  const wanted =
    input.DBClusterIdentifier === undefined
      ? undefined
      : normalise(input.DBClusterIdentifier.split(':').pop());
  if (wanted !== undefined && !store.clusters.get(wanted))
    throw new AwsError('DBClusterNotFoundFault', `DBCluster ${wanted} not found.`);
  const test = filterBy<DBCluster>(input.Filters, {
    'db-cluster-id': (c) => c.DBClusterIdentifier,
    engine: (c) => c.Engine,
  });
  const matching = store.clusters
    .list()
    .filter((e) => (wanted === undefined || e.id === wanted) && test(e.data.cluster));
  const page = pageOf(matching, input, (e) => e.id, context);
  return { DBClusters: page.items.map((e) => ({ ...e.data.cluster })), Marker: page.Marker };
}

function needCluster(
  context: RequestContext,
  identifier: string | undefined,
): { record: ClusterRecord; set: (status: string) => void } {
  const store = context.store(rdsStore);
  const entity = store.clusters.get(normalise(identifier));
  if (!entity) throw new AwsError('DBClusterNotFoundFault', `DBCluster ${identifier ?? ''} not found.`);
  const { cluster } = entity.data;
  const set = (status: string): void => {
    store.clusters.schedule(entity, store.world.after(300), () => {
      cluster.Status = status;
    });
  };
  return { record: entity.data, set };
}

function requireCluster(record: ClusterRecord, status: string): void {
  if (record.cluster.Status === status) return;
  throw new AwsError(
    'InvalidDBClusterStateFault',
    `DbCluster ${record.cluster.DBClusterIdentifier} is in ${record.cluster.Status} state but expected it to be one of ${status}.`,
  );
}

/** Stops a cluster with all its instances. */
function stopDBCluster(input: StopDBClusterMessage, context: RequestContext): StopDBClusterResult {
  const { record, set } = needCluster(context, input.DBClusterIdentifier);
  requireCluster(record, 'available');
  record.cluster.Status = 'stopping';
  set('stopped');
  const store = context.store(rdsStore);
  for (const entity of store.instances.list()) {
    if (entity.data.instance.DBClusterIdentifier === record.cluster.DBClusterIdentifier)
      stopInstance(store, entity);
  }
  return { DBCluster: { ...record.cluster } };
}

function startDBCluster(input: StartDBClusterMessage, context: RequestContext): StartDBClusterResult {
  const { record, set } = needCluster(context, input.DBClusterIdentifier);
  requireCluster(record, 'stopped');
  record.cluster.Status = 'starting';
  set('available');
  const { instances } = context.store(rdsStore);
  for (const entity of instances.list()) {
    const { instance } = entity.data;
    if (
      instance.DBClusterIdentifier === record.cluster.DBClusterIdentifier &&
      instance.DBInstanceStatus === 'stopped'
    ) {
      startDBInstance({ DBInstanceIdentifier: entity.id }, context);
    }
  }
  return { DBCluster: { ...record.cluster } };
}

/** Changes the storage type of a cluster, which takes effect at once. */
function modifyDBCluster(input: ModifyDBClusterMessage, context: RequestContext): ModifyDBClusterResult {
  const { record } = needCluster(context, input.DBClusterIdentifier);
  requireCluster(record, 'available');
  if (input.StorageType !== undefined) {
    if (!record.cluster.Engine?.startsWith('aurora') || !/^aurora(-iopt1)?$/.test(input.StorageType))
      throw new AwsError('InvalidParameterCombination', `Invalid storage type ${input.StorageType}`);
    record.cluster.StorageType = input.StorageType;
    record.storage?.history.push({ at: context.now, type: input.StorageType });
  }
  return { DBCluster: { ...record.cluster } };
}

/** The tags of a resource by ARN, with a way to write them back into its SDK shape. */
function taggedBy(
  context: RequestContext,
  arn: string | undefined,
): { tags: Map<string, string>; changed: () => void } {
  const parts = (arn ?? '').split(':');
  if (parts.length < 7 || parts[2] !== 'rds' || parts[4] !== context.account.id) {
    throw new AwsError(
      'InvalidParameterValue',
      `The specified resource name does not match an RDS resource in this region: ${arn ?? ''}`,
    );
  }
  const store = context.store(rdsStore);
  const name = normalise(parts.slice(6).join(':'));
  if (parts[5] === 'db') {
    const { data } = needInstance(context, name);
    return { tags: data.tags, changed: () => void (data.instance.TagList = tagList(data.tags)) };
  }
  if (parts[5] === 'snapshot') {
    const data = store.snapshots.get(name)?.data;
    if (!data) throw new AwsError('DBSnapshotNotFoundFault', `DBSnapshot ${name} not found.`);
    return { tags: data.tags, changed: () => void (data.snapshot.TagList = tagList(data.tags)) };
  }
  const data = store.clusters.get(name)?.data;
  if (!data) throw new AwsError('DBClusterNotFoundFault', `DBCluster ${name} not found.`);
  return { tags: data.tags, changed: () => void (data.cluster.TagList = tagList(data.tags)) };
}

function addTagsToResource(input: AddTagsToResourceMessage, context: RequestContext): void {
  const { tags, changed } = taggedBy(context, input.ResourceName);
  for (const { Key: key = '', Value: value = '' } of input.Tags ?? []) {
    if (key === '' || key.length > 128 || key.toLowerCase().startsWith('aws:'))
      throw new AwsError('InvalidParameterValue', `Invalid tag key ${key}`);
    if (value.length > 256)
      throw new AwsError('InvalidParameterValue', 'Tag values have at most 256 characters');
  }
  const keys = new Set([...tags.keys(), ...(input.Tags ?? []).map((t) => t.Key ?? '')]);
  if (keys.size > 50)
    throw new AwsError('InvalidParameterValue', 'Tag quota exceeded: a resource has at most 50 tags');
  for (const { Key: key = '', Value: value = '' } of input.Tags ?? []) tags.set(key, value);
  changed();
}

function removeTagsFromResource(input: RemoveTagsFromResourceMessage, context: RequestContext): void {
  const { tags, changed } = taggedBy(context, input.ResourceName);
  for (const key of input.TagKeys ?? []) tags.delete(key);
  changed();
}

function listTagsForResource(
  input: ListTagsForResourceMessage,
  context: RequestContext,
): Output<TagListMessage> {
  return { TagList: tagList(taggedBy(context, input.ResourceName).tags) };
}

function resources(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  context: RequestContext,
): ResourceRef[] {
  const store = context.store(rdsStore);
  const refs: ResourceRef[] = [];
  const arn = input['ResourceName'];
  if (typeof arn === 'string') refs.push({ arn });
  const identifier = input['DBInstanceIdentifier'];
  if (typeof identifier === 'string' && !operation.startsWith('Describe')) {
    const tags = store.instances.get(normalise(identifier))?.data.tags ?? new Map<string, string>();
    const keys = Object.fromEntries(
      [...tags].map(([key, value]) => [`aws:resourcetag/${key.toLowerCase()}`, value]),
    );
    refs.push({ arn: store.arn('db', normalise(identifier)), keys });
  }
  return refs;
}

/** Amazon Relational Database Service. */
export const rds: ServiceDefinition = {
  iamPrefix: 'rds',
  resources,
  handlers: {
    DescribeDBInstances: describeDBInstances,
    DescribeDBClusters: describeDBClusters,
    DescribeDBSnapshots: describeDBSnapshots,
    DescribeDBEngineVersions: describeDBEngineVersions,
    DescribeOrderableDBInstanceOptions: describeOrderableDBInstanceOptions,
    DescribeDBSubnetGroups: describeDBSubnetGroups,
    DescribeDBParameterGroups: describeDBParameterGroups,
    DescribeReservedDBInstances: describeReservedDBInstances,
    CreateDBInstance: createDBInstance,
    ModifyDBInstance: modifyDBInstance,
    DeleteDBInstance: deleteDBInstance,
    StartDBInstance: startDBInstance,
    StopDBInstance: stopDBInstance,
    RebootDBInstance: rebootDBInstance,
    ModifyDBCluster: modifyDBCluster,
    StartDBCluster: startDBCluster,
    StopDBCluster: stopDBCluster,
    CreateDBSnapshot: createDBSnapshot,
    DeleteDBSnapshot: deleteDBSnapshot,
    RestoreDBInstanceFromDBSnapshot: restoreDBInstanceFromDBSnapshot,
    AddTagsToResource: addTagsToResource,
    RemoveTagsFromResource: removeTagsFromResource,
    ListTagsForResource: listTagsForResource,
  },
};

import type {
  CreateDBSnapshotMessage,
  CreateDBSnapshotResult,
  DBSnapshot,
  DBSnapshotMessage,
  DeleteDBSnapshotMessage,
  DeleteDBSnapshotResult,
  DescribeDBSnapshotsMessage,
  RestoreDBInstanceFromDBSnapshotMessage,
  RestoreDBInstanceFromDBSnapshotResult,
  Tag,
} from '@aws-sdk/client-rds';
import type { Output, RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { addDatabase } from './build.ts';
import { checkIdentifier, filterBy, needInstance, normalise, pageOf } from './lookup.ts';
import { rdsStore, tagList, type DatabaseEntity, type RdsStore } from './store.ts';

const SNAPSHOT_SECONDS = 180;
const RESTORE_SECONDS = 600;

/** Part of the allocated storage that holds data: what a snapshot is charged for. */
const FILLED = 0.6;

/** Begins a snapshot of an instance; it is `creating` until done. */
export function takeSnapshot(
  store: RdsStore,
  entity: DatabaseEntity,
  identifier: string,
  type: 'manual' | 'automated',
  options: { readonly createdAt?: number; readonly tags?: readonly Tag[] } = {},
): DBSnapshot {
  const name = type === 'manual' ? checkIdentifier(identifier, 'DBSnapshotIdentifier', 255) : identifier;
  if (store.snapshots.get(name)) {
    throw new AwsError(
      'DBSnapshotAlreadyExistsFault',
      `Cannot create the snapshot because a snapshot with the identifier ${name} already exists.`,
    );
  }
  const { instance } = entity.data;
  const at = options.createdAt ?? store.world.clock.now();
  const done = at + SNAPSHOT_SECONDS * 1000 * store.world.transitionScale;
  const tags = new Map((options.tags ?? []).map((t) => [t.Key ?? '', t.Value ?? '']));
  const snapshot: DBSnapshot = {
    DBSnapshotIdentifier: name,
    DBSnapshotArn: store.arn('snapshot', name),
    DBInstanceIdentifier: entity.id,
    DbiResourceId: instance.DbiResourceId,
    SnapshotType: type,
    Status: 'creating',
    PercentProgress: 0,
    Engine: instance.Engine,
    EngineVersion: instance.EngineVersion,
    AllocatedStorage: instance.AllocatedStorage,
    StorageType: instance.StorageType,
    Iops: instance.Iops,
    Port: instance.Endpoint?.Port,
    AvailabilityZone: instance.AvailabilityZone,
    VpcId: instance.DBSubnetGroup?.VpcId,
    InstanceCreateTime: instance.InstanceCreateTime,
    MasterUsername: instance.MasterUsername,
    LicenseModel: instance.LicenseModel,
    OptionGroupName: undefined,
    Encrypted: instance.StorageEncrypted === true,
    SnapshotTarget: 'region',
    TagList: tagList(tags),
    ProcessorFeatures: [],
    IAMDatabaseAuthenticationEnabled: false,
  };
  const record = { snapshot, tags, history: [{ at, sizeGb: (instance.AllocatedStorage ?? 0) * FILLED }] };
  const added = store.snapshots.add(name, record, at);
  store.snapshots.schedule(added, done, () => {
    snapshot.Status = 'available';
    snapshot.PercentProgress = 100;
    snapshot.SnapshotCreateTime = new Date(done);
    snapshot.OriginalSnapshotCreateTime = new Date(done);
  });
  return snapshot;
}

export function createDBSnapshot(
  input: CreateDBSnapshotMessage,
  context: RequestContext,
): CreateDBSnapshotResult {
  const store = context.store(rdsStore);
  const entity = needInstance(context, input.DBInstanceIdentifier);
  const status = entity.data.instance.DBInstanceStatus;
  if (status !== 'available' && status !== 'stopped') {
    throw new AwsError(
      'InvalidDBInstanceStateFault',
      `Cannot create a snapshot because the database instance ${entity.id} is not currently in the available state.`,
    );
  }
  return {
    DBSnapshot: {
      ...takeSnapshot(store, entity, input.DBSnapshotIdentifier ?? '', 'manual', { tags: input.Tags ?? [] }),
    },
  };
}

/** What an instance is made of when it comes back: class and the rest are the caller's, data the snapshot's. */
export function restoreDBInstanceFromDBSnapshot(
  input: RestoreDBInstanceFromDBSnapshotMessage,
  context: RequestContext,
): RestoreDBInstanceFromDBSnapshotResult {
  const store = context.store(rdsStore);
  const identifier = checkIdentifier(input.DBInstanceIdentifier, 'DBInstanceIdentifier');
  const name = normalise(input.DBSnapshotIdentifier);
  const snapshot = store.snapshots.get(name)?.data.snapshot;
  if (!snapshot) throw new AwsError('DBSnapshotNotFoundFault', `DBSnapshot ${name} not found.`);
  if (snapshot.Status !== 'available')
    throw new AwsError('InvalidDBSnapshotStateFault', `The snapshot ${name} is ${snapshot.Status}.`);
  if (store.instances.get(identifier))
    throw new AwsError('DBInstanceAlreadyExistsFault', 'DB instance already exists');
  const entity = addDatabase(store, {
    identifier,
    className: input.DBInstanceClass ?? 'db.t3.micro',
    engine: snapshot.Engine ?? '',
    engineVersion: snapshot.EngineVersion ?? '',
    storageGb: snapshot.AllocatedStorage ?? 20,
    storageType: input.StorageType ?? snapshot.StorageType ?? 'gp2',
    iops: input.Iops ?? snapshot.Iops,
    multiAz: input.MultiAZ === true,
    username: snapshot.MasterUsername ?? 'admin',
    encrypted: snapshot.Encrypted === true,
    publiclyAccessible: input.PubliclyAccessible === true,
    deletionProtection: input.DeletionProtection === true,
    zone: input.AvailabilityZone ?? snapshot.AvailabilityZone,
    subnetGroup: input.DBSubnetGroupName,
    vpcId: snapshot.VpcId,
    securityGroupIds: input.VpcSecurityGroupIds ?? [],
    parameterGroup: input.DBParameterGroupName,
    tags: Object.fromEntries((input.Tags ?? []).map((t) => [t.Key ?? '', t.Value ?? ''])),
  });
  const { instance } = entity.data;
  instance.DBInstanceStatus = 'creating';
  store.instances.schedule(entity, store.world.after(RESTORE_SECONDS), () => {
    instance.DBInstanceStatus = 'available';
  });
  return { DBInstance: { ...instance } };
}

export function describeDBSnapshots(
  input: DescribeDBSnapshotsMessage,
  context: RequestContext,
): Output<DBSnapshotMessage> {
  const store = context.store(rdsStore);
  const test = filterBy<DBSnapshot>(input.Filters, {
    'db-instance-id': (s) => s.DBInstanceIdentifier,
    'db-snapshot-id': (s) => s.DBSnapshotIdentifier,
    'dbi-resource-id': (s) => s.DbiResourceId,
    'snapshot-type': (s) => s.SnapshotType,
    engine: (s) => s.Engine,
  });
  const wanted =
    input.DBSnapshotIdentifier === undefined
      ? undefined
      : normalise(input.DBSnapshotIdentifier.split(':snapshot:').pop());
  if (wanted !== undefined && !store.snapshots.get(wanted)) {
    throw new AwsError('DBSnapshotNotFoundFault', `DBSnapshot ${wanted} not found.`);
  }
  const instanceId =
    input.DBInstanceIdentifier === undefined ? undefined : normalise(input.DBInstanceIdentifier);
  const matching = store.snapshots.list().filter(({ id, data: { snapshot } }) => {
    if (wanted !== undefined && id !== wanted) return false;
    if (instanceId !== undefined && snapshot.DBInstanceIdentifier !== instanceId) return false;
    return (
      (input.SnapshotType === undefined || snapshot.SnapshotType === input.SnapshotType) && test(snapshot)
    );
  });
  const page = pageOf(matching, input, (e) => e.id, context);
  return { DBSnapshots: page.items.map((e) => e.data.snapshot), Marker: page.Marker };
}

export function deleteDBSnapshot(
  input: DeleteDBSnapshotMessage,
  context: RequestContext,
): DeleteDBSnapshotResult {
  const store = context.store(rdsStore);
  const name = normalise(input.DBSnapshotIdentifier);
  const entity = store.snapshots.get(name);
  if (!entity) throw new AwsError('DBSnapshotNotFoundFault', `DBSnapshot ${name} not found.`);
  const { snapshot } = entity.data;
  if (snapshot.Status !== 'available' || snapshot.SnapshotType === 'automated') {
    throw new AwsError(
      'InvalidDBSnapshotStateFault',
      `Cannot delete the snapshot ${name} because it is ${snapshot.SnapshotType === 'automated' ? 'automated' : 'not currently in the available state'}.`,
    );
  }
  store.snapshots.delete(name);
  entity.data.history.push({ at: context.now, sizeGb: 0 });
  return { DBSnapshot: { ...snapshot, Status: 'deleted' } };
}

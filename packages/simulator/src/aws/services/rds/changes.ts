import type {
  CreateDBInstanceMessage,
  CreateDBInstanceResult,
  DBInstance,
  ModifyDBInstanceMessage,
  ModifyDBInstanceResult,
  PendingModifiedValues,
} from '@aws-sdk/client-rds';
import type { RequestContext } from '../../context.ts';
import { ec2Store } from '../ec2/store.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { databaseClasses } from '../pricing/managed-products.ts';
import { describeDBSubnetGroups } from './catalogue.ts';
import { addDatabase } from './build.ts';
import { findEngine, isCluster, resolveVersion } from './engines.ts';
import { DURATION, requireState, view } from './lifecycle.ts';
import { checkIdentifier, needInstance } from './lookup.ts';
import { periodOf, rdsStore, type DatabaseEntity, type RdsStore } from './store.ts';

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValue', message);
const CLASSES = new Set(databaseClasses());

function checkClass(className: string | undefined): string {
  if (!className)
    throw new AwsError('MissingParameter', 'The request must contain the parameter DBInstanceClass');
  if (!/^db\.[a-z0-9]+\.[a-z0-9]+$/.test(className)) throw invalid(`Invalid DB Instance class: ${className}`);
  if (!CLASSES.has(className)) {
    throw new AwsError(
      'InvalidParameterCombination',
      `RDS does not support creating a DB instance with the following combination: DBInstanceClass=${className}. For supported combinations of instance class and database engine version, see the documentation.`,
    );
  }
  return className;
}

function checkPassword(password: string | undefined): void {
  if (password === undefined)
    throw new AwsError(
      'InvalidParameterCombination',
      'The parameter MasterUserPassword must be provided and must not be blank.',
    );
  if (
    password.length < 8 ||
    password.length > 128 ||
    !/^[\x21-\x7e]*$/.test(password) ||
    /[/"@]/.test(password)
  ) {
    throw invalid(
      "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.",
    );
  }
}

function checkStorage(engine: string, type: string, gb: number | undefined, iops: number | undefined): void {
  const minimum = type.startsWith('io') ? 100 : (findEngine(engine)?.minimumGb ?? 20);
  if (gb === undefined)
    throw new AwsError('InvalidParameterCombination', 'The parameter AllocatedStorage must be provided.');
  if (!Number.isInteger(gb) || gb < minimum || gb > 65_536)
    throw invalid(`Invalid storage size for engine name ${engine} and storage type ${type}: ${gb}`);
  if (type.startsWith('io') && iops === undefined)
    throw new AwsError('InvalidParameterCombination', 'You must specify Iops with this storage type.');
  if (type === 'gp2' && iops !== undefined)
    throw new AwsError('InvalidParameterCombination', "You can't specify Iops for the storage type gp2.");
}

/** The VPC the instance will live in: that of its groups, else the default one. */
function vpcOf(
  context: RequestContext,
  groups: readonly string[],
): { vpcId: string | undefined; groups: string[] } {
  const ec2 = context.account.store(ec2Store, context.region);
  for (const id of groups) {
    const group = ec2.securityGroups.get(id);
    if (!group)
      throw new AwsError('InvalidParameterValue', `Invalid security group , groupId= ${id}, groupName=.`);
  }
  const given = groups[0] === undefined ? undefined : ec2.securityGroups.get(groups[0])?.data.VpcId;
  const vpcId = given ?? ec2.vpcs.list().find((v) => v.data.IsDefault)?.id;
  const fallback = ec2.securityGroups
    .list()
    .find((g) => g.data.VpcId === vpcId && g.data.GroupName === 'default')?.id;
  return { vpcId, groups: groups.length > 0 ? [...groups] : fallback === undefined ? [] : [fallback] };
}

/** Names the engines keep to themselves (Amazon RDS User Guide, "Limitations for DB instances" of each engine). */
const RESERVED_NAMES: Readonly<Record<string, ReadonlySet<string>>> = {
  postgres: new Set([
    'admin',
    'postgres_admin',
    'rdsadmin',
    'rds_superuser',
    'rds_replication',
    'user',
    'public',
  ]),
  mysql: new Set(['rdsadmin']),
  mariadb: new Set(['rdsadmin']),
};

/** Creates an instance: `creating` → `backing-up` → `available`; the endpoint appears when it is up. */
export function createDBInstance(
  input: CreateDBInstanceMessage,
  context: RequestContext,
): CreateDBInstanceResult {
  const store = context.store(rdsStore);
  const identifier = checkIdentifier(input.DBInstanceIdentifier, 'DBInstanceIdentifier');
  const className = checkClass(input.DBInstanceClass);
  const info = findEngine(input.Engine ?? '');
  if (!info) throw invalid('Invalid DB engine');
  const version = resolveVersion(info, input.EngineVersion);
  if (!version)
    throw new AwsError(
      'InvalidParameterCombination',
      `Cannot find version ${input.EngineVersion} for ${info.engine}`,
    );
  const type = input.StorageType ?? (input.Iops === undefined ? 'gp2' : 'io1');
  if (isCluster(info.engine)) {
    const cluster = store.clusters.get(input.DBClusterIdentifier ?? '');
    if (!cluster)
      throw new AwsError(
        'DBClusterNotFoundFault',
        `The source cluster could not be found or cannot be accessed: ${input.DBClusterIdentifier ?? ''}`,
      );
  } else {
    checkStorage(info.engine, type, input.AllocatedStorage, input.Iops);
    if (!input.MasterUsername)
      throw invalid('The parameter MasterUsername must be provided and must not be blank.');
    if (RESERVED_NAMES[info.engine]?.has(input.MasterUsername.toLowerCase()))
      throw invalid(
        `MasterUsername ${input.MasterUsername} cannot be used as it is a reserved word used by the engine`,
      );
    if (input.ManageMasterUserPassword !== true) checkPassword(input.MasterUserPassword);
  }
  const days = input.BackupRetentionPeriod ?? 1;
  if (days < 0 || days > 35)
    throw invalid(`Invalid backup retention period: ${days}. Must be between 0 and 35.`);
  if (store.instances.get(identifier))
    throw new AwsError('DBInstanceAlreadyExistsFault', 'DB instance already exists');
  if (input.DBSubnetGroupName !== undefined)
    describeDBSubnetGroups({ DBSubnetGroupName: input.DBSubnetGroupName }, context);
  const network = vpcOf(context, input.VpcSecurityGroupIds ?? []);
  const entity = addDatabase(store, {
    identifier,
    className,
    engine: info.engine,
    engineVersion: version,
    storageGb: input.AllocatedStorage ?? 1,
    storageType: type,
    iops: input.Iops,
    multiAz: input.MultiAZ === true,
    databaseName: input.DBName,
    backupDays: days,
    ...(input.MasterUsername === undefined ? {} : { username: input.MasterUsername }),
    publiclyAccessible: input.PubliclyAccessible === true,
    encrypted: input.StorageEncrypted === true,
    deletionProtection: input.DeletionProtection === true,
    zone: input.AvailabilityZone,
    subnetGroup: input.DBSubnetGroupName,
    vpcId: network.vpcId,
    securityGroupIds: network.groups,
    clusterId: input.DBClusterIdentifier,
    parameterGroup: input.DBParameterGroupName,
    tags: Object.fromEntries((input.Tags ?? []).map((t) => [t.Key ?? '', t.Value ?? ''])),
  });
  const { instance, history } = entity.data;
  const endpoint = instance.Endpoint;
  instance.DBInstanceStatus = 'creating';
  instance.Endpoint = undefined;
  instance.InstanceCreateTime = undefined;
  instance.AvailabilityZone = input.AvailabilityZone;
  const zone = endpoint && (input.AvailabilityZone ?? `${context.region}a`);
  instance.PendingModifiedValues =
    input.MasterUserPassword === undefined ? {} : { MasterUserPassword: '****' };
  const up = store.world.after(DURATION.create * 0.7);
  // Charges begin when the instance is up.
  history.length = 0;
  store.instances.schedule(entity, up, () => {
    Object.assign(instance, {
      DBInstanceStatus: days > 0 ? 'backing-up' : 'available',
      Endpoint: endpoint,
      InstanceCreateTime: new Date(up),
      AvailabilityZone: zone,
      PendingModifiedValues: {},
    });
    history.push(periodOf(instance, 'running', up));
  });
  store.instances.schedule(entity, store.world.after(DURATION.create), () => {
    instance.DBInstanceStatus = 'available';
  });
  return { DBInstance: view(instance) };
}

type Change = Pick<
  PendingModifiedValues,
  | 'DBInstanceClass'
  | 'AllocatedStorage'
  | 'StorageType'
  | 'Iops'
  | 'StorageThroughput'
  | 'MultiAZ'
  | 'EngineVersion'
  | 'BackupRetentionPeriod'
  | 'MasterUserPassword'
>;

/** Start of the next weekly maintenance window `sun:06:14-…` after `now`. */
export function nextWindow(window: string, now: number): number {
  const [, day = 'sun', hour = '06', minute = '00'] = /^(\w{3}):(\d\d):(\d\d)/.exec(window) ?? [];
  const weekday = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].indexOf(day);
  const start = new Date(now);
  start.setUTCHours(Number(hour), Number(minute), 0, 0);
  start.setUTCDate(start.getUTCDate() + ((weekday - start.getUTCDay() + 7) % 7));
  return start.getTime() > now ? start.getTime() : start.getTime() + 7 * 86_400_000;
}

function applyChange(store: RdsStore, entity: DatabaseEntity, change: Change, at: number): void {
  const { instance } = entity.data;
  const { MasterUserPassword: _password, ...attributes } = change;
  Object.assign(instance, attributes);
  instance.PendingModifiedValues = {};
  store.note(entity.data, instance.DBInstanceStatus === 'stopped' ? 'stopped' : 'running', at);
}

function checkChange(instance: DBInstance, input: ModifyDBInstanceMessage): Change {
  const change: Change = {};
  if (input.DBInstanceClass !== undefined && input.DBInstanceClass !== instance.DBInstanceClass)
    change.DBInstanceClass = checkClass(input.DBInstanceClass);
  if (input.AllocatedStorage !== undefined && input.AllocatedStorage !== instance.AllocatedStorage) {
    if (input.AllocatedStorage < (instance.AllocatedStorage ?? 0))
      throw new AwsError(
        'InvalidParameterCombination',
        'Requested storage cannot be smaller than the current storage: storage size can only grow.',
      );
    change.AllocatedStorage = input.AllocatedStorage;
  }
  if (input.StorageType !== undefined && input.StorageType !== instance.StorageType)
    change.StorageType = input.StorageType;
  if (input.Iops !== undefined && input.Iops !== instance.Iops) change.Iops = input.Iops;
  if (input.StorageThroughput !== undefined && input.StorageThroughput !== instance.StorageThroughput)
    change.StorageThroughput = input.StorageThroughput;
  if (input.MultiAZ !== undefined && input.MultiAZ !== instance.MultiAZ) change.MultiAZ = input.MultiAZ;
  if (
    input.BackupRetentionPeriod !== undefined &&
    input.BackupRetentionPeriod !== instance.BackupRetentionPeriod
  )
    change.BackupRetentionPeriod = input.BackupRetentionPeriod;
  if (input.EngineVersion !== undefined && input.EngineVersion !== instance.EngineVersion) {
    const info = findEngine(instance.Engine ?? '');
    const version = info && resolveVersion(info, input.EngineVersion);
    if (!info || !version)
      throw new AwsError(
        'InvalidParameterCombination',
        `Cannot upgrade ${instance.Engine} from ${instance.EngineVersion} to ${input.EngineVersion}`,
      );
    if (info.versions.indexOf(version) < info.versions.indexOf(instance.EngineVersion ?? ''))
      throw new AwsError('InvalidParameterCombination', 'Downgrades are not supported.');
    change.EngineVersion = version;
  }
  if (input.MasterUserPassword !== undefined) {
    checkPassword(input.MasterUserPassword);
    change.MasterUserPassword = '****';
  }
  return change;
}

/**
 * Modifies an instance. The answer still says `available` and lists the change as pending; with
 * ApplyImmediately the status turns `modifying` soon, else the change waits for the maintenance window.
 */
export function modifyDBInstance(
  input: ModifyDBInstanceMessage,
  context: RequestContext,
): ModifyDBInstanceResult {
  const store = context.store(rdsStore);
  const entity = needInstance(context, input.DBInstanceIdentifier);
  const { instance } = entity.data;
  requireState(entity, ['available', 'stopped', 'storage-optimization']);
  const change = checkChange(instance, input);
  if (
    instance.DBInstanceStatus === 'stopped' &&
    (change.DBInstanceClass ?? change.AllocatedStorage) === undefined &&
    Object.keys(change).length > 0
  ) {
    throw new AwsError(
      'InvalidDBInstanceStateFault',
      `Instance ${entity.id} is not in available state. Current state is stopped.`,
    );
  }
  // These take effect at once, without an outage.
  if (input.DeletionProtection !== undefined) instance.DeletionProtection = input.DeletionProtection;
  if (input.PubliclyAccessible !== undefined) instance.PubliclyAccessible = input.PubliclyAccessible;
  if (input.CopyTagsToSnapshot !== undefined) instance.CopyTagsToSnapshot = input.CopyTagsToSnapshot;
  if (input.PreferredMaintenanceWindow !== undefined)
    instance.PreferredMaintenanceWindow = input.PreferredMaintenanceWindow;
  if (input.PreferredBackupWindow !== undefined) instance.PreferredBackupWindow = input.PreferredBackupWindow;
  if (Object.keys(change).length === 0) return { DBInstance: view(instance) };
  instance.PendingModifiedValues = { ...instance.PendingModifiedValues, ...change };
  const scale = store.world.transitionScale;
  const begin =
    input.ApplyImmediately === true
      ? context.now + 30_000 * scale
      : nextWindow(instance.PreferredMaintenanceWindow ?? '', context.now);
  const resting = instance.DBInstanceStatus;
  const end = begin + DURATION.modify * 1000 * scale;
  store.instances.schedule(entity, begin, () => {
    // An earlier change takes along everything that is pending, as RDS does.
    const pending = { ...instance.PendingModifiedValues };
    if (Object.keys(pending).length === 0 || instance.DBInstanceStatus !== resting) return;
    instance.DBInstanceStatus = 'modifying';
    store.instances.schedule(entity, end, () => {
      instance.DBInstanceStatus = resting;
      applyChange(store, entity, pending, end);
    });
  });
  return { DBInstance: view(instance) };
}

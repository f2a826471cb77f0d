import type { DBInstance } from '@aws-sdk/client-rds';
import { SeededRandom } from '../../../random.ts';
import { findRegion } from '../../regions.ts';
import { isCluster, portOf } from './engines.ts';
import { periodOf, tagList, type DatabaseEntity, type DatabaseRecord, type RdsStore } from './store.ts';

/** What a new instance needs; the rest follows as AWS fills it in. */
export interface DatabaseSpec {
  readonly identifier: string;
  readonly className: string;
  readonly engine: string;
  readonly engineVersion: string;
  readonly storageGb: number;
  readonly storageType?: string;
  readonly iops?: number | undefined;
  readonly multiAz?: boolean;
  readonly databaseName?: string | undefined;
  readonly username?: string;
  readonly backupDays?: number;
  readonly publiclyAccessible?: boolean;
  readonly encrypted?: boolean;
  readonly deletionProtection?: boolean;
  readonly zone?: string | undefined;
  readonly subnetGroup?: string | undefined;
  readonly vpcId?: string | undefined;
  readonly securityGroupIds?: readonly string[];
  readonly clusterId?: string | undefined;
  readonly parameterGroup?: string | undefined;
  readonly tags?: Readonly<Record<string, string>>;
  /** Simulated time of creation; default now. */
  readonly createdAt?: number;
}

/** The endpoint of an instance, as RDS forms it. */
export function endpointOf(
  store: RdsStore,
  identifier: string,
  engine: string,
): { Address: string; Port: number; HostedZoneId: string } {
  const random = SeededRandom.of(store.world.seed, 'rds-host', store.accountId, store.region);
  const host = `c${random.hex(11)}`;
  return {
    Address: `${identifier}.${host}.${store.region}.rds.amazonaws.com`,
    Port: portOf(engine),
    HostedZoneId: 'Z2R2ITUGPM61AM',
  };
}

function zoneOf(store: RdsStore, random: SeededRandom): string {
  return `${store.region}${random.pick([...(findRegion(store.region)?.zones ?? 'abc')])}`;
}

/** Adds an instance in status `available`, with its endpoint; callers change the status for a creation under way. */
export function addDatabase(store: RdsStore, spec: DatabaseSpec): DatabaseEntity {
  const at = spec.createdAt ?? store.world.clock.now();
  const random = SeededRandom.of(store.world.seed, 'rds', store.accountId, store.region, spec.identifier);
  const tags = new Map(Object.entries(spec.tags ?? {}));
  const [family = ''] = spec.engineVersion.split('.');
  const group =
    spec.parameterGroup ??
    `default.${spec.engine}${spec.engine === 'postgres' ? family : spec.engineVersion.split('.').slice(0, 2).join('.')}`;
  const instance: DBInstance = {
    DBInstanceIdentifier: spec.identifier,
    DBInstanceArn: store.arn('db', spec.identifier),
    DbiResourceId: `db-${random.hex(26).toUpperCase()}`,
    DBInstanceClass: spec.className,
    DBInstanceStatus: 'available',
    Engine: spec.engine,
    EngineVersion: spec.engineVersion,
    MasterUsername: spec.username ?? 'admin',
    DBName: spec.databaseName,
    Endpoint: endpointOf(store, spec.identifier, spec.engine),
    AllocatedStorage: isCluster(spec.engine) ? 1 : spec.storageGb,
    StorageType: isCluster(spec.engine) ? 'aurora' : (spec.storageType ?? 'gp2'),
    Iops: spec.iops,
    InstanceCreateTime: new Date(at),
    PreferredBackupWindow: '03:12-03:42',
    BackupRetentionPeriod: spec.backupDays ?? 1,
    LatestRestorableTime: new Date(at),
    PreferredMaintenanceWindow: 'sun:06:14-sun:06:44',
    PendingModifiedValues: {},
    MultiAZ: spec.multiAz === true,
    AvailabilityZone: spec.zone ?? zoneOf(store, random),
    AutoMinorVersionUpgrade: true,
    ReadReplicaDBInstanceIdentifiers: [],
    LicenseModel: spec.engine.startsWith('postgres') ? 'postgresql-license' : 'general-public-license',
    OptionGroupMemberships: [],
    PubliclyAccessible: spec.publiclyAccessible === true,
    StorageEncrypted: spec.encrypted === true,
    DBSecurityGroups: [],
    VpcSecurityGroups: (spec.securityGroupIds ?? []).map((id) => ({
      VpcSecurityGroupId: id,
      Status: 'active',
    })),
    DBParameterGroups: [{ DBParameterGroupName: group, ParameterApplyStatus: 'in-sync' }],
    DBSubnetGroup: {
      DBSubnetGroupName: spec.subnetGroup ?? 'default',
      DBSubnetGroupDescription: spec.subnetGroup ?? 'default',
      VpcId: spec.vpcId,
      SubnetGroupStatus: 'Complete',
      Subnets: [],
    },
    DBClusterIdentifier: spec.clusterId,
    CACertificateIdentifier: 'rds-ca-rsa2048-g1',
    CopyTagsToSnapshot: false,
    MonitoringInterval: 0,
    IAMDatabaseAuthenticationEnabled: false,
    PerformanceInsightsEnabled: false,
    DeletionProtection: spec.deletionProtection === true,
    AssociatedRoles: [],
    TagList: tagList(tags),
    CustomerOwnedIpEnabled: false,
    NetworkType: 'IPV4',
    StorageThroughput: spec.storageType === 'gp3' ? 125 : 0,
    DedicatedLogVolume: false,
  };
  const record: DatabaseRecord = { instance, tags, history: [periodOf(instance, 'running', at)] };
  return store.instances.add(spec.identifier, record, at);
}

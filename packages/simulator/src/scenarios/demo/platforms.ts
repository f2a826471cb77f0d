import type { ImageDetail } from '@aws-sdk/client-ecr';
import { setProfile, type UsageKind } from '../../aws/metrics/profiles.ts';
import { workGroup } from '../../aws/services/further/athena.ts';
import { addTaskDefinition, addTaskService } from '../../aws/services/further/ecs.ts';
import { imageStore } from '../../aws/services/further/ecr.ts';
import { emrCluster } from '../../aws/services/further/emr.ts';
import { stream } from '../../aws/services/further/kinesis.ts';
import { searchDomain } from '../../aws/services/further/opensearch.ts';
import { warehouse } from '../../aws/services/further/redshift.ts';
import { lambdaStore } from '../../aws/services/lambda/store.ts';
import { addDatabase } from '../../aws/services/rds/build.ts';
import { rdsStore, tagList } from '../../aws/services/rds/store.ts';
import { findBucket } from '../../aws/services/s3/store.ts';
import { shelfStore, type Shelf } from '../../aws/services/shelf.ts';
import type { Estate, Owner } from './estate.ts';
import { tagRecord } from './tags.ts';

const STOREFRONT: Owner = { app: 'storefront', env: 'production' };
const PAYMENTS: Owner = { app: 'payments', env: 'production' };
const ANALYTICS: Owner = { app: 'analytics', env: 'production' };
const INTRANET: Owner = { app: 'intranet', env: 'production' };

/** Tags and age of a thing on the shelf. */
function facts(estate: Estate, name: string, owner: Owner, ageDays: number) {
  return { tags: tagRecord(estate, name, owner), createdAt: estate.ago(ageDays) };
}

function shelfOf(estate: Estate, region: string): Shelf {
  return estate.account.store(shelfStore, region);
}

/** Waste when idle, a decoy when used. */
function mark(
  estate: Estate,
  use: UsageKind,
  piece: readonly [kind: string, service: string, region: string, id: string, note: string],
): void {
  if (use === 'idle') estate.plant(...piece);
  else estate.decoy(...piece);
}

function seedWarehouses(estate: Estate): void {
  const region = 'eu-west-1';
  const shelf = shelfOf(estate, region);
  shelf.put(
    warehouse,
    {
      ClusterIdentifier: 'analytics-dw-2024',
      NodeType: 'dc2.large',
      ClusterStatus: 'available',
      ClusterAvailabilityStatus: 'Available',
      MasterUsername: 'analytics',
      DBName: 'dw',
      ClusterCreateTime: new Date(estate.ago(620)),
      AvailabilityZone: `${region}a`,
      NumberOfNodes: 2,
      PubliclyAccessible: false,
      Encrypted: true,
      AutomatedSnapshotRetentionPeriod: 1,
      ClusterVersion: '1.0',
    },
    facts(estate, 'analytics-dw-2024', ANALYTICS, 620),
  );
  setProfile(estate.account, 'analytics-dw-2024', { kind: 'idle' });
  estate.plant(
    'redshift-idle',
    'redshift',
    region,
    'analytics-dw-2024',
    'no connections since the move to Athena',
  );

  for (const [name, type, count, use, note] of [
    ['storefront-logs-2023', 'm5.large.search', 2, 'idle', 'no searches and no new documents'],
    ['storefront-catalogue', 't3.small.search', 1, 'steady', 'small, and searched all day'],
  ] as const) {
    const here = shelfOf(estate, 'us-east-1');
    here.put(
      searchDomain,
      {
        DomainId: `${estate.account.id}/${name}`,
        DomainName: name,
        ARN: here.arn('es', `domain/${name}`),
        Created: true,
        Deleted: false,
        Processing: false,
        UpgradeProcessing: false,
        EngineVersion: name.endsWith('2023') ? 'Elasticsearch_7.10' : 'OpenSearch_2.19',
        ClusterConfig: {
          InstanceType: type,
          InstanceCount: count,
          DedicatedMasterEnabled: false,
          ZoneAwarenessEnabled: false,
          WarmEnabled: false,
        },
        EBSOptions: { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 60 },
      },
      facts(estate, name, STOREFRONT, 800),
    );
    setProfile(estate.account, name, { kind: use, perHour: use === 'idle' ? 0 : 5200 });
    mark(estate, use, ['opensearch-idle', 'opensearch', 'us-east-1', name, note]);
  }
}

function seedStreams(estate: Estate): void {
  for (const [region, name, owner, shards, use, note] of [
    ['us-east-1', 'storefront-clicks-v1', STOREFRONT, 6, 'idle', 'six shards and not one record'],
    ['eu-west-1', 'analytics-events', ANALYTICS, 2, 'steady', 'two shards, well used'],
  ] as const) {
    const shelf = shelfOf(estate, region);
    shelf.put(
      stream,
      {
        StreamName: name,
        StreamARN: shelf.arn('kinesis', `stream/${name}`),
        StreamStatus: 'ACTIVE',
        StreamModeDetails: { StreamMode: 'PROVISIONED' },
        RetentionPeriodHours: 24,
        StreamCreationTimestamp: new Date(estate.ago(430)),
        EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
        EncryptionType: 'NONE',
        OpenShardCount: shards,
        ConsumerCount: 0,
      },
      facts(estate, name, owner, 430),
    );
    setProfile(estate.account, name, { kind: use, perHour: use === 'idle' ? 0 : 900_000 });
    mark(estate, use, ['kinesis-idle', 'kinesis', region, name, note]);
  }
  const shelf = shelfOf(estate, 'eu-west-1');
  for (const [id, name, count, ageDays, use, note] of [
    ['j-2AXXXXXXGAPLF', 'analytics-backfill', 3, 12, 'idle', 'waits since its last step, 11 days ago'],
    ['j-3BXXXXXXHQZRT', 'analytics-nightly', 2, 1, 'batch', 'runs its steps'],
  ] as const) {
    const began = estate.ago(ageDays);
    shelf.put(
      emrCluster,
      {
        Id: id,
        Name: name,
        ClusterArn: shelf.arn('elasticmapreduce', `cluster/${id}`),
        Status: {
          State: use === 'idle' ? 'WAITING' : 'RUNNING',
          StateChangeReason: {},
          Timeline: { CreationDateTime: new Date(began), ReadyDateTime: new Date(began + 600_000) },
        },
        ReleaseLabel: 'emr-7.9.0',
        AutoTerminate: false,
        TerminationProtected: false,
        VisibleToAllUsers: true,
        NormalizedInstanceHours: 0,
        Applications: [{ Name: 'Spark', Version: '3.5.5' }],
        nodes: { type: 'm5.xlarge', count },
      },
      facts(estate, name, ANALYTICS, ageDays),
    );
    setProfile(estate.account, id, { kind: use, level: use === 'idle' ? 0.01 : 0.4 });
    mark(estate, use, ['emr-idle', 'emr', 'eu-west-1', id, note]);
  }
  shelf.put(
    workGroup,
    {
      Name: 'adhoc',
      State: 'ENABLED',
      Description: 'Questions of the analysts',
      CreationTime: new Date(estate.ago(350)),
      Configuration: { EnforceWorkGroupConfiguration: true, PublishCloudWatchMetricsEnabled: true },
    },
    facts(estate, 'adhoc', ANALYTICS, 350),
  );
  estate.plant('athena-no-scan-cap', 'athena', 'eu-west-1', 'adhoc', 'no limit per query');
  shelf.put(
    workGroup,
    {
      Name: 'reports',
      State: 'ENABLED',
      Description: 'Reports of the night',
      CreationTime: new Date(estate.ago(350)),
      Configuration: {
        EnforceWorkGroupConfiguration: true,
        PublishCloudWatchMetricsEnabled: true,
        BytesScannedCutoffPerQuery: 200_000_000_000,
      },
    },
    facts(estate, 'reports', ANALYTICS, 350),
  );
}

function seedTasks(estate: Estate): void {
  for (const [region, cluster, name, owner, cpu, memory, tasks, level, note] of [
    ['sa-east-1', 'intranet', 'intranet-portal', INTRANET, 2048, 8192, 2, 0.05, 'two tasks of 2 vCPU at 5 %'],
    ['us-east-1', 'payments', 'payments-ledger', PAYMENTS, 1024, 2048, 3, 0.52, 'three busy tasks'],
  ] as const) {
    const shelf = shelfOf(estate, region);
    const createdAt = estate.ago(160);
    const task = addTaskDefinition(
      shelf,
      {
        family: name,
        cpu: String(cpu),
        memory: String(memory),
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
        containerDefinitions: [
          {
            name: 'app',
            image: `${estate.account.id}.dkr.ecr.${region}.amazonaws.com/${name}:stable`,
            cpu: 0,
            essential: true,
          },
        ],
      },
      createdAt,
    );
    addTaskService(shelf, { cluster, name, task, tasks, tags: tagRecord(estate, name, owner), createdAt });
    const busy = level > 0.3;
    setProfile(estate.account, `${cluster}/${name}`, {
      kind: busy ? 'steady' : 'oversized',
      level,
      memory: busy ? 0.6 : 0.12,
    });
    mark(estate, busy ? 'steady' : 'idle', [
      'ecs-overprovisioned',
      'ecs',
      region,
      `${cluster}/${name}`,
      note,
    ]);
  }
  const shelf = shelfOf(estate, 'us-east-1');
  for (const [name, owner, images, policy] of [
    ['storefront-web', STOREFRONT, 160, undefined],
    [
      'payments-ledger',
      PAYMENTS,
      12,
      '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":12},"action":{"type":"expire"}}]}',
    ],
  ] as const) {
    const details = Array.from({ length: images }, (_, i): ImageDetail => ({
      registryId: estate.account.id,
      repositoryName: name,
      imageDigest: `sha256:${shelf.random.hex(64)}`,
      ...(i % 4 === 0 ? { imageTags: [`build-${images - i}`] } : {}),
      imageSizeInBytes: 310_000_000 + i * 40_000,
      imagePushedAt: new Date(estate.ago(1 + i * 3)),
    }));
    shelf.put(
      imageStore,
      {
        repositoryArn: shelf.arn('ecr', `repository/${name}`),
        registryId: estate.account.id,
        repositoryName: name,
        repositoryUri: `${estate.account.id}.dkr.ecr.us-east-1.amazonaws.com/${name}`,
        createdAt: new Date(estate.ago(500)),
        imageTagMutability: 'MUTABLE',
        images: details,
        policy,
      },
      facts(estate, name, owner, 500),
    );
    setProfile(estate.account, name, { kind: 'steady', perHour: 6 });
    const note = policy
      ? 'a policy keeps twelve images'
      : `${images} images, most without tag, no lifecycle policy`;
    mark(estate, policy ? 'steady' : 'idle', ['leftovers-ecr', 'ecr', 'us-east-1', name, note]);
  }
}

function seedDocuments(estate: Estate): void {
  const region = 'us-east-1';
  const store = estate.account.store(rdsStore, region);
  const at = estate.ago(380);
  const name = 'storefront-reviews-docdb';
  const tags = tagRecord(estate, name, STOREFRONT);
  store.clusters.add(
    name,
    {
      tags: new Map(Object.entries(tags)),
      cluster: {
        DBClusterIdentifier: name,
        DBClusterArn: store.arn('cluster', name),
        Status: 'available',
        Engine: 'docdb',
        EngineVersion: '5.0.0',
        ClusterCreateTime: new Date(at),
        MultiAZ: false,
        Port: 27_017,
        StorageEncrypted: true,
        DeletionProtection: false,
        BackupRetentionPeriod: 1,
        MasterUsername: 'reviews',
        TagList: tagList(new Map(Object.entries(tags))),
        DBClusterMembers: [{ DBInstanceIdentifier: `${name}-1`, IsClusterWriter: true, PromotionTier: 1 }],
      },
    },
    at,
  );
  addDatabase(store, {
    identifier: `${name}-1`,
    className: 'db.t4g.medium',
    engine: 'docdb',
    engineVersion: '5.0.0',
    storageGb: 1,
    storageType: 'standard',
    clusterId: name,
    backupDays: 1,
    tags,
    createdAt: at,
  });
  setProfile(estate.account, name, { kind: 'idle' });
  setProfile(estate.account, `${name}-1`, { kind: 'idle' });
  estate.plant('docdb-memorydb-idle', 'rds', region, name, 'no connections since reviews moved to DynamoDB');
}

/** Functions kept warm for nobody, and uploads that nobody finished. */
function seedRemains(estate: Estate): void {
  const functions = estate.account.store(lambdaStore, 'us-east-1').functions;
  const trial = functions.get('storefront-ab-test-2023')?.data;
  if (trial) {
    trial.provisioned.set('live', 3);
    estate.account.store(lambdaStore, 'us-east-1').note(trial, false, estate.ago(200));
    const note = 'three executions kept ready for a test that ended';
    estate.plant('lambda-provisioned-idle', 'lambda', 'us-east-1', 'storefront-ab-test-2023', note);
  }
  const media =
    findBucket(estate.world, 'aurora-analytics-lake') ?? findBucket(estate.world, 'aurora-storefront-media');
  for (const i of [1, 2, 3, 4])
    media?.uploads.set(`upload-${i}`, {
      key: `exports/part-${i}.parquet`,
      uploadId: `upload-${i}`,
      initiatedAt: estate.ago(40 + i * 11),
      contentType: 'application/octet-stream',
      metadata: {},
      storageClass: 'STANDARD',
      parts: new Map(),
    });
}

/** Warehouses, streams, clusters, tasks and what is left of former ones. */
export function seedPlatforms(estate: Estate): void {
  seedWarehouses(estate);
  seedStreams(estate);
  seedTasks(estate);
  seedDocuments(estate);
  seedRemains(estate);
}

import { setProfile } from '../../aws/metrics/profiles.ts';
import { fileSystem } from '../../aws/services/further/fsx.ts';
import { key } from '../../aws/services/further/kms.ts';
import { healthCheck, hostedZone } from '../../aws/services/further/route53.ts';
import { addModelEndpoint, notebook } from '../../aws/services/further/sagemaker.ts';
import { secret } from '../../aws/services/further/secrets.ts';
import { trail } from '../../aws/services/further/cloudtrail.ts';
import { desktop } from '../../aws/services/further/workspaces.ts';
import { shelfStore, type Shelf } from '../../aws/services/shelf.ts';
import type { Estate, Owner } from './estate.ts';
import { tagRecord } from './tags.ts';

const STOREFRONT: Owner = { app: 'storefront', env: 'production' };
const PAYMENTS: Owner = { app: 'payments', env: 'production' };
const ANALYTICS: Owner = { app: 'analytics', env: 'production' };
const INTRANET: Owner = { app: 'intranet', env: 'production' };
const PLATFORM: Owner = { app: 'platform', env: 'production' };

function shelfOf(estate: Estate, region: string): Shelf {
  return estate.account.store(shelfStore, region);
}

function facts(estate: Estate, name: string, owner: Owner, ageDays: number) {
  return { tags: tagRecord(estate, name, owner), createdAt: estate.ago(ageDays) };
}

function uuid(shelf: Shelf): string {
  const { random } = shelf;
  return `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`;
}

function seedModels(estate: Estate): void {
  const region = 'us-east-1';
  const shelf = shelfOf(estate, region);
  for (const [name, type, use, note] of [
    ['storefront-recommender-v1', 'ml.m5.large', 'idle', 'no calls since version two'],
    ['storefront-recommender-v2', 'ml.m5.large', 'steady', 'asked all day'],
  ] as const) {
    addModelEndpoint(shelf, {
      name,
      instanceType: type,
      count: 1,
      tags: tagRecord(estate, name, STOREFRONT),
      createdAt: estate.ago(use === 'idle' ? 320 : 140),
    });
    setProfile(estate.account, name, { kind: use, perHour: use === 'idle' ? 0 : 8000 });
    const piece = ['sagemaker-idle', 'sagemaker', region, name, note] as const;
    if (use === 'idle') estate.plant(...piece);
    else estate.decoy(...piece);
  }
  const at = estate.ago(75);
  shelf.put(
    notebook,
    {
      NotebookInstanceName: 'pricing-study',
      NotebookInstanceArn: shelf.arn('sagemaker', 'notebook-instance/pricing-study'),
      NotebookInstanceStatus: 'InService',
      InstanceType: 'ml.t3.xlarge',
      RoleArn: `arn:aws:iam::${estate.account.id}:role/aurora-ec2`,
      CreationTime: new Date(at),
      LastModifiedTime: new Date(at),
      VolumeSizeInGB: 50,
      DirectInternetAccess: 'Enabled',
      RootAccess: 'Enabled',
    },
    facts(estate, 'pricing-study', ANALYTICS, 75),
  );
  estate.plant(
    'sagemaker-idle',
    'sagemaker',
    region,
    'pricing-study',
    'a notebook that runs untouched for 75 days',
  );
}

function seedDesktops(estate: Estate): void {
  const region = 'us-east-1';
  const shelf = shelfOf(estate, region);
  const people = [
    ['ana.lima', 1],
    ['bruno.rocha', 3],
    ['carla.dias', 96],
    ['diego.alves', 2],
    ['elisa.prado', undefined],
  ] as const;
  for (const [user, days] of people) {
    const id = `ws-${shelf.random.hex(9)}`;
    shelf.put(
      desktop,
      {
        WorkspaceId: id,
        DirectoryId: 'd-9067012345',
        UserName: user,
        State: 'AVAILABLE',
        BundleId: 'wsb-bh8rsxt14',
        WorkspaceProperties: {
          RunningMode: 'ALWAYS_ON',
          RootVolumeSizeGib: 80,
          UserVolumeSizeGib: 50,
          ComputeTypeName: 'STANDARD',
          Protocols: ['WSP'],
        },
        lastConnectedAt: days === undefined ? undefined : estate.ago(days),
      },
      facts(estate, user, INTRANET, 280),
    );
    const idle = days === undefined || days > 63;
    setProfile(estate.account, id, { kind: idle ? 'idle' : 'office-hours', level: idle ? 0.01 : 0.3 });
    if (idle)
      estate.plant(
        'workspaces-idle',
        'workspaces',
        region,
        id,
        days === undefined ? 'never connected' : `last connected ${days} days ago`,
      );
    else estate.decoy('workspaces-idle', 'workspaces', region, id, 'used in office hours');
  }
  const brazil = shelfOf(estate, 'sa-east-1');
  const id = `fs-0${brazil.random.hex(16)}`;
  brazil.put(
    fileSystem,
    {
      OwnerId: estate.account.id,
      FileSystemId: id,
      ResourceARN: brazil.arn('fsx', `file-system/${id}`),
      FileSystemType: 'WINDOWS',
      Lifecycle: 'AVAILABLE',
      StorageCapacity: 400,
      StorageType: 'SSD',
      CreationTime: new Date(estate.ago(450)),
      SubnetIds: [],
    },
    facts(estate, 'intranet-share-old', INTRANET, 450),
  );
  setProfile(estate.account, id, { kind: 'idle' });
  estate.plant('fsx-idle', 'fsx', 'sa-east-1', id, '400 GB, nothing read or written');
}

function seedSecrets(estate: Estate): void {
  const region = 'us-east-1';
  const shelf = shelfOf(estate, region);
  for (const [name, owner, days] of [
    ['payments/acquirer-2022', PAYMENTS, 210],
    ['storefront/old-search', STOREFRONT, undefined],
    ['payments/acquirer', PAYMENTS, 0],
    ['storefront/database', STOREFRONT, 1],
  ] as const) {
    shelf.put(
      secret,
      {
        ARN: shelf.arn('secretsmanager', `secret:${name}-${shelf.random.hex(6)}`),
        Name: name,
        CreatedDate: new Date(estate.ago(700)),
        LastChangedDate: new Date(estate.ago(300)),
        ...(days === undefined
          ? {}
          : { LastAccessedDate: new Date(Math.floor(estate.ago(days) / 86_400_000) * 86_400_000) }),
        SecretVersionsToStages: { [uuid(shelf)]: ['AWSCURRENT'] },
      },
      facts(estate, name, owner, 700),
    );
    const unused = days === undefined || days > 90;
    if (unused)
      estate.plant('leftovers-secret', 'secretsmanager', region, name, 'read by nobody for 90 days');
    else estate.decoy('leftovers-secret', 'secretsmanager', region, name, 'read daily');
  }
  for (const [description, owner, state] of [
    ['payments card data', PAYMENTS, 'Enabled'],
    ['storefront archive 2021', STOREFRONT, 'Disabled'],
  ] as const) {
    const id = uuid(shelf);
    shelf.put(
      key,
      {
        AWSAccountId: estate.account.id,
        KeyId: id,
        Arn: shelf.arn('kms', `key/${id}`),
        CreationDate: new Date(estate.ago(900)),
        Enabled: state === 'Enabled',
        Description: description,
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeyState: state,
        Origin: 'AWS_KMS',
        KeyManager: 'CUSTOMER',
        KeySpec: 'SYMMETRIC_DEFAULT',
        MultiRegion: false,
      },
      facts(estate, description, owner, 900),
    );
    if (state === 'Disabled') estate.plant('leftovers-key', 'kms', region, id, 'disabled, and still charged');
    else estate.decoy('leftovers-key', 'kms', region, id, 'protects card data');
  }
  for (const [name, paid] of [
    ['aurora-organization', 0],
    ['security-audit-2022', 5_200],
  ] as const)
    shelf.put(
      trail,
      {
        Name: name,
        S3BucketName: 'aurora-storefront-media',
        IncludeGlobalServiceEvents: true,
        IsMultiRegionTrail: true,
        HomeRegion: region,
        TrailARN: shelf.arn('cloudtrail', `trail/${name}`),
        LogFileValidationEnabled: true,
        HasCustomEventSelectors: false,
        HasInsightSelectors: false,
        IsOrganizationTrail: false,
        isLogging: true,
        selectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [] }],
        paidEventsPerHour: paid,
      },
      facts(estate, name, PLATFORM, paid > 0 ? 1000 : 1400),
    );
  const note = 'a second copy of the management events';
  estate.plant('cloudtrail-duplicates', 'cloudtrail', region, 'security-audit-2022', note);
  estate.decoy(
    'cloudtrail-duplicates',
    'cloudtrail',
    region,
    'aurora-organization',
    'the first copy is free',
  );
}

function seedNames(estate: Estate): void {
  const shelf = shelfOf(estate, 'us-east-1');
  const checks = ['loja.aurora.example', 'promo-2024.aurora.example'].map((host) => {
    const id = uuid(shelf);
    shelf.put(
      healthCheck,
      {
        Id: id,
        CallerReference: host,
        HealthCheckConfig: {
          Type: 'HTTPS',
          FullyQualifiedDomainName: host,
          Port: 443,
          ResourcePath: '/',
          RequestInterval: 30,
          FailureThreshold: 3,
        },
        HealthCheckVersion: 1,
      },
      facts(estate, host, STOREFRONT, 500),
    );
    return id;
  });
  shelf.put(
    hostedZone,
    {
      Id: '/hostedzone/Z0AURORA1EXAMPLE',
      Name: 'aurora.example.',
      CallerReference: 'aurora',
      Config: { PrivateZone: false },
      records: [
        {
          Name: 'loja.aurora.example.',
          Type: 'A',
          SetIdentifier: 'first',
          Weight: 100,
          TTL: 60,
          ResourceRecords: [{ Value: '203.0.113.10' }],
          HealthCheckId: checks[0],
        },
        {
          Name: 'aurora.example.',
          Type: 'MX',
          TTL: 300,
          ResourceRecords: [{ Value: '10 mail.aurora.example' }],
        },
      ],
    },
    facts(estate, 'aurora.example', PLATFORM, 1400),
  );
  estate.plant('leftovers-health-check', 'route53', 'global', checks[1] ?? '', 'no record names it');
  estate.decoy('leftovers-health-check', 'route53', 'global', checks[0] ?? '', 'the shop relies on it');
}

/** Models, desktops, files, secrets, trails and names. */
export function seedWorkplace(estate: Estate): void {
  seedModels(estate);
  seedDesktops(estate);
  seedSecrets(estate);
  seedNames(estate);
}

import type { UsageProfile } from '../../aws/metrics/profiles.ts';
import type { ArmResource, Json } from '../../microsoft/arm/subscription.ts';
import { tags, type AzureEstate } from './azure-estate.ts';
import { BUSY, IDLE, OVERSIZED } from './use.ts';

function seedStorage(estate: AzureEstate): void {
  estate.add('rg-analytics-prod', 'Microsoft.Storage/storageAccounts', 'auroradatalake', 610, {
    tags: tags('analytics', 'production'),
    sku: { name: 'Standard_ZRS', tier: 'Standard' },
    kind: 'StorageV2',
    use: BUSY,
    gib: 8200,
    properties: { accessTier: 'Hot', creationTime: new Date(estate.ago(610)).toISOString() },
  });
  const cold = estate.add('rg-backoffice', 'Microsoft.Storage/storageAccounts', 'aurorabackups', 560, {
    location: 'eastus',
    tags: tags('backoffice', 'production'),
    sku: { name: 'Standard_LRS', tier: 'Standard' },
    kind: 'StorageV2',
    use: IDLE,
    gib: 3100,
    properties: { accessTier: 'Hot', creationTime: new Date(estate.ago(560)).toISOString() },
  });
  estate.plant('hot-storage-unused', cold, 'hot tier, hardly a request in a month');
}

function seedDatabases(estate: AzureEstate): void {
  estate.add('rg-backoffice', 'Microsoft.Sql/servers', 'sql-aurora', 600, {
    location: 'eastus',
    tags: tags('backoffice', 'production'),
    properties: {
      administratorLogin: 'atlasadmin',
      state: 'Ready',
      version: '12.0',
      fullyQualifiedDomainName: 'sql-aurora.database.windows.net',
    },
  });
  const database = (name: string, sku: Json, days: number, profile: UsageProfile): ArmResource =>
    estate.add('rg-backoffice', 'Microsoft.Sql/servers/databases', `sql-aurora/${name}`, days, {
      location: 'eastus',
      tags: tags('backoffice', 'production'),
      sku,
      use: profile,
      properties: {
        status: 'Online',
        currentSku: sku,
        currentServiceObjectiveName: sku['name'],
        creationDate: new Date(estate.ago(days)).toISOString(),
        maxSizeBytes: 268_435_456_000,
      },
    });
  database('erp', { name: 'GP_Gen5', tier: 'GeneralPurpose', family: 'Gen5', capacity: 4 }, 600, BUSY);
  estate.plant(
    'idle-sql-database',
    database('crm-archive', { name: 'S3', tier: 'Standard', capacity: 100 }, 420, IDLE),
    'no connection for weeks',
  );
  estate.plant(
    'oversized-sql-database',
    database(
      'reporting',
      { name: 'GP_Gen5', tier: 'GeneralPurpose', family: 'Gen5', capacity: 8 },
      300,
      OVERSIZED,
    ),
    'CPU below 20 %',
  );
  const pool = estate.add(
    'rg-backoffice',
    'Microsoft.Sql/servers/elasticPools',
    'sql-aurora/pool-empty',
    200,
    {
      location: 'eastus',
      sku: { name: 'StandardPool', tier: 'Standard', capacity: 50 },
      properties: { state: 'Ready' },
    },
  );
  estate.plant('empty-elastic-pool', pool, 'no database in it');
}

function seedApps(estate: AzureEstate): void {
  const plan = (
    group: string,
    name: string,
    sku: Json,
    days: number,
    sites: number,
    profile: UsageProfile,
    location = 'brazilsouth',
  ): ArmResource =>
    estate.add(group, 'Microsoft.Web/serverfarms', name, days, {
      location,
      sku,
      kind: 'linux',
      use: profile,
      properties: { numberOfSites: sites, status: 'Ready', reserved: true },
    });
  const main = plan(
    'rg-analytics-prod',
    'plan-portal',
    { name: 'P1v3', tier: 'PremiumV3', capacity: 2 },
    400,
    2,
    BUSY,
  );
  for (const name of ['portal-aurora', 'api-aurora'])
    estate.add('rg-analytics-prod', 'Microsoft.Web/sites', name, 400, {
      tags: tags('analytics', 'production'),
      kind: 'app,linux',
      use: BUSY,
      properties: {
        state: 'Running',
        serverFarmId: main.id,
        defaultHostName: `${name}.azurewebsites.net`,
        siteConfig: { linuxFxVersion: 'NODE|24-lts' },
      },
    });
  estate.plant(
    'empty-app-service-plan',
    plan('rg-sandbox', 'plan-poc', { name: 'S1', tier: 'Standard', capacity: 1 }, 130, 0, IDLE, 'eastus'),
    'no app in it',
  );
  const big = plan(
    'rg-backoffice',
    'plan-intranet',
    { name: 'P2v3', tier: 'PremiumV3', capacity: 1 },
    350,
    1,
    OVERSIZED,
    'eastus',
  );
  estate.add('rg-backoffice', 'Microsoft.Web/sites', 'intranet-aurora', 350, {
    location: 'eastus',
    tags: tags('backoffice', 'production'),
    kind: 'app,linux',
    use: OVERSIZED,
    properties: {
      state: 'Running',
      serverFarmId: big.id,
      defaultHostName: 'intranet-aurora.azurewebsites.net',
    },
  });
  estate.plant('oversized-app-service-plan', big, 'CPU and memory below 25 %');
}

function seedClusters(estate: AzureEstate): void {
  const aks = (name: string, days: number, profile: UsageProfile, env: string): ArmResource =>
    estate.add(
      env === 'production' ? 'rg-analytics-prod' : 'rg-analytics-dev',
      'Microsoft.ContainerService/managedClusters',
      name,
      days,
      {
        tags: tags('analytics', env),
        sku: { name: 'Base', tier: 'Standard' },
        use: profile,
        properties: {
          kubernetesVersion: '1.34',
          powerState: { code: 'Running' },
          agentPoolProfiles: [
            {
              name: 'system',
              count: 2,
              vmSize: 'Standard_D4s_v5',
              mode: 'System',
              enableAutoScaling: env === 'production',
            },
          ],
        },
      },
    );
  aks('aks-analytics', 300, BUSY, 'production');
  estate.plant('idle-aks', aks('aks-dev', 200, IDLE, 'development'), 'no load on its nodes');
}

/** Storage accounts, databases, apps and clusters: what runs on no machine of Aurora's own. */
export function seedPlatforms(estate: AzureEstate): void {
  seedStorage(estate);
  seedDatabases(estate);
  seedApps(estate);
  seedClusters(estate);
}

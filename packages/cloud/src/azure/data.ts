import type { Database, ElasticPool, Server, Sku } from '@azure/arm-sql';
import type { StorageAccount } from '@azure/arm-storage';
import { relations } from '../shared/normalise.ts';
import type { Resource, ResourceState } from '../resource.ts';
import { armId, armResource, provisioning, reader, to, type AzureReader, type Scope } from './scope.ts';

export const storageAccounts = reader({
  type: { id: 'azure.storage.account', label: 'Storage account', category: 'storage', taggable: true },
  client: 'storage',
  call: 'Microsoft.Storage/storageAccounts',
  list: (client, options) => client.storageAccounts.list(options),
  get: (client, { group, names }, options) =>
    client.storageAccounts.getProperties(group, names[0] ?? '', options),
  map: (account: StorageAccount) =>
    armResource('azure.storage.account', account, {
      state: provisioning(account.provisioningState),
      stateRaw: account.accessTier,
      createdAt: account.creationTime,
      size: { sku: account.sku?.name },
    }),
});

const toServer = (server: Server): Resource =>
  armResource('azure.sql.server', server, {
    state: server.state === undefined || server.state === 'Ready' ? 'active' : 'updating',
    stateRaw: server.state,
  });

export const sqlServers = reader({
  type: { id: 'azure.sql.server', label: 'SQL server', category: 'database', taggable: true },
  client: 'sql',
  call: 'Microsoft.Sql/servers',
  list: (client, options) => client.servers.list(options),
  get: (client, { group, names }, options) => client.servers.get(group, names[0] ?? '', options),
  map: toServer,
});

/** `status` of a database; paused ones are serverless or dedicated pools. */
const STATUS: Readonly<Record<string, ResourceState>> = {
  Online: 'running',
  Creating: 'creating',
  Copying: 'creating',
  Scaling: 'updating',
  Pausing: 'stopping',
  Paused: 'stopped',
  Resuming: 'starting',
  Offline: 'stopped',
  Disabled: 'stopped',
};

/** `GP_Gen5` with 4 vCores is the service objective `GP_Gen5_4`, by which a size is asked for; DTU sizes have one name. */
function objectiveOf(sku: Sku | undefined): string | undefined {
  return sku?.family !== undefined && sku.capacity !== undefined ? `${sku.name}_${sku.capacity}` : sku?.name;
}

const toDatabase = (database: Database): Resource => {
  const sku = database.currentSku ?? database.sku;
  return armResource('azure.sql.database', database, {
    state: database.status === undefined ? 'unknown' : (STATUS[database.status] ?? 'unknown'),
    stateRaw: database.status,
    createdAt: database.creationDate,
    size: {
      sku: objectiveOf(sku),
      cpus: sku?.family === undefined ? undefined : sku.capacity,
      storageGiB: database.maxSizeBytes === undefined ? undefined : database.maxSizeBytes / 1024 ** 3,
    },
    relations: relations(
      ['part_of', to(database.id?.replace(/\/databases\/[^/]+$/i, ''))],
      ['member_of', to(database.elasticPoolId)],
    ),
  });
};

/** Every server's collection in turn: Azure lists neither databases nor pools over a subscription. */
async function* perServer<T>(
  scope: Scope,
  open: (group: string, server: string) => AsyncIterable<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for await (const page of scope.session.pages(
    'sql',
    'GET Microsoft.Sql/servers',
    (c, o) => c.servers.list(o),
    scope.signal,
  )) {
    for (const server of page) {
      const { group, names } = armId(server.id ?? '');
      yield* open(group, names[0] ?? '');
    }
  }
}

export const sqlDatabases: AzureReader = {
  type: { id: 'azure.sql.database', label: 'SQL database', category: 'database', taggable: true },
  async *list(scope) {
    const pages = perServer(scope, (group, server) =>
      scope.session.pages(
        'sql',
        'GET Microsoft.Sql/servers/databases',
        (c, o) => c.databases.listByServer(group, server, o),
        scope.signal,
      ),
    );
    // `master` belongs to the server, costs nothing and can't be touched.
    for await (const page of pages) yield page.filter((one) => one.name !== 'master').map(toDatabase);
  },
  async inspect({ session, signal }, ref) {
    const { group, names } = armId(ref.nativeId);
    const [server = '', database = ''] = names;
    return toDatabase(
      await session.call(
        'sql',
        'GET Microsoft.Sql/servers/databases',
        (c, o) => c.databases.get(group, server, database, o),
        {
          signal,
        },
      ),
    );
  },
};

const toPool = (pool: ElasticPool): Resource =>
  armResource('azure.sql.elastic_pool', pool, {
    state: pool.state === undefined || pool.state === 'Ready' ? 'active' : 'updating',
    stateRaw: pool.state,
    createdAt: pool.creationDate,
    size: { sku: pool.sku?.name },
    relations: relations(['part_of', to(pool.id?.replace(/\/elasticPools\/[^/]+$/i, ''))]),
  });

export const elasticPools: AzureReader = {
  type: { id: 'azure.sql.elastic_pool', label: 'SQL elastic pool', category: 'database', taggable: true },
  async *list(scope) {
    const pages = perServer(scope, (group, server) =>
      scope.session.pages(
        'sql',
        'GET Microsoft.Sql/servers/elasticPools',
        (c, o) => c.elasticPools.listByServer(group, server, o),
        scope.signal,
      ),
    );
    for await (const page of pages) yield page.map(toPool);
  },
  async inspect({ session, signal }, ref) {
    const { group, names } = armId(ref.nativeId);
    const [server = '', pool = ''] = names;
    return toPool(
      await session.call(
        'sql',
        'GET Microsoft.Sql/servers/elasticPools',
        (c, o) => c.elasticPools.get(group, server, pool, o),
        {
          signal,
        },
      ),
    );
  },
};

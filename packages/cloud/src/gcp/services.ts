import { relations, resource, stateOf, toAttributes } from '../shared/normalise.ts';
import type { Resource, ResourceState } from '../resource.ts';
import { fullName, last, listReader, regionOfZone, type GcpReader } from './scope.ts';
import { labelsOf, list, num, obj, str, type Entity, type GcpSession } from './session.ts';
import { machineSize } from './sizes.ts';

export const buckets = listReader({
  type: { id: 'gcp.storage.bucket', label: 'Bucket', category: 'storage', taggable: true },
  api: 'storage',
  permission: 'storage.buckets',
  path: () => 'b',
  query: (session) => ({ project: session.projectId, maxResults: 500 }),
  items: 'items',
  getPath: (path) => `b/${path}`,
  map: (entity) => {
    const name = str(entity, 'name') ?? '';
    return resource({
      type: 'gcp.storage.bucket',
      nativeId: fullName('storage', name),
      id: name,
      name,
      region: (str(entity, 'location') ?? 'global').toLowerCase(),
      state: 'active',
      stateRaw: str(entity, 'storageClass'),
      createdAt: str(entity, 'timeCreated'),
      tags: labelsOf(entity),
      size: { sku: str(entity, 'storageClass') },
      attributes: toAttributes(entity, ['kind', 'acl', 'defaultObjectAcl']),
    });
  },
});

const SQL: Readonly<Record<string, ResourceState>> = {
  PENDING_CREATE: 'creating',
  MAINTENANCE: 'updating',
  PENDING_DELETE: 'deleting',
  ONLINE_MAINTENANCE: 'running',
  REPAIRING: 'updating',
  SUSPENDED: 'failed',
  FAILED: 'failed',
};

/** RUNNABLE says that it could run; whether it does is the activation policy (Cloud SQL, "Start, stop, and restart"). */
function sqlState(entity: Entity): ResourceState {
  const raw = str(entity, 'state');
  if (raw !== 'RUNNABLE' && raw !== 'STOPPED') return raw === undefined ? 'unknown' : stateOf(SQL, raw);
  return str(obj(entity, 'settings'), 'activationPolicy') === 'NEVER' ? 'stopped' : 'running';
}

export const sqlInstances = listReader({
  type: { id: 'gcp.sql.instance', label: 'Cloud SQL instance', category: 'database', taggable: true },
  api: 'sql',
  permission: 'cloudsql.instances',
  path: (session) => `projects/${session.projectId}/instances`,
  query: () => ({ maxResults: 500 }),
  items: 'items',
  map: (entity, session) => {
    const settings = obj(entity, 'settings');
    const name = str(entity, 'name') ?? '';
    const tier = str(settings, 'tier');
    const master = str(entity, 'masterInstanceName');
    return resource({
      type: 'gcp.sql.instance',
      nativeId: fullName('sql', `projects/${session.projectId}/instances/${name}`),
      id: name,
      name,
      region: str(entity, 'region') ?? 'global',
      zone: str(entity, 'gceZone'),
      state: sqlState(entity),
      stateRaw: str(entity, 'state'),
      createdAt: str(entity, 'createTime'),
      tags: labelsOf(settings, 'userLabels'),
      size: {
        sku: tier,
        ...(tier === undefined ? {} : machineSize(tier)),
        storageGiB: num(settings, 'dataDiskSizeGb'),
      },
      relations: relations([
        'part_of',
        master === undefined
          ? undefined
          : fullName('sql', `projects/${session.projectId}/instances/${master.split(':').at(-1) ?? ''}`),
      ]),
      attributes: toAttributes(entity, ['kind', 'serverCaCert']),
    });
  },
});

const FUNCTION: Readonly<Record<string, ResourceState>> = {
  ACTIVE: 'active',
  DEPLOYING: 'updating',
  DELETING: 'deleting',
  FAILED: 'failed',
  STATE_UNSPECIFIED: 'unknown',
  UNKNOWN: 'unknown',
};

/** Memory as Kubernetes writes it: `256M`, `512Mi`, `2Gi`. */
function memoryGiB(text: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|K|M|G|k)?$/.exec(text ?? '');
  if (!match) return undefined;
  const bytes: Readonly<Record<string, number>> = {
    Ki: 1024,
    Mi: 1024 ** 2,
    Gi: 1024 ** 3,
    k: 1e3,
    K: 1e3,
    M: 1e6,
    G: 1e9,
  };
  return Math.round(((Number(match[1]) * (bytes[match[2] ?? ''] ?? 1)) / 1024 ** 3) * 1000) / 1000;
}

export const functions = listReader({
  type: { id: 'gcp.functions.function', label: 'Function', category: 'serverless', taggable: true },
  api: 'functions',
  permission: 'cloudfunctions.functions',
  path: (session) => `projects/${session.projectId}/locations/-/functions`,
  query: () => ({ pageSize: 500 }),
  items: 'functions',
  map: (entity) => {
    const path = str(entity, 'name') ?? '';
    const name = last(path) ?? path;
    return resource({
      type: 'gcp.functions.function',
      nativeId: fullName('functions', path),
      id: name,
      name,
      region: path.split('/')[3] ?? 'global',
      state: stateOf(FUNCTION, str(entity, 'state')),
      stateRaw: str(entity, 'state'),
      createdAt: str(entity, 'createTime') ?? str(entity, 'updateTime'),
      tags: labelsOf(entity),
      size: {
        sku: str(obj(entity, 'buildConfig'), 'runtime'),
        memoryGiB: memoryGiB(str(obj(entity, 'serviceConfig'), 'availableMemory')),
      },
      attributes: withoutSecrets(entity),
    });
  },
});

/** Environment variables may hold secrets: only their names are kept. */
function withoutSecrets(entity: Entity): Record<string, ReturnType<typeof toAttributes>[string]> {
  const attributes = toAttributes(entity);
  for (const part of ['serviceConfig', 'buildConfig']) {
    const config = attributes[part];
    if (typeof config !== 'object' || config === null || Array.isArray(config)) continue;
    for (const member of ['environmentVariables', 'secretEnvironmentVariables']) {
      const values = config[member];
      if (values !== undefined) config[member] = Object.keys(values ?? {});
    }
  }
  return attributes;
}

const CLUSTER: Readonly<Record<string, ResourceState>> = {
  PROVISIONING: 'creating',
  RUNNING: 'running',
  RECONCILING: 'updating',
  STOPPING: 'deleting',
  ERROR: 'failed',
  DEGRADED: 'running',
};

export const clusters = listReader({
  type: { id: 'gcp.gke.cluster', label: 'GKE cluster', category: 'container', taggable: true },
  api: 'container',
  permission: 'container.clusters',
  path: (session) => `projects/${session.projectId}/locations/-/clusters`,
  items: 'clusters',
  map: (entity, session) => {
    const name = str(entity, 'name') ?? '';
    const location = str(entity, 'location') ?? 'global';
    const pools = list(entity, 'nodePools');
    const zonal = /-[a-z]$/.test(location);
    return resource({
      type: 'gcp.gke.cluster',
      nativeId: fullName('container', `projects/${session.projectId}/locations/${location}/clusters/${name}`),
      id: name,
      name,
      region: zonal ? regionOfZone(location) : location,
      zone: zonal ? location : undefined,
      state: stateOf(CLUSTER, str(entity, 'status')),
      stateRaw: str(entity, 'status'),
      createdAt: str(entity, 'createTime'),
      tags: labelsOf(entity, 'resourceLabels'),
      size: { sku: str(obj(pools[0], 'config'), 'machineType'), nodes: num(entity, 'currentNodeCount') ?? 0 },
      relations: relations(['in_network', networkOf(session, 'global/networks', str(entity, 'network'))]),
      attributes: toAttributes(entity, ['masterAuth']),
    });
  },
});

const networkOf = (session: GcpSession, place: string, name: string | undefined): string | undefined =>
  name === undefined ? undefined : fullName('compute', `projects/${session.projectId}/${place}/${name}`);

function toProject(entity: Entity): Resource {
  const id = str(entity, 'projectId') ?? '';
  const states: Readonly<Record<string, ResourceState>> = { ACTIVE: 'active', DELETE_REQUESTED: 'deleting' };
  return resource({
    type: 'gcp.resourcemanager.project',
    nativeId: fullName('projects', `projects/${id}`),
    id,
    name: str(entity, 'displayName') ?? id,
    region: 'global',
    state: stateOf(states, str(entity, 'state')),
    stateRaw: str(entity, 'state'),
    createdAt: str(entity, 'createTime'),
    tags: labelsOf(entity),
    attributes: toAttributes(entity, ['etag']),
  });
}

/** The project itself; a key sees one. */
export const projects: GcpReader = {
  type: { id: 'gcp.resourcemanager.project', label: 'Project', category: 'other', taggable: true },
  async *list({ session, signal }) {
    const permission = 'resourcemanager.projects.get';
    const path = `projects/${session.projectId}`;
    yield [toProject(await session.call<Entity>({ api: 'projects', permission, path }, { signal }))];
  },
  async inspect({ session, signal }, ref) {
    const parts = ref.nativeId.split('/');
    if (parts.at(-1) !== session.projectId) return undefined;
    const permission = 'resourcemanager.projects.get';
    const path = `projects/${session.projectId}`;
    return toProject(await session.call<Entity>({ api: 'projects', permission, path }, { signal }));
  },
};

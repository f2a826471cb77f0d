import type { JsonAnswer } from '../microsoft/http.ts';
import { bodyOf, GoogleError, ok, page, type Call, type Route } from './http.ts';
import { functionCreationRoute, insertSql } from './managed-create.ts';
import { iso, known, missing, patched } from './managed-model.ts';
import { fingerprint, type GoogleObject, type Json } from './project.ts';

type Serve = Route['serve'];

const sql = ({ data, name, createdAt, path }: GoogleObject): Json => ({
  kind: 'sql#instance',
  name,
  project: path.split('/')[1],
  connectionName: `${path.split('/')[1]}:${String(data['region'])}:${name}`,
  createTime: iso(createdAt),
  instanceType: 'CLOUD_SQL_INSTANCE',
  backendType: 'SECOND_GEN',
  ...data,
});

function sqlOperation(call: Call, name: string): Json {
  const operation = call.project.operations.get(name);
  if (!operation) throw missing(name);
  const done = operation.doneAt <= call.now;
  return {
    kind: 'sql#operation',
    name,
    operationType: operation.type,
    status: done ? 'DONE' : 'RUNNING',
    user: operation.user,
    insertTime: iso(operation.startedAt),
    targetId: operation.target.split('/').at(-1),
    targetProject: call.project.id,
    ...(done && operation.error
      ? {
          error: {
            kind: 'sql#operationErrors',
            errors: [{ kind: 'sql#operationError', ...operation.error }],
          },
        }
      : {}),
  };
}

/** A change of Cloud SQL: settings are merged when its operation is done. */
function patchSql(call: Call, object: GoogleObject): JsonAnswer {
  const { project, now, account } = call;
  if (object.pending)
    throw new GoogleError(
      409,
      'operationInProgress',
      'Operation failed because another operation was already in progress.',
    );
  const former = object.data['settings'] as Json;
  const settings = (bodyOf(call.request)['settings'] ?? {}) as Json;
  if (settings['settingsVersion'] !== undefined && settings['settingsVersion'] !== former['settingsVersion'])
    throw new GoogleError(412, 'staleData', 'The provided settingsVersion is not the current one.');
  const failure = call.faults.take('operation-fails');
  const labelsOnly = Object.keys(settings).every((key) => key === 'userLabels' || key === 'settingsVersion');
  const until = Math.max(now, call.after(labelsOnly ? 1 : 40));
  const operation = project.operate({
    place: '',
    type: 'UPDATE',
    target: object.path,
    user: account.email,
    startedAt: now,
    doneAt: until,
    ...(failure ? { error: { code: failure.code, message: failure.message ?? failure.code } } : {}),
  });
  if (!failure) {
    object.pending = {
      until,
      settle: () => {
        const next = patched(former, settings);
        next['settingsVersion'] = String(Number(former['settingsVersion'] ?? 1) + 1);
        if (Object.keys(next['userLabels'] ?? {}).length === 0) delete next['userLabels'];
        object.data = { ...object.data, settings: next };
        const policy = settings['activationPolicy'];
        const open = object.idleSpans.at(-1);
        if (policy === 'NEVER') object.idleSpans.push({ from: until, to: undefined });
        else if (policy === 'ALWAYS' && open) open.to = until;
      },
    };
    project.settle(now);
  }
  return ok({ ...sqlOperation(call, operation.name), status: until <= now && !failure ? 'DONE' : 'PENDING' });
}

/** Cloud SQL, below `/v1/`. */
export function sqlRoute(method: string, path: string): Route | undefined {
  const api = 'sqladmin.googleapis.com';
  const [, kind = '', name, ...rest] = path.split('/').slice(1);
  if (rest.length > 0 || (kind !== 'instances' && kind !== 'operations')) return undefined;
  const route = (permission: string, serve: Serve): Route => ({ api, permission, serve });
  if (kind === 'operations')
    return name === undefined || method !== 'GET'
      ? undefined
      : route('cloudsql.instances.get', (call) => ok(sqlOperation(call, name)));
  if (name === undefined)
    return method === 'GET'
      ? route('cloudsql.instances.list', (call) => {
          const { items, next } = page(call.project.of('cloudsql.instances'), call, 'maxResults', 100);
          return ok({ kind: 'sql#instancesList', items: items.map(sql), ...next });
        })
      : method === 'POST'
        ? route('cloudsql.instances.create', (call) =>
            ok({ ...sqlOperation(call, insertSql(call).name), status: 'PENDING', error: undefined }),
          )
        : undefined;
  if (method === 'GET')
    return route('cloudsql.instances.get', (call) => ok(sql(known(call, 'cloudsql.instances', path))));
  if (method === 'PATCH')
    return route('cloudsql.instances.update', (call) =>
      patchSql(call, known(call, 'cloudsql.instances', path)),
    );
  return undefined;
}

const cloudFunction = ({ data, path, createdAt }: GoogleObject): Json => ({
  name: path,
  environment: 'GEN_2',
  state: 'ACTIVE',
  createTime: iso(createdAt),
  updateTime: iso(createdAt),
  ...data,
});

/** Cloud Functions, below `/v2/`. */
export function functionsRoute(method: string, path: string): Route | undefined {
  const api = 'cloudfunctions.googleapis.com';
  const creation = functionCreationRoute(method, path);
  if (creation) return creation;
  const [, , , location = '', kind = '', name, ...rest] = path.split('/');
  if (kind !== 'functions' || rest.length > 0) return undefined;
  if (name === undefined)
    return location === '-' && method === 'GET'
      ? {
          api,
          permission: 'cloudfunctions.functions.list',
          serve: (call) => {
            const { items, next } = page(call.project.of('cloudfunctions.functions'), call, 'pageSize', 100);
            const lost = [...call.project.unreachable];
            return ok({
              functions: items.map(cloudFunction),
              ...next,
              ...(lost.length > 0 ? { unreachable: lost } : {}),
            });
          },
        }
      : undefined;
  if (method === 'GET')
    return {
      api,
      permission: 'cloudfunctions.functions.get',
      serve: (call) => ok(cloudFunction(known(call, 'cloudfunctions.functions', path))),
    };
  if (method !== 'PATCH') return undefined;
  return {
    api,
    permission: 'cloudfunctions.functions.update',
    serve: (call) => {
      const object = known(call, 'cloudfunctions.functions', path);
      if (call.request.query.get('updateMask') !== 'labels')
        throw new GoogleError(400, 'INVALID_ARGUMENT', 'Only the labels can be changed here.');
      object.data = { ...object.data, labels: bodyOf(call.request)['labels'] };
      return ok({ name: `${path.split('/functions/')[0]}/operations/${call.project.newId()}`, done: true });
    },
  };
}

const cluster = ({ data, name, place, createdAt, path }: GoogleObject): Json => {
  const pools = (data['nodePools'] ?? []) as Json[];
  const location = place.split('/')[1] ?? '';
  const zones = (data['locations'] ?? [location]) as string[];
  return {
    name,
    location,
    zone: location,
    selfLink: `https://container.googleapis.com/v1/${path}`,
    createTime: iso(createdAt),
    status: 'RUNNING',
    labelFingerprint: fingerprint(data['resourceLabels']),
    currentNodeCount: pools.reduce(
      (sum, one) => sum + Number(one['initialNodeCount'] ?? 0) * zones.length,
      0,
    ),
    ...data,
  };
};

function clusterOperation(call: Call, path: string): Json {
  const [, , , location = '', , name = ''] = path.split('/');
  const operation = call.project.operations.get(name);
  if (!operation) throw missing(path);
  const done = operation.doneAt <= call.now;
  return {
    name,
    location,
    zone: location,
    operationType: operation.type,
    status: done ? 'DONE' : 'RUNNING',
    selfLink: `https://container.googleapis.com/v1/${path}`,
    targetLink: `https://container.googleapis.com/v1/${operation.target}`,
    startTime: iso(operation.startedAt),
    ...(done && operation.error ? { error: { code: 9, message: operation.error.message } } : {}),
  };
}

function changeCluster(call: Call, object: GoogleObject, type: string, effect: () => void): JsonAnswer {
  const { project, now, account } = call;
  const failure = call.faults.take('operation-fails');
  const operation = project.operate({
    place: object.place,
    type,
    target: object.path,
    user: account.email,
    startedAt: now,
    doneAt: Math.max(now, call.after(20)),
    ...(failure ? { error: { code: failure.code, message: failure.message ?? failure.code } } : {}),
  });
  if (!failure) effect();
  const path = `${object.path.split('/clusters/')[0]}/operations/${operation.name}`;
  const answer = clusterOperation(call, path);
  return ok(failure ? { ...answer, status: 'RUNNING', error: undefined } : answer);
}

/** Kubernetes Engine, below `/v1/`. */
export function clusterRoute(method: string, path: string): Route | undefined {
  const api = 'container.googleapis.com';
  const match =
    /^(projects\/[^/]+\/locations\/([^/]+)\/(clusters|operations)(?:\/([^/:]+))?)(?:\/nodePools\/([^/:]+))?(?::(\w+))?$/.exec(
      path,
    );
  if (!match) return undefined;
  const [, base = '', location, kind, name, pool, verb] = match;
  const route = (permission: string, serve: Serve): Route => ({ api, permission, serve });
  if (kind === 'operations')
    return name === undefined || method !== 'GET'
      ? undefined
      : route('container.operations.get', (call) => ok(clusterOperation(call, base)));
  if (name === undefined)
    return location === '-' && method === 'GET'
      ? route('container.clusters.list', (call) => {
          const lost = [...call.project.unreachable];
          const found = call.project.of('container.clusters').map(cluster);
          return ok({ clusters: found, ...(lost.length > 0 ? { missingZones: lost } : {}) });
        })
      : undefined;
  if (verb === undefined && pool === undefined && method === 'GET')
    return route('container.clusters.get', (call) => ok(cluster(known(call, 'container.clusters', base))));
  if (method !== 'POST') return undefined;
  if (verb === 'setResourceLabels' && pool === undefined)
    return route('container.clusters.update', (call) => {
      const object = known(call, 'container.clusters', base);
      const { resourceLabels, labelFingerprint } = bodyOf(call.request);
      if (labelFingerprint !== fingerprint(object.data['resourceLabels']))
        throw new GoogleError(412, 'conditionNotMet', 'Labels could not be set due to fingerprint mismatch.');
      return changeCluster(call, object, 'UPDATE_CLUSTER', () => {
        object.data = { ...object.data, resourceLabels };
      });
    });
  if (verb === 'setSize' && pool !== undefined)
    return route('container.clusters.update', (call) => {
      const object = known(call, 'container.clusters', base);
      const pools = (object.data['nodePools'] ?? []) as Json[];
      const count = bodyOf(call.request)['nodeCount'];
      if (!pools.some((one) => one['name'] === pool)) throw missing(path);
      if (typeof count !== 'number') throw new GoogleError(400, 'INVALID_ARGUMENT', 'node_count is missing.');
      return changeCluster(call, object, 'SET_NODE_POOL_SIZE', () => {
        object.data = {
          ...object.data,
          nodePools: pools.map((one) => (one['name'] === pool ? { ...one, initialNodeCount: count } : one)),
        };
      });
    });
  return undefined;
}

/** Resource Manager, below `/v3/`. */
export function projectRoute(
  method: string,
  path: string,
  allows: (call: Call, permission: string) => boolean,
): Route | undefined {
  const api = 'cloudresourcemanager.googleapis.com';
  const entity = ({ project }: Call): Json => ({
    name: `projects/${project.number}`,
    projectId: project.id,
    displayName: project.displayName,
    state: project.state,
    parent: 'organizations/482910375512',
    createTime: iso(project.createdAt),
    ...(Object.keys(project.labels).length === 0 ? {} : { labels: project.labels }),
  });
  if (/^projects\/[^/:]+$/.test(path) && method === 'GET')
    return { api, permission: 'resourcemanager.projects.get', serve: (call) => ok(entity(call)) };
  if (/^projects\/[^/:]+$/.test(path) && method === 'PATCH')
    return {
      api,
      permission: 'resourcemanager.projects.update',
      serve: (call) => {
        call.project.labels = (bodyOf(call.request)['labels'] ?? {}) as Record<string, string>;
        return ok({ name: `operations/up.${call.project.newId()}`, done: true, response: entity(call) });
      },
    };
  if (/^projects\/[^/:]+:testIamPermissions$/.test(path) && method === 'POST')
    return {
      api,
      // Everybody may ask what they may do.
      permission: '',
      operation: 'resourcemanager.projects.testIamPermissions',
      serve: (call) => {
        const asked = bodyOf(call.request)['permissions'];
        const names = Array.isArray(asked) ? asked.map(String) : [];
        if (names.length > 100)
          throw new GoogleError(400, 'INVALID_ARGUMENT', 'Request contains too many permissions.');
        return ok({ permissions: names.filter((name) => allows(call, name)) });
      },
    };
  return undefined;
}

import type { JsonAnswer } from '../microsoft/http.ts';
import { bodyOf, GoogleError, ok, page, stamp, type Call, type Route } from './http.ts';
import {
  fingerprint,
  type Collection,
  type GoogleObject,
  type GoogleOperation,
  type Json,
  type Project,
} from './project.ts';

const HOST = 'compute.googleapis.com';
const LINK = 'https://www.googleapis.com/compute/v1/';
export const REGIONS = ['us-central1', 'us-east1', 'southamerica-east1', 'europe-west1'] as const;
const ZONES = REGIONS.flatMap((region) => ['a', 'b', 'c'].map((letter) => `${region}-${letter}`));

/** Collections by where they live. */
const SCOPES: Readonly<Record<string, readonly ('zones' | 'regions' | 'global')[]>> = {
  instances: ['zones'],
  disks: ['zones', 'regions'],
  addresses: ['regions', 'global'],
  subnetworks: ['regions'],
  snapshots: ['global'],
  images: ['global'],
  networks: ['global'],
  firewalls: ['global'],
};

/** Full URL of a path of Compute Engine. */
export const link = (path: string): string => `${LINK}${path}`;

function entity(object: GoogleObject): Json {
  const { data, place, path, name, createdAt } = object;
  const [scope = '', where = ''] = place.split('/');
  const kind = object.collection.split('.')[1] ?? '';
  return {
    kind: `compute#${kind.replace(/(?<=ss)es$|s$/, '')}`,
    creationTimestamp: stamp(createdAt),
    name,
    ...(scope === 'zones' ? { zone: link(`projects/${path.split('/')[1]}/zones/${where}`) } : {}),
    ...(scope === 'regions' ? { region: link(`projects/${path.split('/')[1]}/regions/${where}`) } : {}),
    selfLink: link(path),
    ...data,
    ...(Object.hasOwn(VERBS, kind) ? { labelFingerprint: fingerprint(data['labels']) } : {}),
  };
}

/** An operation as Compute Engine answers it: its failure comes with HTTP 200. */
function operationOf(project: Project, operation: GoogleOperation, now: number): Json {
  const done = operation.doneAt <= now;
  const base = `projects/${project.id}/${operation.place}`;
  const [scope = '', where = ''] = operation.place.split('/');
  return {
    kind: 'compute#operation',
    id: String(operation.startedAt),
    name: operation.name,
    operationType: operation.type,
    targetLink: link(operation.target),
    status: done ? 'DONE' : 'RUNNING',
    user: operation.user,
    progress: done ? 100 : 0,
    insertTime: stamp(operation.startedAt),
    startTime: stamp(operation.startedAt),
    ...(done ? { endTime: stamp(operation.doneAt) } : {}),
    ...(scope === 'zones' ? { zone: link(base) } : {}),
    ...(scope === 'regions' ? { region: link(`projects/${project.id}/regions/${where}`) } : {}),
    selfLink: link(`${base}/operations/${operation.name}`),
    ...(done && operation.error
      ? { error: { errors: [operation.error] }, httpErrorStatusCode: 400, httpErrorMessage: 'BAD REQUEST' }
      : {}),
  };
}

/** Begins an operation unless its request was seen before; with the fault it fails without effect. */
function begin(
  call: Call,
  type: string,
  object: { readonly path: string; readonly place: string },
  seconds: number,
  effect: (doneAt: number) => void,
): JsonAnswer {
  const { project, now, account } = call;
  const requestId = call.request.query.get('requestId');
  const seen = requestId === null ? undefined : project.requests.get(requestId);
  if (seen) return ok(operationOf(project, seen, now));
  const failure = call.faults.take('operation-fails');
  const doneAt = Math.max(now, call.after(seconds));
  const operation = project.operate({
    place: object.place,
    type,
    target: object.path,
    user: account.email,
    startedAt: now,
    doneAt,
    ...(failure ? { error: { code: failure.code, message: failure.message ?? failure.code } } : {}),
  });
  if (requestId !== null) project.requests.set(requestId, operation);
  if (!failure) effect(doneAt);
  project.settle(now);
  // A failure is never told at once, as with the service: its operation has to be looked at.
  const { error: _, ...first } = operationOf(project, operation, now);
  return ok({ ...first, status: doneAt <= now && !failure ? 'DONE' : 'RUNNING' });
}

const inUse = (path: string, by: unknown): GoogleError =>
  new GoogleError(
    400,
    'resourceInUseByAnotherResource',
    `The resource '${path}' is already being used by '${String(by)}'`,
  );

function later(object: GoogleObject, until: number, settle: () => void): void {
  object.pending = { until, settle };
}

type Verb = (call: Call, object: GoogleObject) => JsonAnswer;

function requireState(object: GoogleObject, ...states: readonly string[]): void {
  if (states.includes(String(object.data['status']))) return;
  throw new GoogleError(
    400,
    'resourceNotReady',
    `The resource '${object.path}' is not ready: it is ${String(object.data['status'])}.`,
  );
}

const setLabels: Verb = (call, object) => {
  const { labels, labelFingerprint } = bodyOf(call.request);
  if (labelFingerprint !== fingerprint(object.data['labels']))
    throw new GoogleError(
      412,
      'conditionNotMet',
      'Labels fingerprint either invalid or resource labels have changed',
    );
  return begin(call, 'setLabels', object, 1, () => {
    const { labels: _, ...data } = object.data;
    const none = Object.keys(labels ?? {}).length === 0;
    object.data = none ? data : { ...data, labels };
  });
};

/** Methods beside get and delete: permission and what they do. */
const VERBS: Readonly<Record<string, Readonly<Record<string, readonly [permission: string, verb: Verb]>>>> = {
  instances: {
    start: [
      'compute.instances.start',
      (call, object) => {
        requireState(object, 'TERMINATED', 'RUNNING');
        return begin(call, 'start', object, 20, (until) => {
          object.data = { ...object.data, status: 'STAGING' };
          later(object, until, () => {
            object.data = { ...object.data, status: 'RUNNING', lastStartTimestamp: stamp(until) };
            const open = object.idleSpans.at(-1);
            if (open) open.to = until;
          });
        });
      },
    ],
    stop: [
      'compute.instances.stop',
      (call, object) =>
        begin(call, 'stop', object, 30, (until) => {
          object.data = { ...object.data, status: 'STOPPING' };
          later(object, until, () => {
            object.data = { ...object.data, status: 'TERMINATED', lastStopTimestamp: stamp(until) };
            object.idleSpans.push({ from: until, to: undefined });
          });
        }),
    ],
    reset: [
      'compute.instances.reset',
      (call, object) => {
        requireState(object, 'RUNNING');
        return begin(call, 'reset', object, 5, () => {});
      },
    ],
    setMachineType: [
      'compute.instances.setMachineType',
      (call, object) => {
        requireState(object, 'TERMINATED');
        const wanted = String(bodyOf(call.request)['machineType']);
        const match = /zones\/([^/]+)\/machineTypes\/([a-z0-9-]+)$/.exec(wanted);
        if (!match || `zones/${match[1]}` !== object.place)
          throw new GoogleError(400, 'invalid', `Invalid value for field 'machineType': '${wanted}'.`);
        return begin(call, 'setMachineType', object, 3, () => {
          const machineType = link(`projects/${call.project.id}/${object.place}/machineTypes/${match[2]}`);
          object.data = { ...object.data, machineType };
        });
      },
    ],
    detachDisk: [
      'compute.instances.detachDisk',
      (call, object) => {
        const name = call.request.query.get('deviceName');
        const disks = (object.data['disks'] ?? []) as Json[];
        const found = disks.find((disk) => disk['deviceName'] === name);
        if (!found)
          throw new GoogleError(400, 'invalid', `No attached disk found with device name '${name}'`);
        if (found['boot'] === true) requireState(object, 'TERMINATED');
        return begin(call, 'detachDisk', object, 3, (until) => {
          object.data = { ...object.data, disks: disks.filter((disk) => disk !== found) };
          const disk = call.project.find('compute.disks', String(found['source']).replace(LINK, ''));
          if (disk) {
            const { users: _, ...data } = disk.data;
            disk.data = { ...data, lastDetachTimestamp: stamp(until) };
          }
        });
      },
    ],
    attachDisk: [
      'compute.instances.attachDisk',
      (call, object) => {
        const wanted = bodyOf(call.request);
        const path = String(wanted['source']).replace(LINK, '');
        const disk = call.project.find('compute.disks', path);
        if (!disk) throw notFound(path);
        if (Array.isArray(disk.data['users'])) throw inUse(path, disk.data['users'][0]);
        return begin(call, 'attachDisk', object, 3, (until) => {
          const disks = (object.data['disks'] ?? []) as Json[];
          const entry = { ...wanted, kind: 'compute#attachedDisk', index: disks.length, source: link(path) };
          object.data = { ...object.data, disks: [...disks, entry] };
          disk.data = { ...disk.data, users: [link(object.path)], lastAttachTimestamp: stamp(until) };
        });
      },
    ],
    setLabels: ['compute.instances.setLabels', setLabels],
  },
  disks: {
    createSnapshot: [
      'compute.disks.createSnapshot',
      (call, object) => {
        const { name, storageLocations, labels } = bodyOf(call.request);
        const path = `projects/${call.project.id}/global/snapshots/${String(name)}`;
        if (call.project.find('compute.snapshots', path) && !repeated(call))
          throw new GoogleError(409, 'alreadyExists', `The resource '${path}' already exists`);
        return begin(call, 'createSnapshot', object, 30, (until) => {
          const gib = Number(object.data['sizeGb']);
          const snapshot = call.project.add('compute.snapshots', 'global', String(name), call.now, {
            id: call.project.newId(),
            status: 'CREATING',
            sourceDisk: link(object.path),
            sourceDiskId: object.data['id'],
            diskSizeGb: String(gib),
            storageBytes: String(Math.round(gib * 0.4 * 1024 ** 3)),
            storageLocations: Array.isArray(storageLocations)
              ? storageLocations
              : [object.place.split('/')[1]],
            snapshotType: 'STANDARD',
            ...(labels === undefined ? {} : { labels }),
          });
          later(snapshot, until, () => {
            snapshot.data = { ...snapshot.data, status: 'READY' };
          });
        });
      },
    ],
    setLabels: ['compute.disks.setLabels', setLabels],
  },
  snapshots: { setLabels: ['compute.snapshots.setLabels', setLabels] },
  images: { setLabels: ['compute.images.setLabels', setLabels] },
  addresses: { setLabels: ['compute.addresses.setLabels', setLabels] },
};

const repeated = (call: Call): boolean =>
  call.project.requests.has(call.request.query.get('requestId') ?? '');

function notFound(path: string): GoogleError {
  return new GoogleError(404, 'notFound', `The resource '${path}' was not found`);
}

/** What is used by something else can't be deleted. */
function remove(call: Call, object: GoogleObject): JsonAnswer {
  const { project } = call;
  const users = object.data['users'];
  if (Array.isArray(users) && users.length > 0) throw inUse(object.path, users[0]);
  return begin(call, 'delete', object, 10, (until) => {
    project.remove(object, until);
    for (const disk of (object.data['disks'] ?? []) as Json[]) {
      const found = project.find('compute.disks', String(disk['source']).replace(LINK, ''));
      if (!found) continue;
      if (disk['autoDelete'] === true) project.remove(found, until);
      else {
        const { users: _, ...data } = found.data;
        found.data = { ...data, lastDetachTimestamp: stamp(until) };
      }
    }
  });
}

/** Disks are made from a snapshot or empty. */
function insertDisk(call: Call, place: string): JsonAnswer {
  const { project } = call;
  const body = bodyOf(call.request);
  const name = String(body['name']);
  const path = `projects/${project.id}/${place}/disks/${name}`;
  if (project.find('compute.disks', path) && !repeated(call))
    throw new GoogleError(409, 'alreadyExists', `The resource '${path}' already exists`);
  const source = body['sourceSnapshot'];
  const from = typeof source === 'string' ? source.replace(LINK, '') : undefined;
  const snapshot = from === undefined ? undefined : project.find('compute.snapshots', from);
  if (from !== undefined && !snapshot) throw notFound(from);
  return begin(call, 'insert', { path, place }, 10, (until) => {
    const disk = project.add('compute.disks', place, name, call.now, {
      id: project.newId(),
      status: 'CREATING',
      sizeGb: snapshot?.data['diskSizeGb'] ?? '10',
      ...body,
      type: link(`projects/${project.id}/${place}/diskTypes/${String(body['type']).split('/').at(-1)}`),
      ...(from === undefined ? {} : { sourceSnapshot: link(from) }),
    });
    later(disk, until, () => {
      disk.data = { ...disk.data, status: 'READY' };
    });
  });
}

function aggregated(call: Call, kind: string): JsonAnswer {
  const { project } = call;
  const all = project.of(`compute.${kind}` as Collection);
  const reachable = all.filter((object) => !project.unreachable.has(object.place.split('/')[1] ?? ''));
  if (project.unreachable.size > 0 && call.request.query.get('returnPartialSuccess') !== 'true')
    throw new GoogleError(503, 'backendError', 'The service is currently unavailable.');
  const { items, next } = page(reachable, call, 'maxResults', 500);
  const scopes = SCOPES[kind] ?? [];
  const places = [
    ...(scopes.includes('global') ? ['global'] : []),
    ...(scopes.includes('regions') ? REGIONS.map((region) => `regions/${region}`) : []),
    ...(scopes.includes('zones') ? ZONES.map((zone) => `zones/${zone}`) : []),
  ];
  const lost = places.filter((place) => project.unreachable.has(place.split('/')[1] ?? ''));
  return ok({
    kind: `compute#${kind}AggregatedList`,
    items: Object.fromEntries(
      places.map((place) => {
        const here = items.filter((object) => object.place === place).map(entity);
        if (here.length > 0) return [place, { [kind]: here }];
        const code = lost.includes(place) ? 'UNREACHABLE' : 'NO_RESULTS_ON_PAGE';
        const message = lost.includes(place)
          ? `The scope '${place}' could not be reached.`
          : `There are no results for scope '${place}' on this page.`;
        return [place, { warning: { code, message, data: [{ key: 'scope', value: place }] } }];
      }),
    ),
    ...next,
    ...(lost.length > 0 ? { unreachables: lost } : {}),
  });
}

/** The method of Compute Engine behind a path below `/compute/v1/`; undefined when there is none. */
export function computeRoute(method: string, path: string): Route | undefined {
  const parts = path.split('/');
  const route = (permission: string, serve: Route['serve']): Route => ({ api: HOST, permission, serve });
  if (parts.length === 3 && parts[2] === 'regions' && method === 'GET')
    return route('compute.regions.list', (call) => {
      const { items, next } = page(REGIONS, call, 'maxResults', 500);
      return ok({ items: items.map((name) => ({ kind: 'compute#region', name, status: 'UP' })), ...next });
    });
  if (parts[2] === 'aggregated' && parts.length === 4 && method === 'GET') {
    const kind = parts[3] ?? '';
    if (!Object.hasOwn(SCOPES, kind)) return undefined;
    return route(`compute.${kind}.list`, (call) => aggregated(call, kind));
  }
  const isGlobal = parts[2] === 'global';
  const place = isGlobal ? 'global' : `${parts[2]}/${parts[3]}`;
  const [kind = '', name, verb, ...rest] = parts.slice(isGlobal ? 3 : 4);
  if (rest.length > 0) return undefined;
  // `wait` may answer before the operation is over, on the service too ("best-effort"): clients ask again.
  const asks = verb === undefined ? method === 'GET' : verb === 'wait' && method === 'POST';
  if (kind === 'operations' && name !== undefined && asks) {
    const scope = isGlobal ? 'globalOperations' : `${parts[2]?.replace(/s$/, '')}Operations`;
    return route(`compute.${scope}.get`, ({ project, now }) => {
      const found = project.operations.get(name);
      if (!found || found.place !== place) throw notFound(path);
      return ok(operationOf(project, found, now));
    });
  }
  const scope = isGlobal ? 'global' : (parts[2] as 'zones' | 'regions');
  if (!Object.hasOwn(SCOPES, kind) || !SCOPES[kind]?.includes(scope)) return undefined;
  const collection = `compute.${kind}` as Collection;
  if (name === undefined) {
    if (method === 'GET')
      return route(`compute.${kind}.list`, (call) => {
        const here = call.project.of(collection).filter((object) => object.place === place);
        const { items, next } = page(here, call, 'maxResults', 500);
        return ok({ kind: `compute#${kind}List`, items: items.map(entity), ...next });
      });
    if (method === 'POST' && kind === 'disks')
      return route('compute.disks.create', (call) => insertDisk(call, place));
    return undefined;
  }
  const own = verb === undefined ? path : path.slice(0, -verb.length - 1);
  const known = ({ project }: Call): GoogleObject => {
    const object = project.find(collection, own);
    if (!object) throw notFound(own);
    return object;
  };
  if (verb === undefined && method === 'GET')
    return route(`compute.${kind}.get`, (call) => ok(entity(known(call))));
  if (verb === undefined && method === 'DELETE')
    return route(`compute.${kind}.delete`, (call) => remove(call, known(call)));
  const verbs = VERBS[kind] ?? {};
  const found =
    verb !== undefined && method === 'POST' && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  return found && route(found[0], (call) => found[1](call, known(call)));
}

import type { JsonAnswer } from '../microsoft/http.ts';
import { IMAGE_PROJECTS, machineTypes, publishedImages } from './compute-catalogue.ts';
import { INSERTS } from './compute-create.ts';
import { begin, entity, inUse, link, LINK, notFound, operationOf, REGIONS, ZONES } from './compute-model.ts';
import { VERBS } from './compute-verbs.ts';
import { GoogleError, ok, page, stamp, type Call, type Route } from './http.ts';
import { regionOf, type Collection, type GoogleObject, type Json } from './project.ts';

const HOST = 'compute.googleapis.com';

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
  if (parts.length === 3 && parts[2] === 'zones' && method === 'GET')
    return route('compute.zones.list', (call) => {
      const { items, next } = page(ZONES, call, 'maxResults', 500);
      const region = (zone: string) => link(`projects/${call.project.id}/regions/${regionOf(zone)}`);
      const found = items.map((name) => ({ kind: 'compute#zone', name, status: 'UP', region: region(name) }));
      return ok({ kind: 'compute#zoneList', items: found, ...next });
    });
  if (parts.length === 5 && parts[2] === 'zones' && parts[4] === 'machineTypes' && method === 'GET')
    return route('compute.machineTypes.list', (call) => {
      const found = machineTypes(call.project.id, parts[3] ?? '');
      const { items, next } = page(found, call, 'maxResults', 500);
      return ok({ kind: 'compute#machineTypeList', items, ...next });
    });
  if (IMAGE_PROJECTS.has(parts[1] ?? ''))
    return parts.slice(2).join('/') === 'global/images' && method === 'GET'
      ? route('compute.images.list', (call) => {
          const { items, next } = page(publishedImages(parts[1] ?? ''), call, 'maxResults', 500);
          return ok({ kind: 'compute#imageList', items, ...next });
        })
      : undefined;
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
    const insert = method === 'POST' && Object.hasOwn(INSERTS, kind) ? INSERTS[kind] : undefined;
    return insert && route(`compute.${kind}.create`, (call) => insert(call, place));
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

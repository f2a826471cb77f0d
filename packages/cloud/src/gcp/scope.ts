import { resource, toAttributes, type Facts } from '../shared/normalise.ts';
import { CloudError } from '../errors.ts';
import type { Resource, ResourceRef, ResourceType } from '../resource.ts';
import type { Operation, ServiceReader, TypeReader } from '../shared/model.ts';
import { capped } from '../shared/paging.ts';
import { labelsOf, str, texts, type Api, type Entity, type GcpSession } from './session.ts';

/** Where a listing or a call runs. */
export interface Scope {
  readonly session: GcpSession;
  /** Where something new is to be; whatever exists names its own place. */
  readonly region: string;
  readonly signal: AbortSignal | undefined;
  /** Nothing is sent; see `Connection.rehearse`. */
  readonly rehearsal: boolean;
}

export type GcpReader = TypeReader<Scope>;
export type GcpService = ServiceReader<Scope>;
export type GcpOperation = Operation<Scope>;

/** Hosts of full resource names (Cloud Asset Inventory, "Asset names") by API. */
const HOSTS: Readonly<Partial<Record<Api, string>>> = {
  compute: 'compute.googleapis.com',
  storage: 'storage.googleapis.com',
  sql: 'cloudsql.googleapis.com',
  functions: 'cloudfunctions.googleapis.com',
  container: 'container.googleapis.com',
  projects: 'cloudresourcemanager.googleapis.com',
};

/** `projects/p/zones/z/disks/d` → `//compute.googleapis.com/projects/p/zones/z/disks/d`. */
export function fullName(api: Api, path: string): string {
  return `//${HOSTS[api] ?? ''}/${path}`;
}

/** The path of an API's method behind a full resource name. @throws CloudError `not_found` for any other text */
export function pathOf(session: GcpSession, api: Api, nativeId: string): string {
  const base = `//${HOSTS[api] ?? ''}/`;
  const path = nativeId.startsWith(base) ? nativeId.slice(base.length) : '';
  const parts = path.split('/');
  const mine =
    api === 'storage' ? parts.length === 1 : parts[0] === 'projects' && parts[1] === session.projectId;
  // Names hold no other characters; nothing may lead the path elsewhere.
  if (!mine || parts.some((part) => !/^[A-Za-z0-9][A-Za-z0-9._:~%+-]*$/.test(part)))
    throw new CloudError({ kind: 'not_found', message: `${nativeId} is not a resource of this project.` });
  return path;
}

/** `https://www.googleapis.com/compute/v1/projects/…` → its full resource name; undefined for others. */
export function fromLink(link: string | undefined): string | undefined {
  const path = /\/compute\/(?:v1|beta)\/(projects\/.+)$/.exec(link ?? '')?.[1];
  return path === undefined ? undefined : fullName('compute', path);
}

/** Last segment of a link or path. */
export function last(link: string | undefined): string | undefined {
  return link === undefined ? undefined : (link.split('/').at(-1) ?? undefined);
}

/** `us-central1-a` → `us-central1`. */
export function regionOfZone(zone: string): string {
  return zone.replace(/-[a-z]$/, '');
}

/** Where an object of Compute Engine is: from its zone, its region, or global. */
export function placeOf(entity: Entity): { readonly region: string; readonly zone?: string } {
  const zone = last(str(entity, 'zone'));
  if (zone !== undefined) return { region: regionOfZone(zone), zone };
  return { region: last(str(entity, 'region')) ?? 'global' };
}

/** What is told of every object of Compute Engine; readers add the rest. */
export function computeResource(type: string, entity: Entity, more: Partial<Facts>): Resource {
  const link = str(entity, 'selfLink');
  const name = str(entity, 'name') ?? '';
  return resource({
    type,
    nativeId: fromLink(link) ?? fullName('compute', name),
    id: name,
    name,
    ...placeOf(entity),
    state: 'active',
    stateRaw: str(entity, 'status'),
    createdAt: str(entity, 'creationTimestamp'),
    tags: labelsOf(entity),
    attributes: toAttributes(entity, ['kind']),
    ...more,
  });
}

/** A part of an aggregated list: `zones/us-east4-c` with its items or a warning. */
interface ScopedList {
  readonly warning?: { readonly code?: string; readonly message?: string };
  readonly [collection: string]: unknown;
}
interface AggregatedPage {
  readonly nextPageToken?: string;
  readonly items?: Readonly<Record<string, ScopedList>>;
  readonly unreachables?: readonly string[];
}
interface GlobalPage {
  readonly nextPageToken?: string;
  readonly items?: readonly Entity[];
}

/** A listing cut at the connection's cap. */
const bounded = (
  { session }: Scope,
  call: string,
  batches: AsyncIterable<readonly Resource[]>,
): AsyncGenerator<readonly Resource[]> =>
  capped(batches, { call, region: 'global', maxItems: session.caller.maxItems, log: session.caller.log });

/** Items of a page at most; a page of an aggregated list spans zones. */
const PAGE = 500;

/**
 * Reads a collection of Compute Engine. An aggregated list answers all zones and regions at once; those that can't be
 * reached are named in `unreachables` or by a warning: the others are kept, and the listing ends as incomplete.
 */
export function computeReader(options: {
  readonly type: ResourceType;
  /** `instances`, as in paths and in `compute.instances.list`. */
  readonly collection: string;
  readonly aggregated: boolean;
  readonly map: (entity: Entity) => Resource;
}): GcpReader {
  const { type, collection, aggregated, map } = options;
  async function* read({ session, signal }: Scope): AsyncGenerator<readonly Resource[]> {
    const request = {
      api: 'compute' as const,
      permission: `compute.${collection}.list`,
      path: `projects/${session.projectId}/${aggregated ? 'aggregated' : 'global'}/${collection}`,
      query: { maxResults: PAGE, ...(aggregated ? { returnPartialSuccess: 'true' } : {}) },
    };
    if (!aggregated) {
      for await (const pages of session.pages<GlobalPage>(request, signal))
        for (const page of pages) yield (page.items ?? []).map(map);
      return;
    }
    const missing = new Set<string>();
    for await (const pages of session.pages<AggregatedPage>(request, signal))
      for (const page of pages) {
        for (const place of page.unreachables ?? []) missing.add(last(place) ?? place);
        const found: Resource[] = [];
        for (const [place, part] of Object.entries(page.items ?? {})) {
          const items = part[collection];
          if (Array.isArray(items)) found.push(...(items as Entity[]).map(map));
          else if (part.warning && part.warning.code !== 'NO_RESULTS_ON_PAGE')
            missing.add(last(place) ?? place);
        }
        yield found;
      }
    if (missing.size > 0)
      throw new CloudError({
        kind: 'unavailable',
        message: `Not reached: ${[...missing].sort().join(', ')}. The other places are listed.`,
        call: request.permission,
        region: 'global',
        providerCode: 'UNREACHABLE',
      });
  }
  return {
    type,
    list: (scope) => bounded(scope, `compute.${collection}.list`, read(scope)),
    async inspect({ session, signal }, ref: ResourceRef) {
      const path = pathOf(session, 'compute', ref.nativeId);
      const permission = `compute.${collection}.get`;
      return map(await session.call<Entity>({ api: 'compute', permission, path }, { signal }));
    },
  };
}

/** Reads a collection of an API whose pages hold one list. Places it could not reach make it incomplete. */
export function listReader(options: {
  readonly type: ResourceType;
  readonly api: Api;
  /** `cloudsql.instances`: `.list` and `.get` are put behind it. */
  readonly permission: string;
  readonly path: (session: GcpSession) => string;
  readonly query?: (session: GcpSession) => Readonly<Record<string, string | number>>;
  /** Query of a single read. */
  readonly getQuery?: Readonly<Record<string, string>>;
  /** Name of the list in a page. */
  readonly items: string;
  /** Path of a single read; default: the path of the full resource name. */
  readonly getPath?: (path: string) => string;
  readonly map: (entity: Entity, session: GcpSession) => Resource;
}): GcpReader {
  const { type, api, permission, items, map } = options;
  async function* read({ session, signal }: Scope): AsyncGenerator<readonly Resource[]> {
    const request = {
      api,
      permission: `${permission}.list`,
      path: options.path(session),
      ...(options.query === undefined ? {} : { query: options.query(session) }),
    };
    const missing = new Set<string>();
    for await (const pages of session.pages<Entity & { nextPageToken?: string }>(request, signal))
      for (const page of pages) {
        for (const place of [...texts(page, 'unreachable'), ...texts(page, 'missingZones')])
          missing.add(last(place) ?? place);
        const found = page[items];
        yield Array.isArray(found) ? (found as Entity[]).map((one) => map(one, session)) : [];
      }
    if (missing.size > 0)
      throw new CloudError({
        kind: 'unavailable',
        message: `Not reached: ${[...missing].sort().join(', ')}. The other places are listed.`,
        call: request.permission,
        region: 'global',
        providerCode: 'UNREACHABLE',
      });
  }
  return {
    type,
    list: (scope) => bounded(scope, `${permission}.list`, read(scope)),
    async inspect({ session, signal }, ref) {
      const path = pathOf(session, api, ref.nativeId);
      const request = {
        api,
        permission: `${permission}.get`,
        path: options.getPath?.(path) ?? path,
        ...(options.getQuery === undefined ? {} : { query: options.getQuery }),
      };
      return map(await session.call<Entity>(request, { signal }), session);
    },
  };
}

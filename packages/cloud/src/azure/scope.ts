import type { Operation, ServiceReader, TypeReader } from '../shared/model.ts';
import { relations, resource, toAttributes, type Facts } from '../shared/normalise.ts';
import { CloudError } from '../errors.ts';
import type { Resource, ResourceRef, ResourceState } from '../resource.ts';
import type { AzureSession, Clients } from './session.ts';

/** Where a listing or a call runs. */
export interface Scope {
  readonly session: AzureSession;
  /** Where something is made; the reads go over all regions. */
  readonly region: string;
  readonly signal: AbortSignal | undefined;
  /** Nothing is sent; see `Connection.rehearse`. */
  readonly rehearsal: boolean;
}

export type AzureReader = TypeReader<Scope>;
export type AzureService = ServiceReader<Scope>;
export type AzureOperation = Operation<Scope>;

/** An id of Resource Manager taken apart. */
export interface ArmId {
  readonly group: string;
  /** Names after the provider, outermost first: server and database. */
  readonly names: readonly string[];
}

/** @throws CloudError `not_found` for a text that is no id of a resource in a group */
export function armId(nativeId: string): ArmId {
  const parts = nativeId.split('/');
  const at = parts.findIndex((part) => part.toLowerCase() === 'providers');
  const group = parts[parts.findIndex((part) => part.toLowerCase() === 'resourcegroups') + 1];
  if (at < 0 || group === undefined)
    throw new CloudError({ kind: 'not_found', message: `${nativeId} is not the id of a resource.` });
  return { group, names: parts.slice(at + 2).filter((_, index) => index % 2 === 1) };
}

/** A resource as the packages answer it; members differ by type. */
export interface ArmObject {
  readonly id?: string;
  readonly name?: string;
  readonly location?: string;
  readonly tags?: Record<string, string> | undefined;
  readonly zones?: readonly string[] | undefined;
}

/**
 * Ids come in different casings of the same thing (virtual machines with upper-case groups, Cost Management all in lower
 * case): ours are lower case, the provider's own stays in `attributes.id`.
 */
export function normalId(id: string): string {
  return id.toLowerCase();
}

/** What is told of every resource; readers add the rest. */
export function armResource(type: string, object: ArmObject, more: Partial<Facts> = {}): Resource {
  const id = object.id ?? '';
  const group = /\/resourcegroups\/([^/]+)/i.exec(id)?.[1];
  return resource({
    type,
    nativeId: normalId(id),
    id: object.name ?? id,
    region: (object.location ?? 'global').toLowerCase().replaceAll(' ', ''),
    name: object.name,
    zone: object.zones?.[0],
    state: 'active',
    tags: object.tags ?? {},
    attributes: {
      ...toAttributes(object),
      ...(group === undefined ? {} : { resourceGroup: group.toLowerCase() }),
    },
    ...more,
  });
}

/** Ids of a relation in our casing. */
export function to(id: string | undefined): string | undefined {
  return id === undefined || id === '' ? undefined : normalId(id);
}

/** State from `provisioningState`, where the type has no life of its own. */
export function provisioning(state: string | undefined, ready: ResourceState = 'active'): ResourceState {
  switch (state?.toLowerCase()) {
    case 'creating':
    case 'resolvingdns':
      return 'creating';
    case 'updating':
    case 'migrating':
      return 'updating';
    case 'deleting':
      return 'deleting';
    case 'failed':
    case 'canceled':
      return 'failed';
    default:
      return ready;
  }
}

/** Builds a reader from one call that lists the subscription and one that gets a resource. */
export function reader<K extends keyof Clients, T extends ArmObject>(options: {
  readonly type: TypeReader<Scope>['type'];
  readonly client: K;
  /** Name of the calls in messages, e.g. `Microsoft.Compute/disks`. */
  readonly call: string;
  readonly list: (
    client: Clients[K],
    options: { abortSignal: AbortSignal },
  ) => {
    byPage(settings?: {
      continuationToken?: string;
    }): AsyncIterableIterator<T[] & { continuationToken?: string }>;
  };
  readonly get: (client: Clients[K], id: ArmId, options: { abortSignal: AbortSignal }) => Promise<T>;
  readonly map: (object: T) => Resource;
}): AzureReader {
  const { type, client, call } = options;
  return {
    type,
    async *list({ session, signal }) {
      for await (const page of session.pages(client, `GET ${call}`, options.list, signal))
        yield page.map(options.map);
    },
    async inspect({ session, signal }: Scope, ref: ResourceRef) {
      const id = armId(ref.nativeId);
      const found = await session.call(client, `GET ${call}`, (c, o) => options.get(c, id, o), { signal });
      return options.map(found);
    },
  };
}

export { relations };

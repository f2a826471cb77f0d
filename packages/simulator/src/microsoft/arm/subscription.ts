import { guid } from '../directory.ts';
import type { CostExportJob } from './cost-exports.ts';

/** Any JSON object of Resource Manager. */
export type Json = Record<string, unknown>;

/** A resource as Resource Manager stores it; ids keep the casing they were made with and are compared without it. */
export interface ArmResource {
  readonly id: string;
  readonly name: string;
  /** `Microsoft.Compute/virtualMachines`. */
  readonly type: string;
  readonly location: string;
  tags: Record<string, string>;
  sku?: Json;
  kind?: string;
  zones?: string[];
  identity?: Json;
  managedBy?: string;
  properties: Json;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** When it was deleted; kept for the bill of the days before. */
  deletedAt?: number;
  /** Spans of time in which a machine was deallocated, for the bill; the last may be open. */
  readonly idleSpans: { from: number; to: number | undefined }[];
  /** State it is on the way to, and when it arrives. */
  pending?: { readonly until: number; readonly settle: (resource: ArmResource) => void };
  /** Time of the last change, for `etag`. */
  version: number;
}

/** What an application may do in a subscription: action globs as in a role definition. */
export interface RoleAssignment {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  /** Actions on what services hold, e.g. blobs. */
  readonly dataActions?: readonly string[];
}

/** One Azure subscription with its resource groups and resources. */
export class Subscription {
  readonly id: string;
  readonly displayName: string;
  readonly tenantId: string;
  state: 'Enabled' | 'Disabled' | 'Warned' = 'Enabled';
  /** vCPUs that a region may hold together. */
  coreQuota = 350;
  readonly groups = new Map<string, ArmResource>();
  /** By lower-case id. */
  readonly resources = new Map<string, ArmResource>();
  /** Deleted resources, for the bill. */
  readonly past: ArmResource[] = [];
  /** Exports of Cost Management that run every day. */
  readonly exports: CostExportJob[] = [];
  /** By object id of the application's principal. */
  readonly roles = new Map<string, RoleAssignment>();

  constructor(options: { readonly seed: string; readonly name: string; readonly tenantId: string }) {
    this.id = guid(options.seed, 'subscription', options.name);
    this.displayName = options.name;
    this.tenantId = options.tenantId;
  }

  groupId(name: string): string {
    return `/subscriptions/${this.id}/resourceGroups/${name}`;
  }

  addGroup(
    name: string,
    location: string,
    createdAt: number,
    tags: Record<string, string> = {},
  ): ArmResource {
    const group: ArmResource = {
      id: this.groupId(name),
      name,
      type: 'Microsoft.Resources/resourceGroups',
      location,
      tags,
      properties: { provisioningState: 'Succeeded' },
      createdAt,
      idleSpans: [],
      version: 1,
    };
    this.groups.set(name.toLowerCase(), group);
    return group;
  }

  /** Adds a resource as it is; nothing is checked. */
  add(
    group: string,
    type: string,
    name: string,
    parts: Pick<ArmResource, 'location' | 'createdAt' | 'properties'> &
      Partial<Pick<ArmResource, 'tags' | 'sku' | 'kind' | 'zones' | 'identity' | 'managedBy'>>,
  ): ArmResource {
    const [namespace = '', ...kinds] = type.split('/');
    const names = name.split('/');
    const path = kinds.map((kind, i) => `${kind}/${names[i] ?? ''}`).join('/');
    const resource: ArmResource = {
      id: `${this.groupId(group)}/providers/${namespace}/${path}`,
      name: names.at(-1) ?? name,
      type,
      tags: {},
      idleSpans: [],
      version: 1,
      ...parts,
      properties: { provisioningState: 'Succeeded', ...parts.properties },
    };
    this.resources.set(resource.id.toLowerCase(), resource);
    return resource;
  }

  find(id: string): ArmResource | undefined {
    return this.resources.get(id.toLowerCase());
  }

  /** Resources of a type, in the order they were made. */
  ofType(type: string): ArmResource[] {
    const wanted = type.toLowerCase();
    return [...this.resources.values()].filter((resource) => resource.type.toLowerCase() === wanted);
  }

  remove(resource: ArmResource, now: number): void {
    resource.deletedAt = now;
    this.resources.delete(resource.id.toLowerCase());
    this.past.push(resource);
    const children = `${resource.id.toLowerCase()}/`;
    for (const [id, child] of this.resources) if (id.startsWith(children)) this.remove(child, now);
  }

  /** Lets what is due arrive. */
  settle(now: number): void {
    for (const resource of this.resources.values()) {
      if (!resource.pending || resource.pending.until > now) continue;
      const { settle } = resource.pending;
      delete resource.pending;
      settle(resource);
      resource.version += 1;
    }
  }
}

/** A resource as answers carry it. */
export function entity(resource: ArmResource): Json {
  const { id, name, type, location, tags, sku, kind, zones, identity, managedBy, properties } = resource;
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(managedBy === undefined ? {} : { managedBy }),
    ...(sku === undefined ? {} : { sku }),
    ...(zones === undefined ? {} : { zones }),
    ...(identity === undefined ? {} : { identity }),
    properties: publicProperties(properties),
    etag: `W/"${guid(id, String(resource.version))}"`,
    id,
    name,
    type,
    location,
    tags,
  };
}

/** Members that begin with an underscore are the simulator's own. */
function publicProperties(properties: Json): Json {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !name.startsWith('_')));
}

/** Whether a role allows an action; globs with `*`, compared without case. */
export function allows(role: RoleAssignment | undefined, action: string): boolean {
  const matches = (glob: string): boolean =>
    new RegExp(
      `^${glob
        .split('*')
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*')}$`,
      'i',
    ).test(action);
  return role !== undefined && role.actions.some(matches) && !role.notActions.some(matches);
}

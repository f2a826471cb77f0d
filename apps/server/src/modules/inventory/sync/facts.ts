import { hash } from 'node:crypto';
import type { Resource } from '@cloudatlas/cloud/resource';
import type { Selectable } from 'kysely';
import type { FieldChange, ResourceTable } from '../tables.ts';

/** Where a resource was found. */
export interface Found {
  organizationId: string;
  workspaceId: string;
  accountId: string;
  provider: string;
  service: string;
  /** Category by resource type. */
  categories: ReadonlyMap<string, string>;
}

const maxChanges = 50;
const maxSearch = 2000;

/** A resource with what comparing and writing it needs. */
export interface Reading {
  readonly resource: Resource;
  /** SHA-256 in hex of everything the provider said. */
  readonly fingerprint: string;
  /** false: some text holds what PostgreSQL cannot, see `cleanDeep`. */
  readonly storable: boolean;
}

/** Reads a resource once as text, for its fingerprint. Adapters keep member order stable. */
export function readingOf(resource: Resource): Reading {
  const { tags, ...rest } = resource;
  const text = JSON.stringify(rest) + JSON.stringify(sorted(tags));
  // JSON escapes NUL and half surrogates, and writes whole ones as they are.
  return { resource, fingerprint: hash('sha256', text), storable: !/\\u(0000|d[89a-f])/.test(text) };
}

function sorted(tags: Record<string, string>): [string, string][] {
  return Object.keys(tags)
    .toSorted()
    .map((key) => [key, tags[key] ?? '']);
}

/** The row of a resource, whose texts are clean, as `json_populate_recordset` reads it. */
export function rowOf(
  resource: Resource,
  fingerprint: string,
  found: Found,
  id: string,
  times: { firstSeen: Date; changed: Date },
): Record<string, unknown> {
  return {
    organization_id: found.organizationId,
    id,
    workspace_id: found.workspaceId,
    account_id: found.accountId,
    provider: found.provider,
    service: found.service,
    type: resource.type,
    category: found.categories.get(resource.type) ?? 'other',
    native_id: resource.nativeId,
    short_id: resource.id,
    name: resource.name,
    region: resource.region,
    zone: resource.zone ?? null,
    state: resource.state,
    state_raw: resource.stateRaw ?? null,
    tags: resource.tags,
    size: resource.size ?? null,
    monthly_amount: resource.monthlyEstimate?.amount ?? null,
    currency: resource.monthlyEstimate?.currency ?? null,
    cloud_created_at: resource.createdAt ?? null,
    first_seen_at: times.firstSeen.toISOString(),
    changed_at: times.changed.toISOString(),
    vanished_at: null,
    search: searchText(resource),
    fingerprint: `\\x${fingerprint}`,
  };
}

function searchText(resource: Resource): string {
  const tags = Object.entries(resource.tags).map(([key, value]) => `${key}=${value}`);
  return clean(
    [resource.name, resource.id, resource.nativeId, ...tags].join(' ').toLowerCase().slice(0, maxSearch),
  );
}

/** PostgreSQL text holds no NUL and no half surrogate; a provider may send either inside a tag. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** The same for every text inside a JSON value. */
export function cleanDeep(value: unknown): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map(cleanDeep);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [clean(key), cleanDeep(item)]));
}

/** What changed between what is stored and what the provider says now, by dotted path; at most 50. */
export function changesBetween(
  before: Pick<Selectable<ResourceTable>, 'name' | 'state' | 'zone' | 'region' | 'tags' | 'size'> & {
    attributes: Record<string, unknown>;
  },
  after: Resource,
): FieldChange[] {
  const changes: FieldChange[] = [];
  compare(changes, 'name', before.name, after.name);
  compare(changes, 'state', before.state, after.state);
  compare(changes, 'zone', before.zone, after.zone ?? null);
  compare(changes, 'region', before.region, after.region);
  compareMembers(changes, 'tags', before.tags, after.tags);
  compareMembers(changes, 'size', before.size ?? {}, after.size ?? {});
  compareMembers(changes, 'attributes', before.attributes, after.attributes);
  return changes.slice(0, maxChanges);
}

function compareMembers(changes: FieldChange[], path: string, before: object, after: object): void {
  const old = before as Record<string, unknown>;
  const now = after as Record<string, unknown>;
  for (const key of new Set([...Object.keys(old), ...Object.keys(now)]))
    compare(changes, `${path}.${key}`, old[key], now[key]);
}

function compare(changes: FieldChange[], path: string, from: unknown, to: unknown): void {
  if (canonical(from) === canonical(to)) return;
  changes.push({ path: path.slice(0, 200), from: short(from), to: short(to) });
}

/** jsonb reorders members, so the comparison must not see their order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

function short(value: unknown): unknown {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length <= 1000 ? cleanDeep(value) : `${clean(text.slice(0, 1000))}…`;
}

import type { Json, Money, Resource, ResourceRelation, ResourceState, SizeSpec } from '../resource.ts';

/** Deepest level of attributes that is kept; answers of AWS stay far below. */
const MAX_DEPTH = 12;

function toJsonValue(value: unknown, depth: number): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value !== 'object' || value instanceof Uint8Array || depth >= MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return value.map((item) => toJsonValue(item, depth + 1) ?? null);
  return toObject(value, depth);
}

function toObject(value: object, depth: number): Record<string, Json> {
  const out: Record<string, Json> = {};
  // Half of an unchanged synchronisation's own work: without a pair for each member.
  for (const key of Object.keys(value)) {
    const json = toJsonValue((value as Record<string, unknown>)[key], depth + 1);
    if (json !== undefined && key !== '$metadata') out[key] = json;
  }
  return out;
}

/** An SDK object as plain JSON: dates as ISO text, bytes and absent members left out. */
export function toAttributes(value: object, leaveOut: readonly string[] = []): Record<string, Json> {
  const json = toObject(value, 0);
  for (const name of leaveOut) delete json[name];
  return json;
}

/** A list of AWS tags as a map; a tag without value has an empty one. */
export function tagMap(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Record<string, string> {
  const map: Record<string, string> = {};
  for (const tag of tags ?? []) if (tag.Key !== undefined) map[tag.Key] = tag.Value ?? '';
  return map;
}

/** Relations whose target is known. */
export function relations(
  ...entries: readonly (readonly [ResourceRelation['kind'], string | undefined])[]
): ResourceRelation[] {
  const seen = new Set<string>();
  const out: ResourceRelation[] = [];
  for (const [kind, targetNativeId] of entries) {
    if (targetNativeId === undefined || targetNativeId === '' || seen.has(`${kind} ${targetNativeId}`))
      continue;
    seen.add(`${kind} ${targetNativeId}`);
    out.push({ kind, targetNativeId });
  }
  return out;
}

/** Facts of a resource as readers collect them. */
export interface Facts {
  readonly type: string;
  readonly nativeId: string;
  readonly id: string;
  readonly region: string;
  readonly name?: string | undefined;
  readonly zone?: string | undefined;
  readonly state: ResourceState;
  readonly stateRaw?: string | undefined;
  readonly tags?: Record<string, string>;
  readonly createdAt?: Date | string | undefined;
  readonly size?: Partial<Record<keyof SizeSpec, string | number | undefined>>;
  readonly relations?: ResourceRelation[];
  readonly attributes: Record<string, Json>;
  /** Price of a month; a plain amount is in USD. */
  readonly monthly?: string | Money | undefined;
}

function instant(value: Date | string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const date = value instanceof Date ? value : new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Without absent members. */
function present<T extends object>(value: T): T {
  const out: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) if (value[key] !== undefined) out[key] = value[key];
  return out as T;
}

/** Builds a resource; absent facts stay absent. Names are cut at 1,024 UTF-16 units without splitting a character. */
export function resource(facts: Facts): Resource {
  const name = facts.name?.trim() || facts.id;
  const size = facts.size ? (present(facts.size) as SizeSpec) : undefined;
  return present({
    type: facts.type,
    nativeId: facts.nativeId,
    id: facts.id,
    region: facts.region,
    name: name.length > 1024 ? name.slice(0, 1024).replace(/[\uD800-\uDBFF]$/, '') : name,
    zone: facts.zone,
    state: facts.state,
    stateRaw: facts.stateRaw,
    tags: facts.tags ?? {},
    createdAt: instant(facts.createdAt),
    size: size && Object.keys(size).length > 0 ? size : undefined,
    relations: facts.relations ?? [],
    attributes: facts.attributes,
    monthlyEstimate:
      typeof facts.monthly === 'string' ? { amount: facts.monthly, currency: 'USD' } : facts.monthly,
  }) as Resource;
}

/** Looks a provider's state word up; unknown words become `unknown`, an absent one `active`. */
export function stateOf(
  table: Readonly<Record<string, ResourceState>>,
  raw: string | undefined,
): ResourceState {
  if (raw === undefined) return 'active';
  return (Object.hasOwn(table, raw) ? table[raw] : undefined) ?? 'unknown';
}

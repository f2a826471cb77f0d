import { CloudError, orGone, taken, type FieldIssue } from '../../errors.ts';
import type { Field, FieldOption, FieldValues } from '../../fields.ts';
import type { CreateResult } from '../../operations.ts';
import type { ResourceRef } from '../../resource.ts';
import type { CreateOrder, Creator } from '../../shared/create.ts';
import { textMap } from '../../shared/parameters.ts';
import { labelIssue } from '../label-rules.ts';
import type { Scope } from '../scope.ts';
import { num, str, type ApiRequest, type Entity, type Page } from '../session.ts';
import { markOf, TOKEN_LABEL } from '../token.ts';

/** What the creators of Google Cloud share. */

export type GcpCreator = Creator<Scope>;

export const LABELS_FIELD: Field = {
  name: 'labels',
  label: 'Labels',
  help: 'Lower-case letters, digits, _ and -.',
  kind: 'tags',
  required: false,
  default: {},
};

/** Names of most resources (RFC 1035, as Compute Engine wants them). */
export const nameField = (maxLength: number, name = 'name', label = 'Name'): Field => ({
  name,
  label,
  kind: 'text',
  required: true,
  maxLength,
  pattern: {
    source: '[a-z]([a-z0-9-]*[a-z0-9])?',
    message: 'takes lower-case letters, digits and hyphens, and begins with a letter',
  },
});

/** The person's labels and the mark of the order. */
export const labelsFor = (input: FieldValues, clientToken: string): Record<string, string> => ({
  ...textMap(input, 'labels'),
  [TOKEN_LABEL]: markOf(clientToken),
});

export function checkLabels(input: FieldValues): FieldIssue[] {
  const issue = labelIssue(textMap(input, 'labels'));
  return issue === undefined ? [] : [{ field: 'labels', message: issue }];
}

/** Reads one object; undefined when there is none. */
export async function existing(scope: Scope, request: ApiRequest): Promise<Entity | undefined> {
  return orGone(scope.session.call<Entity>(request, { signal: scope.signal }));
}

/** All items of a listing. */
export async function itemsOf(scope: Scope, request: ApiRequest, items: string): Promise<readonly Entity[]> {
  const found: Entity[] = [];
  for await (const pages of scope.session.pages<Entity & Page>(request, scope.signal))
    for (const page of pages) {
      const part = page[items];
      if (Array.isArray(part)) found.push(...(part as Entity[]));
    }
  return found;
}

/** One resource that is made by a single request, and known by its name. */
export interface Single {
  /** Field of the name in the form. */
  readonly field: string;
  readonly ref: ResourceRef;
  /** Reads it; undefined when there is none. @throws CloudError `denied` where the name is somebody else's */
  readonly read: () => Promise<Entity | undefined>;
  /** Whether what was read bears the mark of the order. */
  readonly marked: (entity: Entity) => boolean;
  readonly send: () => Promise<void>;
}

/** Its ref if this order made it; null when there is none. @throws CloudError `already_exists` */
async function made({ field, ref, read, marked }: Single): Promise<ResourceRef | null> {
  const found = await read().catch((error: unknown) => {
    // Names that are unique over all of Google Cloud may belong to a project that may not be looked into.
    if (error instanceof CloudError && error.kind === 'denied' && error.problem.httpStatus === 403)
      return null;
    throw error;
  });
  if (found === undefined) return null;
  if (found !== null && marked(found)) return ref;
  throw taken(field, `${ref.id} exists already.`);
}

/** Makes it once: an earlier try's is found by its mark, and a lost answer is followed by a look. */
export async function createOnce(single: Single, order: CreateOrder): Promise<CreateResult> {
  const earlier = await made(single);
  if (!earlier)
    await single.send().catch(async (error: unknown) => {
      const unsure =
        error instanceof CloudError &&
        ['unavailable', 'conflict_state', 'already_exists'].includes(error.kind);
      if (unsure && (await made(single)) !== null) return;
      throw error;
    });
  await order.onCreated(single.ref);
  return { status: earlier ? 'existing' : 'created', resources: [single.ref] };
}

/** What an order for a single resource made. A foreign resource of that name is none of it. */
export async function findOnce(single: Single): Promise<readonly ResourceRef[]> {
  try {
    const found = await made(single);
    return found ? [found] : [];
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'already_exists') return [];
    throw error;
  }
}

/** Zones of the chosen region that are up. */
export async function zones(scope: Scope): Promise<FieldOption[]> {
  const { session, region } = scope;
  const found = await itemsOf(
    scope,
    {
      api: 'compute',
      permission: 'compute.zones.list',
      path: `projects/${session.projectId}/zones`,
      query: { maxResults: 500 },
    },
    'items',
  );
  return found
    .filter((zone) => (str(zone, 'region') ?? '').endsWith(`/regions/${region}`))
    .flatMap((zone) => {
      const value = str(zone, 'name');
      if (value === undefined) return [];
      return [
        { value, label: value, ...(str(zone, 'status') === 'DOWN' ? { disabledReason: 'is down' } : {}) },
      ];
    })
    .toSorted((a, b) => a.value.localeCompare(b.value));
}

/** `2 vCPU · 8 GiB` of an entry of Compute Engine's machine types. */
export function sizeText(entity: Entity): string {
  const gib = (num(entity, 'memoryMb') ?? 0) / 1024;
  return `${num(entity, 'guestCpus') ?? 0} vCPU · ${Math.round(gib * 10) / 10} GiB`;
}

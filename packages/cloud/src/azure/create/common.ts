import { CloudError, orGone, taken } from '../../errors.ts';
import type { FieldOption, FieldValues } from '../../fields.ts';
import type { CreateResult } from '../../operations.ts';
import type { ResourceRef } from '../../resource.ts';
import type { CreateOrder, Creator } from '../../shared/create.ts';
import { collect } from '../../shared/paging.ts';
import { text, textMap } from '../../shared/parameters.ts';
import { normalId, type ArmObject, type Scope } from '../scope.ts';
import type { Clients } from '../session.ts';

/** What the creators of Azure share: a PUT with the mark of the order in its tags, which says the same when repeated. */

export type AzureCreator = Creator<Scope>;

/** What an order wants made, and its mark. */
export type Wanted = Pick<CreateOrder, 'input' | 'clientToken'>;

/** Tag that names the order a resource was created by. */
export const TOKEN_TAG = 'cloudatlas-order';

/** Longest time until a part must be ready that the next one needs. */
const READY_WITHIN_MS = 600_000;

/** The person's tags and the mark of the order. */
export const orderTags = (input: FieldValues, clientToken: string): Record<string, string> => ({
  ...textMap(input, 'tags'),
  [TOKEN_TAG]: clientToken,
});

/** A reference as the inventory has it. */
function refOf(scope: Scope, type: string, group: string, path: string): ResourceRef {
  return {
    type,
    id: path.split('/').at(-1) ?? path,
    nativeId: normalId(
      `/subscriptions/${scope.session.subscriptionId}/resourceGroups/${group}/providers/${path}`,
    ),
    region: scope.region,
  };
}

interface CallOptions {
  readonly abortSignal: AbortSignal;
}

/** Calls of a client with the signal of the scope. */
export async function call<K extends keyof Clients, T>(
  scope: Scope,
  client: K,
  action: string,
  work: (client: Clients[K], options: CallOptions) => Promise<T>,
): Promise<T> {
  return scope.session.call(client, action, work, { signal: scope.signal });
}

/** One resource of an order: how it is read, and the PUT that makes it. */
export interface Part {
  /** Field of the form that its name comes from. */
  readonly field: string;
  readonly ref: ResourceRef;
  read(): Promise<ArmObject | undefined>;
  put(): Promise<unknown>;
}

/** What a part is made of; `K` is the client that reads and makes it. */
interface PartSpec<K extends keyof Clients> {
  /** Field of the form that its name comes from. */
  readonly field?: string;
  readonly type: string;
  readonly group: string;
  readonly client: K;
  /** As actions call it, e.g. `Microsoft.Sql/servers/databases`. */
  readonly kind: string;
  readonly name: string;
  /** Its place in the group; of most the kind and the name. */
  readonly path?: string;
  read(client: Clients[K], options: CallOptions): Promise<ArmObject>;
  put(client: Clients[K], options: CallOptions): Promise<unknown>;
}

/** One resource in a resource group. */
export function partOf<K extends keyof Clients>(scope: Scope, spec: PartSpec<K>): Part {
  const { field = 'name', type, group, client, kind, name, path = `${kind}/${name}` } = spec;
  return {
    field,
    ref: refOf(scope, type, group, path),
    read: () => orGone(call(scope, client, `GET ${kind}`, (c, o) => spec.read(c, o))),
    put: () => call(scope, client, `${kind}/write`, (c, o) => spec.put(c, o)),
  };
}

/** Creating and finding of what a list of parts describes. */
export const making = (
  parts: (scope: Scope, wanted: Wanted) => readonly Part[],
): Pick<AzureCreator, 'create' | 'find'> => ({
  create: (scope, order) => makeAll(scope, order, parts(scope, order)),
  find: (scope, wanted) => findAll(parts(scope, wanted), wanted.clientToken),
});

const markOf = (found: ArmObject | undefined): string | undefined => found?.tags?.[TOKEN_TAG];

function provisioningOf(found: ArmObject): string | undefined {
  const nested = found as { provisioningState?: string; properties?: { provisioningState?: string } };
  return nested.provisioningState ?? nested.properties?.provisioningState;
}

/** Looks until a part can be referred to by the next one. @throws CloudError `conflict_state`, `unavailable` */
async function ready(scope: Scope, part: Part): Promise<void> {
  const { clock, poll } = scope.session.caller;
  const deadline = clock.now() + READY_WITHIN_MS;
  for (let pause = poll.first; ; pause = Math.min(poll.largest, pause * 1.5)) {
    // Right after an accepted PUT some services do not know the resource yet.
    const found = await part.read();
    const state = found && provisioningOf(found);
    if (state === 'Failed' || state === 'Canceled')
      throw new CloudError({
        kind: 'conflict_state',
        message: `Azure could not provision ${part.ref.id}: its state is ${state}.`,
        region: scope.region,
      });
    if (found && (state === undefined || state === 'Succeeded')) return;
    if (clock.now() + pause > deadline)
      throw new CloudError({
        kind: 'unavailable',
        message: `${part.ref.id} is still ${state ?? 'not there'} after ${READY_WITHIN_MS / 60_000} minutes.`,
        region: scope.region,
      });
    await clock.sleep(pause, scope.session.caller.signalOf(scope.signal));
  }
}

/** Makes one part, unless an earlier try did. @returns whether it is new */
async function make(part: Part, clientToken: string): Promise<boolean> {
  const before = await part.read();
  if (before && markOf(before) !== clientToken) throw taken(part.field, `${part.ref.id} exists already.`);
  if (before) return false;
  try {
    await part.put();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    // A lost answer: what is there now tells whether it was done.
    if (error.kind === 'unavailable' && markOf(await part.read()) === clientToken) return true;
    if (error.kind === 'already_exists')
      throw new CloudError({ ...error.problem, fields: [{ field: part.field, message: 'is taken' }] });
    throw error;
  }
  return true;
}

/**
 * Makes parts in their order, each once whatever is repeated; the last one is what was wanted, and is not waited for.
 * A failure carries what exists by then.
 */
async function makeAll(scope: Scope, order: CreateOrder, parts: readonly Part[]): Promise<CreateResult> {
  const made: ResourceRef[] = [];
  let fresh = false;
  try {
    for (const [index, part] of parts.entries()) {
      fresh = (await make(part, order.clientToken)) || fresh;
      made.push(part.ref);
      await order.onCreated(part.ref);
      if (index < parts.length - 1) await ready(scope, part);
    }
  } catch (error) {
    if (error instanceof CloudError && made.length > 0)
      throw new CloudError(error.problem, made.toReversed());
    throw error;
  }
  return { status: fresh ? 'created' : 'existing', resources: made.toReversed() };
}

/** What an order made, parts of what is not there (yet) too. Undefined when the wanted resource, the last part, bears another mark. */
async function findAll(
  parts: readonly Part[],
  clientToken: string,
): Promise<readonly ResourceRef[] | undefined> {
  const wanted = await parts.at(-1)?.read();
  if (wanted && markOf(wanted) !== clientToken) return undefined;
  const found = await Promise.all(
    parts.map(async (part) => (markOf(await part.read()) === clientToken ? [part.ref] : [])),
  );
  return found.flat().toReversed();
}

/** Choices of the resource group. Resources may lie in another region than their group. */
export async function resourceGroups(scope: Scope): Promise<FieldOption[]> {
  const groups = await collect(
    scope.session.pages('resources', 'GET resourceGroups', (c, o) => c.resourceGroups.list(o), scope.signal),
  );
  return groups
    .flatMap(({ name, location }) => (name ? [{ value: name, label: name, detail: location }] : []))
    .toSorted((a, b) => a.label.localeCompare(b.label));
}

/** Location of a listed resource as a region id. */
export const regionOf = (location: string | undefined): string =>
  (location ?? '').toLowerCase().replaceAll(' ', '');

/** The group of the form; it was checked to be there. */
export const groupOf = (input: FieldValues): string => text(input, 'resourceGroup') ?? '';

import { merged } from './concurrency.ts';
import type { Clock, ListEvent, ListRequest, WaitRequest } from '../contract.ts';
import { CloudError, invalidInput, orGone, unsupported, type CloudProblem } from '../errors.ts';
import { checkFields, type Field, type FieldValues } from '../fields.ts';
import type { OperationRequest, OperationResult, Reconciliation, Rehearsal } from '../operations.ts';
import { GLOBAL_REGION, type Resource, type ResourceRef, type ServiceDescriptor } from '../resource.ts';
import type { Operation, ServiceReader, TypeReader } from './model.ts';

const TOKEN = /^[A-Za-z0-9-]{8,64}$/;

/** Refuses tokens that some service would not take. */
export function checkToken(clientToken: string): void {
  if (!TOKEN.test(clientToken))
    throw invalidInput([{ field: 'clientToken', message: 'is 8 to 64 letters, digits and hyphens' }]);
}

function checkedParameters(fields: readonly Field[], given: FieldValues): FieldValues {
  const { values, issues } = checkFields(fields, given);
  if (issues.length > 0) throw invalidInput(issues);
  return values;
}

/**
 * An answer that has not the shape its reader counts on (a member that is null, a text where a list should be) must not
 * end the listing of other types, nor pass for an empty list.
 */
function asCloudError(thrown: unknown): CloudError {
  if (thrown instanceof CloudError) return thrown;
  return new CloudError({
    kind: 'unknown',
    message: 'The answer has not the expected shape.',
    providerCode: thrown instanceof Error ? thrown.name : 'Error',
  });
}

function hasIdentity({ id, nativeId }: Resource): boolean {
  return id !== '' && nativeId !== '';
}

function withoutIdentity(items: number): CloudError {
  return new CloudError({
    kind: 'unavailable',
    message: `The provider listed ${items} without an id; they are left out.`,
    providerCode: 'MissingIdentity',
  });
}

/** What an adapter declares. */
export interface Catalogue<S> {
  /** The provider's name in messages. */
  readonly label: string;
  readonly services: readonly ServiceReader<S>[];
  readonly operations: readonly Operation<S>[];
}

/** The services as the contract shows them. */
export function describeServices<S>(services: readonly ServiceReader<S>[]): readonly ServiceDescriptor[] {
  return services.map(({ id, label, scope, readers }) => ({
    id,
    label,
    scope,
    resourceTypes: readers.map((reader) => reader.type),
  }));
}

/** Turns a catalogue into listing, looking and acting as the contract wants them. */
export class CatalogueRunner<S> {
  readonly #catalogue: Catalogue<S>;
  readonly #readers: ReadonlyMap<string, TypeReader<S>>;
  readonly #operations: ReadonlyMap<string, Operation<S>>;

  constructor(catalogue: Catalogue<S>) {
    this.#catalogue = catalogue;
    this.#readers = new Map(catalogue.services.flatMap((s) => s.readers.map((r) => [r.type.id, r] as const)));
    this.#operations = new Map(
      catalogue.operations.map((o) => [`${o.descriptor.type} ${o.descriptor.id}`, o] as const),
    );
  }

  /** Lists a service type by type at once; a type that fails ends with its problem, as `explain` words it. @throws CloudError `unsupported`, `aborted` */
  async *list(
    request: ListRequest,
    scopeOf: () => Promise<S>,
    signal: AbortSignal | undefined,
    explain: (error: CloudError) => Promise<CloudProblem> = async (error) => error.problem,
  ): AsyncGenerator<ListEvent> {
    const { label, services } = this.#catalogue;
    const service = services.find((s) => s.id === request.service);
    if (!service) throw unsupported(`${label} has no service ${request.service} that is listed`);
    if ((request.region === GLOBAL_REGION) !== (service.scope === 'global')) {
      const place = service.scope === 'global' ? 'once, in the region global' : 'by region';
      throw unsupported(`${service.id} is listed ${place}`);
    }
    const readers = service.readers.filter((r) => !request.types || request.types.includes(r.type.id));
    yield* merged(readers.map((reader) => this.#listType(reader, scopeOf, explain)));
    if (signal?.aborted) throw new CloudError({ kind: 'aborted', message: 'The call was ended.' });
  }

  async *#listType(
    reader: TypeReader<S>,
    scopeOf: () => Promise<S>,
    explain: (error: CloudError) => Promise<CloudProblem>,
  ): AsyncGenerator<ListEvent> {
    const type = reader.type.id;
    let count = 0;
    try {
      let nameless = 0;
      for await (const listed of reader.list(await scopeOf())) {
        // Without an id it can't be told from the next one of its kind.
        const resources = listed.every(hasIdentity) ? listed : listed.filter(hasIdentity);
        nameless += listed.length - resources.length;
        count += resources.length;
        if (resources.length > 0) yield { kind: 'batch', type, resources };
      }
      if (nameless > 0) throw withoutIdentity(nameless);
      yield { kind: 'end', type, complete: true, count };
    } catch (error) {
      if (error instanceof CloudError && error.kind === 'aborted') throw error;
      yield { kind: 'end', type, complete: false, count, problem: await explain(asCloudError(error)) };
    }
  }

  /** The resource as it is; undefined when the provider does not know it. */
  async look(scope: S, ref: ResourceRef): Promise<Resource | undefined> {
    const reader = this.#readers.get(ref.type);
    if (!reader)
      throw unsupported(`${ref.type} is not a resource type of ${this.#catalogue.label} that is read`);
    return orGone(reader.inspect(scope, ref));
  }

  /** @throws CloudError `not_found` */
  async inspect(scope: S, ref: ResourceRef): Promise<Resource> {
    return (await this.look(scope, ref)) ?? this.#missing(ref);
  }

  /** Runs an operation once; see the contract. */
  async operate(scope: S, request: OperationRequest): Promise<OperationResult> {
    checkToken(request.clientToken);
    const operation = this.#operation(request);
    const dryRun = request.dryRun === true;
    if (dryRun && !operation.descriptor.dryRun)
      throw unsupported(`${this.#catalogue.label} has no dry run for ${operation.descriptor.id}`);
    const context = this.#context(scope, operation, request);
    const before = await this.look(scope, request.resource);
    const made = dryRun ? [] : ((await operation.made?.(context)) ?? []);
    if (made.length > 0) return { status: 'already', created: [...made] };
    if (!dryRun && !operation.repeatable && (await operation.evidence(before, context)) === 'yes')
      return { status: 'already', created: [], note: 'It was in the wanted state already.' };
    if (before) this.#checkState(operation, before);
    else if (!operation.descriptor.states?.includes('deleted')) this.#missing(request.resource);
    try {
      return await operation.run({ ...context, before, dryRun });
    } catch (error) {
      const [action] = operation.descriptor.actions;
      if (!(error instanceof CloudError) || error.kind !== 'denied' || error.problem.action || !action)
        throw error;
      // The provider does not say what was missing; the operation knows what it needs.
      throw new CloudError({ ...error.problem, action }, error.leftovers);
    }
  }

  /** What an operation would answer. @param scope one whose writes send nothing */
  async rehearse(scope: S, request: OperationRequest): Promise<Rehearsal> {
    const operation = this.#operation(request);
    const context = this.#context(scope, operation, request);
    const before = await this.look(scope, request.resource);
    const { undo, created } = await operation.run({ ...context, before, dryRun: false });
    return { ...(before ? { before } : {}), ...(undo ? { undo } : {}), created };
  }

  /** Whether an operation happened; see the contract. */
  async reconcile(scope: S, request: OperationRequest): Promise<Reconciliation> {
    const operation = this.#operation(request);
    const context = this.#context(scope, operation, request);
    const seen = await this.look(scope, request.resource);
    const made = (await operation.made?.(context)) ?? [];
    return {
      happened: made.length > 0 ? 'yes' : await operation.evidence(seen, context),
      resources: [...made],
      evidence: seen
        ? `${seen.id} is ${seen.stateRaw ?? seen.state}`
        : `${request.resource.id} does not exist`,
    };
  }

  /** Looks until a wanted state is there; see the contract. */
  async waitFor(
    scope: S,
    request: WaitRequest,
    clock: Clock,
    poll: { readonly first: number; readonly largest: number },
    signal: AbortSignal | undefined,
  ): Promise<Resource | undefined> {
    const deadline = clock.now() + request.timeoutMs;
    let pause = poll.first;
    for (;;) {
      const seen = await this.look(scope, request.resource);
      const state = seen?.state ?? 'deleted';
      request.onLook?.(state, seen?.stateRaw);
      if (request.states.includes(state)) return seen;
      if (state === 'failed' || state === 'deleted')
        throw new CloudError({
          kind: 'conflict_state',
          message: `${request.resource.id} is ${seen?.stateRaw ?? 'gone'} and will not become ${request.states.join(' or ')}.`,
          region: request.resource.region,
        });
      if (clock.now() + pause > deadline)
        throw new CloudError({
          kind: 'unavailable',
          message: `${request.resource.id} is still ${seen?.stateRaw ?? state} after ${Math.round(request.timeoutMs / 1000)} s.`,
          region: request.resource.region,
        });
      try {
        await clock.sleep(pause, signal);
      } catch (error) {
        if (signal?.aborted) throw new CloudError({ kind: 'aborted', message: 'The call was ended.' });
        throw error;
      }
      pause = Math.min(poll.largest, pause * 1.5);
    }
  }

  /** The operation of a request with its checked parameters. @throws CloudError `unsupported`, `invalid_input` */
  preparation(request: OperationRequest) {
    const operation = this.#operation(request);
    return { operation, parameters: checkedParameters(operation.descriptor.parameters, request.parameters) };
  }

  #operation(request: OperationRequest): Operation<S> {
    const operation = this.#operations.get(`${request.resource.type} ${request.operation}`);
    if (!operation) throw unsupported(`${request.resource.type} has no operation ${request.operation}`);
    return operation;
  }

  #context(scope: S, operation: Operation<S>, request: OperationRequest) {
    const parameters = checkedParameters(operation.descriptor.parameters, request.parameters);
    return { scope, resource: request.resource, parameters, clientToken: request.clientToken };
  }

  #checkState(operation: Operation<S>, seen: Resource): void {
    const { states, label } = operation.descriptor;
    const gone = seen.state === 'deleted' || seen.state === 'deleting';
    if (states ? states.includes(seen.state) : !gone) return;
    throw new CloudError({
      kind: 'conflict_state',
      message: `${label} is not possible while ${seen.name} is ${seen.stateRaw ?? seen.state}.`,
    });
  }

  #missing(ref: ResourceRef): never {
    throw new CloudError({
      kind: 'not_found',
      message: `${this.#catalogue.label} does not know ${ref.id}.`,
      region: ref.region,
    });
  }
}

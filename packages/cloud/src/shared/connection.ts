import type { Clock, Connection, ListEvent, ListRequest, WaitRequest } from '../contract.ts';
import type { CloudError, CloudProblem } from '../errors.ts';
import type { Resource, ResourceRef } from '../resource.ts';
import type { CatalogueRunner } from './adapter.ts';
import { CreateCatalogue } from './create.ts';

/** Time and end of a connection's calls. */
export interface Pace {
  readonly clock: Clock;
  readonly poll: { readonly first: number; readonly largest: number };
  /** The reasons to stop: the connection's and the call's. */
  signalOf(signal: AbortSignal | undefined): AbortSignal | undefined;
}

/** The part of a connection that follows from its catalogues: listing, looking, acting and creating. */
export abstract class CatalogueConnection<S> {
  protected abstract readonly runner: CatalogueRunner<S>;
  protected abstract readonly pace: Pace;
  /** What can be created; nothing unless a provider says so. */
  protected readonly creation = new CreateCatalogue<S>('', []);

  /** Where a call runs; in a rehearsal what it writes is not sent. */
  protected abstract scope(
    region: string,
    signal: AbortSignal | undefined,
    rehearsal: boolean,
  ): S | Promise<S>;

  /** Why a type could not be listed, where the first answer is not the best one. */
  protected async explain(error: CloudError, _region: string): Promise<CloudProblem> {
    return error.problem;
  }

  abstract prices(...of: Parameters<Connection['prices']>): ReturnType<Connection['prices']>;

  get creatables() {
    return this.creation.descriptors;
  }

  list(request: ListRequest): AsyncGenerator<ListEvent> {
    return this.runner.list(
      request,
      async () => this.scope(request.region, request.signal, false),
      this.pace.signalOf(request.signal),
      (error) => this.explain(error, request.region),
    );
  }

  async inspect(resource: ResourceRef, signal?: AbortSignal): Promise<Resource> {
    return this.runner.inspect(await this.scope(resource.region, signal, false), resource);
  }

  async operate(request: Parameters<Connection['operate']>[0]) {
    return this.runner.operate(await this.scope(request.resource.region, request.signal, false), request);
  }

  async rehearse(request: Parameters<Connection['rehearse']>[0]) {
    return this.runner.rehearse(await this.scope(request.resource.region, request.signal, true), request);
  }

  async reconcileOperation(request: Parameters<Connection['reconcileOperation']>[0]) {
    return this.runner.reconcile(await this.scope(request.resource.region, request.signal, false), request);
  }

  async waitFor(request: WaitRequest): Promise<Resource | undefined> {
    const { clock, poll } = this.pace;
    const scope = await this.scope(request.resource.region, request.signal, false);
    return this.runner.waitFor(scope, request, clock, poll, this.pace.signalOf(request.signal));
  }

  async options(request: Parameters<Connection['options']>[0]) {
    return this.creation.options(() => this.scope(request.region, request.signal, false), request);
  }

  async estimate(request: Parameters<Connection['estimate']>[0]) {
    return this.creation.estimate(async (query, signal) => (await this.prices([query], signal))[0], request);
  }

  async create(request: Parameters<Connection['create']>[0]) {
    return this.creation.create(() => this.scope(request.region, request.signal, false), request);
  }

  async reconcileCreate(request: Parameters<Connection['reconcileCreate']>[0]) {
    return this.creation.reconcile(() => this.scope(request.region, request.signal, false), request);
  }
}

import type { FieldValues } from '../fields.ts';
import type { OperationDescriptor, OperationResult } from '../operations.ts';
import type { Resource, ResourceRef, ResourceType } from '../resource.ts';

/*
 * How an adapter declares what it can list and do. The scope `S` is whatever its calls need:
 * a session, a subscription, a region. adapter.ts makes the contract's methods of it.
 */

/** How one resource type is read. */
export interface TypeReader<S> {
  readonly type: ResourceType;
  list(scope: S): AsyncIterable<readonly Resource[]>;
  /** Undefined when the provider does not know it; may throw `not_found` as well. */
  inspect(scope: S, ref: ResourceRef): Promise<Resource | undefined>;
}

/** A group of types that is listed together. */
export interface ServiceReader<S> {
  readonly id: string;
  readonly label: string;
  readonly scope: 'regional' | 'global';
  readonly readers: readonly TypeReader<S>[];
}

/** Whether a resource, as seen now, proves that an operation happened. */
export type Evidence = 'yes' | 'no' | 'unknown';

/** Everything an operation works with; parameters are checked and have their defaults. */
export interface OperationContext<S> {
  readonly scope: S;
  readonly resource: ResourceRef;
  /** The resource right before; undefined when the provider does not know it. */
  readonly before: Resource | undefined;
  readonly parameters: FieldValues;
  readonly clientToken: string;
  readonly dryRun: boolean;
}

/** An operation on one type of resource. */
export interface Operation<S> {
  readonly descriptor: OperationDescriptor;
  /** Acts. Leaves checks of state and repetition to the caller. */
  run(context: OperationContext<S>): Promise<OperationResult>;
  evidence(
    resource: Resource | undefined,
    context: Omit<OperationContext<S>, 'before' | 'dryRun'>,
  ): Evidence | Promise<Evidence>;
  /** Doing it again is meant: proof of an earlier time does not count. */
  readonly repeatable?: boolean;
  /** For operations that create: what an earlier try with the same token made. Counts more than `evidence`. */
  made?(context: Omit<OperationContext<S>, 'before' | 'dryRun'>): Promise<readonly ResourceRef[]>;
}

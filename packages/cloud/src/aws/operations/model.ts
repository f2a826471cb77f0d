import type { FieldValues } from '../../fields.ts';
import type { OperationDescriptor, OperationRequest, OperationResult } from '../../operations.ts';
import type { Json, Resource, ResourceRef } from '../../resource.ts';
import type { Scope } from '../scope.ts';

/** Whether a resource, as seen now, proves that an operation happened. `undefined` resource: the provider does not know it. */
export type Evidence = 'yes' | 'no' | 'unknown';

/** Everything an operation works with; parameters are checked and have their defaults. */
export interface OperationContext {
  readonly scope: Scope;
  readonly resource: ResourceRef;
  /** The resource as it was right before; undefined when it is gone. */
  readonly before: Resource | undefined;
  readonly parameters: FieldValues;
  readonly clientToken: string;
  readonly dryRun: boolean;
}

/** An operation on one type of resource. */
export interface Operation {
  readonly descriptor: OperationDescriptor;
  /** Acts. Leaves checks of state and repetition to the caller. */
  run(context: OperationContext): Promise<OperationResult>;
  evidence(
    resource: Resource | undefined,
    context: Omit<OperationContext, 'before' | 'dryRun'>,
  ): Evidence | Promise<Evidence>;
  /** Doing it again is meant: proof of an earlier time does not count. */
  readonly repeatable?: boolean;
  /**
   * For operations that create: what an earlier try with the same token made, and finished making. It is
   * asked first, and counts more than `evidence`.
   */
  made?(context: Omit<OperationContext, 'before' | 'dryRun'>): Promise<readonly ResourceRef[]>;
}

/** Parameters as typed values; they were checked against the fields before. */
export function text(parameters: FieldValues, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function number(parameters: FieldValues, name: string): number | undefined {
  const value = parameters[name];
  return typeof value === 'number' ? value : undefined;
}

export function flag(parameters: FieldValues, name: string): boolean {
  return parameters[name] === true;
}

export function textList(parameters: FieldValues, name: string): string[] {
  const value = parameters[name];
  return Array.isArray(value) ? value.filter((v) => typeof v === 'string') : [];
}

export function textMap(parameters: FieldValues, name: string): Record<string, string> {
  const value: Json | undefined = parameters[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** A raw attribute as text. */
export function attribute(resource: Resource | undefined, name: string): string | undefined {
  const value = resource?.attributes[name];
  return typeof value === 'string' ? value : undefined;
}

/** A member of an object attribute. */
export function member(seen: Resource | undefined, name: string, inner: string): Json | undefined {
  const value = seen?.attributes[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[inner] : undefined;
}

/** The result of a plain call. */
export function result(
  status: OperationResult['status'],
  answer: { readonly $metadata?: { readonly requestId?: string | undefined } } | undefined,
  more: Partial<OperationResult> = {},
): OperationResult {
  const requestId = answer?.$metadata?.requestId;
  return { status, created: [], ...(requestId === undefined ? {} : { requestId }), ...more };
}

export type { OperationRequest, OperationResult };

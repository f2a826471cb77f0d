import type { OperationRequest, OperationResult } from '../../operations.ts';
import type { Json, Resource } from '../../resource.ts';
import type { Operation as SharedOperation, OperationContext as SharedContext } from '../../shared/model.ts';
import type { Scope } from '../scope.ts';

/** An operation on one type of resource of AWS. */
export type Operation = SharedOperation<Scope>;
export type OperationContext = SharedContext<Scope>;

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

import type { FaultSet } from '../../control/faults.ts';
import type { Caller } from '../entra.ts';
import { ApiError, type JsonAnswer, type JsonRequest } from '../http.ts';
import type { Json } from './subscription.ts';

/** Items of a page; the service decides, clients can't. */
const PAGE = 200;

/** Everything a call needs. */
export interface ArmCall {
  readonly request: JsonRequest;
  readonly caller: Caller;
  readonly now: number;
  readonly after: (seconds: number) => number;
  readonly faults: FaultSet;
}

/** Resource Manager's refusal of a resource that is not there. */
export const notFound = (type: string, name: string, group: string): ApiError =>
  new ApiError(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );

/** One page of a listing; its next address carries on where it ends. */
export function page(call: ArmCall, all: readonly Json[]): JsonAnswer {
  const { request, faults } = call;
  const paging = faults.paging();
  const size = Math.min(PAGE, paging?.maxItems ?? PAGE);
  const at = Number(request.query.get('$skiptoken') ?? 0) || 0;
  const next = new URLSearchParams(request.query);
  next.set('$skiptoken', paging?.repeatToken === true ? String(Math.max(at, 1)) : String(at + size));
  const more = at + size < all.length || paging?.repeatToken === true;
  return {
    status: 200,
    body: {
      value: all.slice(at, at + size),
      ...(more ? { nextLink: `${request.origin}${request.path}?${next.toString()}` } : {}),
    },
  };
}

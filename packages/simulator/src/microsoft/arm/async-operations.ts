import { ApiError, type JsonAnswer } from '../http.ts';
import type { ArmCall } from './call.ts';
import { parsePath } from './paths.ts';
import type { Json } from './subscription.ts';

/** A change under way that clients ask after. */
interface AsyncOperation {
  readonly until: number;
  /** Body of the `Location` address when it is over. */
  readonly result: (() => Json | undefined) | undefined;
  readonly error: { readonly code: string; readonly message: string } | undefined;
}

/** Changes under way, and the addresses at which clients ask after them. */
export class AsyncOperations {
  readonly #operations = new Map<string, AsyncOperation>();

  /** 202 with both headers of a long-running operation. */
  accepted(
    call: ArmCall,
    location: string,
    namespace: string,
    until: number,
    result: (() => Json | undefined) | undefined,
    failed?: { readonly code: string; readonly message?: string },
  ): JsonAnswer {
    const id = crypto.randomUUID();
    this.#operations.set(id, {
      until,
      result,
      error: failed ? { code: failed.code, message: failed.message ?? failed.code } : undefined,
    });
    const base = `${call.request.origin}/subscriptions/${parsePath(call.request.path)?.subscription}/providers/${namespace}/locations/${location}`;
    const version = `api-version=${call.request.query.get('api-version')}`;
    return {
      status: 202,
      headers: {
        'azure-asyncoperation': `${base}/operations/${id}?${version}`,
        location: `${base}/operationResults/${id}?${version}`,
        'retry-after': '1',
      },
    };
  }

  /** Answers either address. @param status whether the caller asked for the status, not the result */
  answer(call: ArmCall, status: boolean, id: string): JsonAnswer {
    const operation = this.#operations.get(id);
    if (!operation) throw new ApiError(404, 'NotFound', `The operation ${id} was not found.`);
    const over = operation.until <= call.now;
    if (!status)
      return over
        ? { status: 200, body: operation.result?.() }
        : {
            status: 202,
            headers: {
              location: `${call.request.origin}${call.request.path}?${call.request.query.toString()}`,
              'retry-after': '1',
            },
          };
    const state = !over ? 'InProgress' : operation.error ? 'Failed' : 'Succeeded';
    return {
      status: 200,
      headers: over ? {} : { 'retry-after': '1' },
      body: { name: id, status: state, ...(over && operation.error ? { error: operation.error } : {}) },
    };
  }
}

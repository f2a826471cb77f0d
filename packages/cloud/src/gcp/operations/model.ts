import { createHash } from 'node:crypto';
import { CloudError } from '../../errors.ts';
import type { Field } from '../../fields.ts';
import type { OperationDescriptor, OperationResult } from '../../operations.ts';
import type { ResourceState } from '../../resource.ts';
import { operationFailure } from '../errors.ts';
import { fromLink, pathOf, type Scope } from '../scope.ts';
import { list, num, obj, str, type ApiRequest, type Entity } from '../session.ts';

/** What the operations of Google Cloud share. */

export const INSTANCE = 'gcp.compute.instance';
export const DISK = 'gcp.compute.disk';
export const SQL = 'gcp.sql.instance';

export type Status = OperationResult['status'];
export const answer = (status: Status, more: Partial<OperationResult> = {}): OperationResult => ({
  status,
  created: [],
  ...more,
});

export interface Parts {
  readonly type: string;
  readonly id: string;
  readonly label: string;
  readonly states?: readonly ResourceState[];
  readonly parameters?: readonly Field[];
  readonly confirm?: OperationDescriptor['confirm'];
  readonly until?: readonly ResourceState[];
  readonly undo?: string;
  readonly captured?: true;
  readonly actions: readonly string[];
}

export function descriptor(parts: Parts): OperationDescriptor {
  const { parameters = [], confirm = 'simple', ...rest } = parts;
  return { ...rest, parameters, confirm, dryRun: false };
}

/**
 * `requestId` of Compute Engine: a request with one that was seen before does nothing and answers the first operation.
 * It must be a UUID; ours follows from the token (version 8, RFC 9562).
 */
export function requestId(clientToken: string, step = ''): string {
  const hex = createHash('sha256').update(`${clientToken}\0${step}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Longest wait for an operation that has to be over before the answer, in milliseconds. */
const LONGEST_MS = 180_000;

function failed(operation: Entity, call: string): CloudError | undefined {
  const error = obj(operation, 'error');
  if (!error) return undefined;
  const first = list(error, 'errors')[0] ?? error;
  // Kubernetes Engine answers google.rpc.Status, whose code is a number.
  const code = str(first, 'code') ?? str(first, 'kind') ?? String(num(first, 'code') ?? 'UNKNOWN');
  return operationFailure(code, str(first, 'message') ?? '', call);
}

/** Where an operation is looked at again; undefined for an answer that is none. */
function pathOfOperation(scope: Scope, { api }: ApiRequest, operation: Entity): string | undefined {
  const name = str(operation, 'name');
  if (name === undefined) return undefined;
  const project = `projects/${scope.session.projectId}`;
  if (api === 'sql') return `${project}/operations/${encodeURIComponent(name)}`;
  if (api === 'compute') {
    const link = fromLink(str(operation, 'selfLink'));
    return link === undefined ? undefined : pathOf(scope.session, 'compute', link);
  }
  const location = /\/(?:zones|locations)\/([a-z0-9-]+)\//.exec(str(operation, 'selfLink') ?? '')?.[1];
  const place = str(operation, 'location') ?? str(operation, 'zone') ?? location;
  return place === undefined
    ? undefined
    : `${project}/locations/${place}/operations/${encodeURIComponent(name)}`;
}

/**
 * Sends a change; in a rehearsal nothing is sent. Failures of operations come with HTTP 200, so each answer is looked
 * into; with `settle` also its end is waited for: for changes that no state shows.
 * @throws CloudError
 */
export async function act(
  scope: Scope,
  request: ApiRequest,
  options: { readonly settle?: boolean; readonly repeatable?: boolean } = {},
): Promise<void> {
  if (scope.rehearsal) return;
  const { session, signal } = scope;
  const retry = options.repeatable === false ? 'refused-only' : 'safe';
  let operation = await session.call<Entity>(request, { signal, retry });
  const { caller } = session;
  const deadline = caller.clock.now() + LONGEST_MS;
  let pause = caller.poll.first;
  for (;;) {
    const error = failed(operation, request.permission);
    if (error) throw error;
    const status = str(operation, 'status');
    const path = pathOfOperation(scope, request, operation);
    if (options.settle !== true || status === undefined || status === 'DONE' || path === undefined) return;
    if (caller.clock.now() + pause > deadline)
      throw new CloudError({
        kind: 'unavailable',
        message: `The operation is still ${status} after ${LONGEST_MS / 1000} s.`,
        call: request.permission,
      });
    await caller.clock.sleep(pause, signal);
    pause = Math.min(caller.poll.largest, pause * 1.5);
    const permission = request.permission.replace(/\.\w+\.\w+$/, '.operations.get');
    operation = await session.call<Entity>({ api: request.api, permission, path }, { signal });
  }
}

/** A path below an object, in the API of its type. */
export function below(scope: Scope, nativeId: string, verb = ''): string {
  const path = pathOf(scope.session, 'compute', nativeId);
  return verb === '' ? path : `${path}/${verb}`;
}

import type { JsonAnswer } from '../microsoft/http.ts';
import { GoogleError, ok, stamp, type Call } from './http.ts';
import { fingerprint, type GoogleObject, type GoogleOperation, type Json, type Project } from './project.ts';

/** What the methods of Compute Engine share. */

export const LINK = 'https://www.googleapis.com/compute/v1/';
export const REGIONS = ['us-central1', 'us-east1', 'southamerica-east1', 'europe-west1'] as const;
export const ZONES = REGIONS.flatMap((region) => ['a', 'b', 'c'].map((letter) => `${region}-${letter}`));

/** Collections whose objects carry labels. */
const LABELLED = new Set(['instances', 'disks', 'snapshots', 'images', 'addresses']);

/** Full URL of a path of Compute Engine. */
export const link = (path: string): string => `${LINK}${path}`;

/** An object as Compute Engine answers it. */
export function entity(object: GoogleObject): Json {
  const { data, place, path, name, createdAt } = object;
  const [scope = '', where = ''] = place.split('/');
  const kind = object.collection.split('.')[1] ?? '';
  return {
    kind: `compute#${kind.replace(/(?<=ss)es$|s$/, '')}`,
    creationTimestamp: stamp(createdAt),
    name,
    ...(scope === 'zones' ? { zone: link(`projects/${path.split('/')[1]}/zones/${where}`) } : {}),
    ...(scope === 'regions' ? { region: link(`projects/${path.split('/')[1]}/regions/${where}`) } : {}),
    selfLink: link(path),
    ...data,
    ...(LABELLED.has(kind) ? { labelFingerprint: fingerprint(data['labels']) } : {}),
  };
}

/** An operation as Compute Engine answers it: its failure comes with HTTP 200. */
export function operationOf(project: Project, operation: GoogleOperation, now: number): Json {
  const done = operation.doneAt <= now;
  const base = `projects/${project.id}/${operation.place}`;
  const [scope = '', where = ''] = operation.place.split('/');
  return {
    kind: 'compute#operation',
    id: String(operation.startedAt),
    name: operation.name,
    operationType: operation.type,
    targetLink: link(operation.target),
    status: done ? 'DONE' : 'RUNNING',
    user: operation.user,
    progress: done ? 100 : 0,
    insertTime: stamp(operation.startedAt),
    startTime: stamp(operation.startedAt),
    ...(done ? { endTime: stamp(operation.doneAt) } : {}),
    ...(scope === 'zones' ? { zone: link(base) } : {}),
    ...(scope === 'regions' ? { region: link(`projects/${project.id}/regions/${where}`) } : {}),
    selfLink: link(`${base}/operations/${operation.name}`),
    ...(done && operation.error
      ? { error: { errors: [operation.error] }, httpErrorStatusCode: 400, httpErrorMessage: 'BAD REQUEST' }
      : {}),
  };
}

/** Begins an operation unless its request was seen before; with the fault it fails without effect. */
export function begin(
  call: Call,
  type: string,
  object: { readonly path: string; readonly place: string },
  seconds: number,
  effect: (doneAt: number) => void,
): JsonAnswer {
  const { project, now, account } = call;
  const requestId = call.request.query.get('requestId');
  const seen = requestId === null ? undefined : project.requests.get(requestId);
  if (seen) return ok(operationOf(project, seen, now));
  const failure = call.faults.take('operation-fails');
  const doneAt = Math.max(now, call.after(seconds));
  const operation = project.operate({
    place: object.place,
    type,
    target: object.path,
    user: account.email,
    startedAt: now,
    doneAt,
    ...(failure ? { error: { code: failure.code, message: failure.message ?? failure.code } } : {}),
  });
  if (requestId !== null) project.requests.set(requestId, operation);
  if (!failure) effect(doneAt);
  project.settle(now);
  // A failure is never told at once, as with the service: its operation has to be looked at.
  const { error: _, ...first } = operationOf(project, operation, now);
  return ok({ ...first, status: doneAt <= now && !failure ? 'DONE' : 'RUNNING' });
}

export const inUse = (path: string, by: unknown): GoogleError =>
  new GoogleError(
    400,
    'resourceInUseByAnotherResource',
    `The resource '${path}' is already being used by '${String(by)}'`,
  );

/** What becomes of an object, and when. */
export function later(object: GoogleObject, until: number, settle: () => void): void {
  object.pending = { until, settle };
}

/** @throws GoogleError `resourceNotReady` in any other state */
export function requireState(object: GoogleObject, ...states: readonly string[]): void {
  if (states.includes(String(object.data['status']))) return;
  throw new GoogleError(
    400,
    'resourceNotReady',
    `The resource '${object.path}' is not ready: it is ${String(object.data['status'])}.`,
  );
}

/** Whether the request was served before: it may be sent again. */
export const repeated = (call: Call): boolean =>
  call.project.requests.has(call.request.query.get('requestId') ?? '');

export function notFound(path: string): GoogleError {
  return new GoogleError(404, 'notFound', `The resource '${path}' was not found`);
}

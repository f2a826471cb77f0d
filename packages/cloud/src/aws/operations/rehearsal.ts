import { CloudError } from '../../errors.ts';
import type { OperationRequest, Rehearsal } from '../../operations.ts';
import type { Scope } from '../scope.ts';
import type { AwsSession, ServiceHandle } from '../session.ts';
import { RUNNER } from './perform.ts';

/** Commands that change nothing, by the names AWS gives them. */
const READS = /^(Describe|Get|List|Head|Lookup|Search|BatchGet)/;

/** A rehearsal that has not told after this long has nothing to tell. */
const PATIENCE_MS = 20_000;

/**
 * Learns what an operation would answer without acting: it is run with every command that changes something
 * answered by nothing at all, while reads go through. What can only be known from the answer of a change (the
 * id of a new thing) stays unknown.
 */
export async function rehearse(scope: Scope, request: OperationRequest): Promise<Rehearsal> {
  const late = AbortSignal.timeout(PATIENCE_MS);
  const signal = scope.signal ? AbortSignal.any([scope.signal, late]) : late;
  const quiet: Scope = { ...scope, session: withoutWrites(scope.session), signal };
  const { operation, parameters } = RUNNER.preparation(request);
  const before = await RUNNER.look(scope, request.resource);
  try {
    const result = await operation.run({
      scope: quiet,
      resource: request.resource,
      before,
      parameters,
      clientToken: request.clientToken,
      dryRun: false,
    });
    return {
      ...(before === undefined ? {} : { before }),
      ...(result.undo === undefined ? {} : { undo: result.undo }),
      created: result.created.filter((ref) => ref.id !== ''),
    };
  } catch (error) {
    // A check before the first change refused it: acting will say so, and there is nothing to take back.
    // Anything else went wrong on an answer that is not there.
    if (error instanceof CloudError && (scope.signal?.aborted === true || error.retryable)) throw error;
    return { ...(before === undefined ? {} : { before }), created: [] };
  }
}

function withoutWrites(session: AwsSession): AwsSession {
  const open: AwsSession['open'] = async (service, region) => {
    const handle = await session.open(service, region);
    const send: ServiceHandle<unknown>['send'] = (command, options) =>
      READS.test(command.constructor.name)
        ? handle.send(command, options)
        : Promise.resolve({ $metadata: {} } as never);
    return { ...handle, send };
  };
  return new Proxy(session, {
    get(target, name) {
      if (name === 'open') return open;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

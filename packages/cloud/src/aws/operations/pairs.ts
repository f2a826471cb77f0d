import { result, type Operation, type OperationContext } from './model.ts';

/** Pausing and resuming, starting and stopping: pairs that undo each other. */
export function startAndStop(
  type: string,
  labels: readonly [start: string, stop: string],
  actions: readonly [start: string, stop: string],
  send: (
    context: OperationContext,
    verb: 'start' | 'stop',
  ) => Promise<{ $metadata: { requestId?: string | undefined } }>,
  note?: string,
): Operation[] {
  return (['start', 'stop'] as const).map((verb): Operation => {
    const undo = verb === 'start' ? 'stop' : 'start';
    const index = verb === 'start' ? 0 : 1;
    const done = verb === 'start' ? ['starting', 'running'] : ['stopping', 'stopped'];
    return {
      descriptor: {
        id: verb,
        type,
        label: labels[index],
        states: [verb === 'start' ? 'stopped' : 'running'],
        parameters: [],
        confirm: verb === 'start' ? 'none' : 'simple',
        dryRun: false,
        until: [verb === 'start' ? 'running' : 'stopped'],
        undo,
        actions: [actions[index]],
      },
      async run(context) {
        return result('accepted', await send(context, verb), {
          undo: { operation: undo, parameters: {} },
          ...(note !== undefined && verb === 'stop' ? { note } : {}),
        });
      },
      evidence: (seen) => (seen && done.includes(seen.state) ? 'yes' : 'no'),
    };
  });
}

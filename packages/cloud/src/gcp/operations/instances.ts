import type { Field } from '../../fields.ts';
import type { ResourceState } from '../../resource.ts';
import { text } from '../../shared/parameters.ts';
import type { GcpOperation } from '../scope.ts';
import { act, answer, below, descriptor, INSTANCE, requestId, type Parts } from './model.ts';

/** Starts or stops: proven by its state. */
function toggle(parts: Parts, verb: string, wanted: ResourceState): GcpOperation {
  return {
    descriptor: descriptor({ until: [wanted], ...parts }),
    async run({ scope, resource, clientToken }) {
      await act(scope, {
        api: 'compute',
        permission: parts.actions[0] ?? '',
        method: 'POST',
        path: below(scope, resource.nativeId, verb),
        query: { requestId: requestId(clientToken, verb) },
      });
      return answer(
        'accepted',
        parts.undo === undefined ? {} : { undo: { operation: parts.undo, parameters: {} } },
      );
    },
    evidence: (seen) => (seen?.state === wanted ? 'yes' : 'no'),
  };
}

const SIZE: Field = {
  name: 'size',
  label: 'Machine type',
  kind: 'text',
  required: true,
  maxLength: 63,
  pattern: { source: '[a-z][a-z0-9-]*[a-z0-9]', message: 'is not the name of a machine type' },
};

export const instanceOperations: readonly GcpOperation[] = [
  toggle(
    {
      type: INSTANCE,
      id: 'start',
      label: 'Start',
      states: ['stopped'],
      confirm: 'none',
      undo: 'stop',
      actions: ['compute.instances.start'],
    },
    'start',
    'running',
  ),
  toggle(
    {
      type: INSTANCE,
      id: 'stop',
      label: 'Stop',
      states: ['running'],
      undo: 'start',
      actions: ['compute.instances.stop'],
    },
    'stop',
    'stopped',
  ),
  {
    ...toggle(
      {
        type: INSTANCE,
        id: 'restart',
        label: 'Restart (reset)',
        states: ['running'],
        actions: ['compute.instances.reset'],
      },
      'reset',
      'running',
    ),
    repeatable: true,
    evidence: () => 'unknown',
  },
  {
    descriptor: descriptor({
      type: INSTANCE,
      id: 'resize',
      label: 'Change machine type',
      // setMachineType is refused in any other state.
      states: ['stopped'],
      parameters: [SIZE],
      undo: 'resize',
      actions: ['compute.instances.setMachineType'],
    }),
    async run({ scope, resource, before, parameters, clientToken }) {
      const zone = /\/zones\/([a-z0-9-]+)\//.exec(resource.nativeId)?.[1] ?? '';
      const size = text(parameters, 'size') ?? '';
      await act(
        scope,
        {
          api: 'compute',
          permission: 'compute.instances.setMachineType',
          method: 'POST',
          path: below(scope, resource.nativeId, 'setMachineType'),
          query: { requestId: requestId(clientToken, 'setMachineType') },
          body: { machineType: `zones/${zone}/machineTypes/${size}` },
        },
        { settle: true },
      );
      const former = before?.size?.sku;
      return answer(
        'done',
        former === undefined ? {} : { undo: { operation: 'resize', parameters: { size: former } } },
      );
    },
    evidence: (seen, { parameters }) => (seen?.size?.sku === text(parameters, 'size') ? 'yes' : 'no'),
  },
];

import type { Field } from '../../fields.ts';
import type { OperationDescriptor, OperationResult } from '../../operations.ts';
import type { Resource, ResourceState } from '../../resource.ts';
import { text } from '../../shared/parameters.ts';
import { armId, type ArmId, type AzureOperation, type Scope } from '../scope.ts';
import type { Clients } from '../session.ts';

/** What the operations of Azure share. Long-running ones are started and answered as `accepted`; states tell when they are over. */

export const VM = 'azure.compute.vm';

export type Status = OperationResult['status'];
export const answer = (status: Status, more: Partial<OperationResult> = {}): OperationResult => ({
  status,
  created: [],
  ...more,
});

/** Starts something; in a rehearsal nothing is sent. */
export async function act<K extends keyof Clients>(
  scope: Scope,
  client: K,
  call: string,
  work: (client: Clients[K], options: { abortSignal: AbortSignal }) => Promise<unknown>,
): Promise<void> {
  if (scope.rehearsal) return;
  await scope.session.call(client, call, work, { signal: scope.signal });
}

export interface Parts {
  readonly type: string;
  readonly id: string;
  readonly label: string;
  readonly states?: readonly ResourceState[];
  readonly parameters?: readonly Field[];
  readonly confirm?: OperationDescriptor['confirm'];
  readonly until?: readonly ResourceState[];
  readonly undo?: string;
  readonly actions: readonly string[];
}

export function descriptor(parts: Parts): OperationDescriptor {
  const { parameters = [], confirm = 'simple', ...rest } = parts;
  return { ...rest, parameters, confirm, dryRun: false };
}

/** Switches something on or off: proven by its state. */
export function toggle<K extends keyof Clients>(
  parts: Parts,
  client: K,
  wanted: ResourceState,
  start: (client: Clients[K], id: ArmId, options: { abortSignal: AbortSignal }) => Promise<unknown>,
): AzureOperation {
  return {
    descriptor: descriptor({ until: [wanted], ...parts }),
    async run({ scope, resource }) {
      await act(scope, client, parts.actions[0] ?? parts.id, (c, o) => start(c, armId(resource.nativeId), o));
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
  label: 'Size',
  kind: 'text',
  required: true,
  maxLength: 100,
  pattern: { source: '[A-Za-z0-9_-]+', message: 'is not the name of a size' },
};

/** A change of the size: the former one is its undo. */
export function resize<K extends keyof Clients>(
  parts: Omit<Parts, 'id' | 'label' | 'undo' | 'parameters'>,
  client: K,
  change: (
    client: Clients[K],
    id: ArmId,
    size: string,
    seen: Resource | undefined,
    options: { abortSignal: AbortSignal },
  ) => Promise<unknown>,
): AzureOperation {
  return {
    descriptor: descriptor({ ...parts, id: 'resize', label: 'Resize', undo: 'resize', parameters: [SIZE] }),
    async run({ scope, resource, before, parameters }) {
      const size = text(parameters, 'size') ?? '';
      await act(scope, client, parts.actions[0] ?? 'resize', (c, o) =>
        change(c, armId(resource.nativeId), size, before, o),
      );
      const former = before?.size?.sku;
      return answer(
        'accepted',
        former === undefined ? {} : { undo: { operation: 'resize', parameters: { size: former } } },
      );
    },
    evidence: (seen, { parameters }) => (seen?.size?.sku === text(parameters, 'size') ? 'yes' : 'no'),
  };
}

import type { Field, FieldValues } from '../../fields.ts';
import type { OperationResult } from '../../operations.ts';
import type { Json, Resource, ResourceRef } from '../../resource.ts';
import { TOKEN_TAG } from '../token.ts';
import { result, type Operation, type OperationContext } from './model.ts';
import { textMap } from '../../shared/parameters.ts';

/** An operation's context without what only running has. */
export type TokenContext = Omit<OperationContext, 'before' | 'dryRun'>;

const CONFIGURATION: Field = {
  name: 'configuration',
  label: 'Captured configuration',
  kind: 'json',
  required: true,
};
const TAGS: Field = { name: 'tags', label: 'Tags', kind: 'tags', required: false, default: {} };

/** Facts of a bringing back. */
interface Restoration {
  readonly type: string;
  readonly label: string;
  readonly actions: readonly string[];
  readonly until: Operation['descriptor']['until'] & object;
  /** Besides `configuration` and `tags`, e.g. the snapshot the data come from. */
  readonly parameters?: readonly Field[];
  /** What an earlier try with the token made and finished. */
  readonly made: (context: TokenContext) => Promise<readonly ResourceRef[]>;
  readonly run: (context: OperationContext) => Promise<OperationResult>;
}

/**
 * An operation `restore` on a resource that is gone: makes it again from a captured configuration. The new
 * resource is in `created`; its id differs unless the provider lets the name be taken again.
 */
export function restoration(facts: Restoration): Operation {
  const { type, label, actions, until, parameters = [], made, run } = facts;
  return {
    descriptor: {
      id: 'restore',
      type,
      label,
      states: ['deleted'],
      parameters: [CONFIGURATION, TAGS, ...parameters],
      confirm: 'simple',
      dryRun: false,
      captured: true,
      until,
      actions,
    },
    made,
    run,
    // Whatever was made is told by `made`; a part of it is finished by asking again.
    evidence: () => 'no',
  };
}

/** The undo of a deletion: what {@link restoration} needs, from the resource as it was. */
export function undoOfDelete(
  before: Resource | undefined,
  more: FieldValues = {},
): Pick<OperationResult, 'undo'> {
  if (!before) return {};
  const { configuration, ...rest } = more;
  return {
    undo: {
      operation: 'restore',
      parameters: {
        configuration: { ...before.attributes, ...(isRecord(configuration) ? configuration : {}) },
        tags: before.tags,
        ...rest,
      },
    },
  };
}

function isRecord(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The captured configuration in the provider's own members; dates are ISO texts. It was written by
 * {@link undoOfDelete} from the SDK type named here.
 */
export function captured<T extends object>(parameters: FieldValues): Partial<T> {
  const value = parameters['configuration'];
  return (isRecord(value) ? value : {}) as Partial<T>;
}

/** The captured tags without AWS's own, and the order's token. */
export function restoredTags({ parameters, clientToken }: TokenContext): { Key: string; Value: string }[] {
  const kept = Object.entries(textMap(parameters, 'tags')).filter(([key]) => !/^aws:/i.test(key));
  return [...kept, [TOKEN_TAG, clientToken] as const].map(([Key, Value]) => ({ Key, Value }));
}

/** The result of a restoration. */
export function restored(
  answer: Parameters<typeof result>[1],
  created: ResourceRef,
  note?: string,
): OperationResult {
  return result('accepted', answer, { created: [created], ...(note === undefined ? {} : { note }) });
}

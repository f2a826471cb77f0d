import type { Fingerprint } from '../tables.ts';
import { attentionOf, type AttentionCause } from './attention.ts';
import type { LoadedAction } from './journal.ts';
import { undoerOf, type Turnover } from './outcome.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { windowMs } from './plan.ts';
import type { ActionRecord } from './tables.ts';

/* The ends that actions come to. */

type Deps = { clock: Clock };

export function inForce(deps: Deps, loaded: LoadedAction, leftAs: Fingerprint | null): Turnover {
  const { action } = loaded;
  const now = deps.clock.now();
  const done = loaded.apply.filter(({ status }) => status === 'done');
  const later = done.flatMap((each) =>
    each.not_before !== null && each.not_before > now ? [each.not_before.getTime()] : [],
  );
  const undoable =
    action.kind === 'schedule' ||
    done.some((each) => each.undo_operation !== null || each.created.length > 0);
  const quarantined = action.kind === 'quarantine_delete';
  const until = new Date(now.getTime() + windowMs);
  return {
    from: ['running'],
    to: quarantined ? 'quarantined' : 'applied',
    set: {
      applied_at: now,
      undo_until: undoable ? until : null,
      undo_from: later.length === 0 ? null : new Date(Math.max(...later)),
      final_at: quarantined ? until : null,
      ...(leftAs === null ? {} : { left_as: JSON.stringify(leftAs) }),
      created: JSON.stringify(done.flatMap((each) => each.created)),
      message:
        done.length === 0 && action.kind !== 'schedule' ? 'It was so already: nothing was done.' : null,
      finished_at: now,
    },
    recommendation: 'applied',
    event: 'applied',
    audit: quarantined ? 'quarantined' : 'applied',
  };
}

export function undone(deps: Deps, action: ActionRecord): Turnover {
  return {
    from: ['undoing', 'applied'],
    to: 'undone',
    set: {
      message: null,
      attention: null,
      undo_pending: false,
      final_at: null,
      undo_until: null,
      finished_at: deps.clock.now(),
    },
    recommendation: 'open',
    event: 'undone',
    audit: 'undone',
    actor: undoerOf(action),
  };
}

export function failed(message: string, recommendation: 'open' | 'expired', { clock }: Deps): Turnover {
  return {
    from: ['running'],
    to: 'failed',
    set: { message, finished_at: clock.now() },
    recommendation,
    event: 'failed',
    audit: 'failed',
    outcome: 'failure',
  };
}

/** Tells a person what is true and what to do. */
export function needsAttention(
  { clock }: Deps,
  loaded: LoadedAction,
  cause: AttentionCause,
  message: string,
): Turnover {
  return {
    from: ['running', 'undoing', 'applied', 'quarantined'],
    to: 'needs_attention',
    set: {
      message: message === '' ? null : message,
      attention: attentionOf(cause, loaded.apply, loaded.undo, message),
      undo_pending: false,
      final_at: null,
      finished_at: clock.now(),
    },
    recommendation: 'needs_attention',
    event: 'needs_attention',
    audit: 'needs_attention',
    outcome: 'failure',
  };
}

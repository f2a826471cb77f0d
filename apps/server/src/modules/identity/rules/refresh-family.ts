import { later, lifetimes } from './lifetimes.ts';

/** What is known about a presented refresh token and its session, read under the session's lock. */
export interface RefreshState {
  now: Date;
  /** Idle end of the token. */
  tokenExpiresAt: Date;
  /** When the token was exchanged; null while it is fresh. */
  usedAt: Date | null;
  /** Whether its successor was exchanged too: then the client had received it. */
  successorUsed: boolean;
  /** Absolute end of the family. */
  familyExpiresAt: Date;
  familyEnded: boolean;
}

/**
 * What presenting a refresh token leads to:
 * `rotate` it is spent and gets its successor; `repeat` the same successor again, for a client whose answer was
 * lost; `reuse` somebody else has it, the family ends (RFC 9700 section 4.14.2); `refuse` it is over anyway.
 */
export type RefreshVerdict = 'rotate' | 'repeat' | 'reuse' | 'refuse';

export function judgeRefresh(state: RefreshState): RefreshVerdict {
  const { now, usedAt } = state;
  if (state.familyEnded || state.familyExpiresAt <= now) return 'refuse';
  if (usedAt !== null) {
    const withinGrace = now < later(usedAt, lifetimes.refreshGrace);
    return withinGrace && !state.successorUsed ? 'repeat' : 'reuse';
  }
  return state.tokenExpiresAt <= now ? 'refuse' : 'rotate';
}

import type { Session } from '@cloudatlas/contracts/identity';
import type { z } from 'zod';
import type { AuditActor } from '#modules/audit/index.ts';
import { notFound } from '#platform/errors/app-error.ts';
import type { IdentityDeps, Origin } from '../deps.ts';
import { endSessions, listOpenSessions } from '../queries/sessions.ts';
import { later, lifetimes } from '../rules/lifetimes.ts';

/** Who asks, in which session. */
export interface Person {
  userId: string;
  sessionId: string;
  actor: AuditActor;
}

export type SessionService = ReturnType<typeof createSessionService>;

/** A person's own sessions: see them, end them. */
export function createSessionService({ db, clock, audit }: IdentityDeps) {
  async function list(person: Person): Promise<z.output<typeof Session>[]> {
    const rows = await db.inSystem('list sessions', (tx) => listOpenSessions(tx, person.userId, clock.now()));
    return rows.map((row) => {
      const idleEnd = later(
        row.last_seen_at,
        lifetimes[row.kind === 'browser' ? 'browserSession' : 'apiSession'].idle,
      );
      return {
        id: row.id,
        kind: row.kind,
        current: row.id === person.sessionId,
        userAgent: row.user_agent,
        ip: row.ip,
        createdAt: row.created_at.toISOString(),
        lastSeenAt: row.last_seen_at.toISOString(),
        expiresAt: new Date(Math.min(idleEnd.getTime(), row.expires_at.getTime())).toISOString(),
      };
    });
  }

  /** Ends one session. @throws AppError `not_found` also for another person's */
  async function revoke(person: Person, sessionId: string, origin: Origin): Promise<void> {
    await db.inSystem('revoke session', async (tx) => {
      const ended = await endSessions(tx, person.userId, { only: sessionId }, 'revoked', clock.now());
      if (ended === 0) throw notFound('The session');
      await record(tx, person, origin, 'session.revoked', sessionId);
    });
  }

  async function revokeOthers(person: Person, origin: Origin): Promise<void> {
    await db.inSystem('revoke other sessions', async (tx) => {
      const ended = await endSessions(
        tx,
        person.userId,
        { except: person.sessionId },
        'revoked',
        clock.now(),
      );
      await record(tx, person, origin, 'session.others_revoked', person.sessionId, { ended });
    });
  }

  async function signOut(person: Person, origin: Origin): Promise<void> {
    await db.inSystem('sign out', async (tx) => {
      const ended = await endSessions(
        tx,
        person.userId,
        { only: person.sessionId },
        'signed_out',
        clock.now(),
      );
      if (ended > 0) await record(tx, person, origin, 'session.signed_out', person.sessionId);
    });
  }

  function record(
    tx: Parameters<typeof audit.record>[0],
    person: Person,
    origin: Origin,
    action: string,
    sessionId: string,
    details: Record<string, unknown> = {},
  ): Promise<void> {
    return audit.record(tx, {
      organizationId: null,
      action,
      outcome: 'success',
      actor: person.actor,
      target: { type: 'session', id: sessionId },
      ip: origin.ip,
      requestId: origin.requestId,
      details,
    });
  }

  return { list, revoke, revokeOthers, signOut };
}

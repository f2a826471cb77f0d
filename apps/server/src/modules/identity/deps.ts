import type { AuditActor, AuditService } from '#modules/audit/index.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Envelope } from '#platform/crypto/envelope.ts';
import type { Database } from '#platform/db/database.ts';
import type { Events } from '#platform/events/events.ts';
import type { RateLimits } from '#platform/http/rate-limits.ts';
import type { Logger } from '#platform/log/log.ts';
import type { Mailer } from '#platform/mail/mailer.ts';
import type { MembershipPort } from './ports.ts';
import type { IdentityTables, UserTable } from './tables.ts';

/** What the services of this module work with. */
export interface IdentityDeps {
  db: Database<IdentityTables>;
  clock: Clock;
  log: Logger;
  audit: Pick<AuditService, 'record'>;
  rateLimits: RateLimits;
  mailer: Mailer;
  envelope: Envelope;
  events: Events;
  membership: MembershipPort;
  /** Origin of links and issuer of access tokens. */
  publicUrl: string;
  secretKey: string;
}

/** Where a request came from: a request context has it. */
export interface Origin {
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
}

/** A person as the audit log names them. */
export function userActor(user: Pick<UserTable, 'id' | 'name' | 'email'>): AuditActor {
  return { kind: 'user', id: user.id, label: labelOf(user) };
}

export function labelOf(user: { name: string; email: string }): string {
  return `${user.name} <${user.email}>`;
}

export const anonymous: AuditActor = { kind: 'anonymous', id: null, label: 'anonymous' };

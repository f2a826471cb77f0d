import type { Logger } from 'pino';
import type { OrganizationScope, Principal, WorkspaceScope } from './access.ts';

export interface CookieOptions {
  maxAgeSeconds: number;
}

/** What every handler knows about its request. */
export interface RequestContext {
  readonly requestId: string;
  /** Address of the client, behind exactly the configured number of proxies. */
  readonly ip: string;
  readonly userAgent: string;
  readonly log: Logger;
  readonly principal: Principal | null;
  /** Ends when the client goes away. */
  readonly signal: AbortSignal;
  cookie(name: string): string | undefined;
  /** Sets an HttpOnly, SameSite=Lax cookie with the `__Host-` prefix where the site runs on https. */
  setCookie(name: string, value: string, options: CookieOptions): void;
  clearCookie(name: string): void;
}

export interface UserContext extends RequestContext {
  readonly principal: Principal;
}

export interface OrganizationContext extends UserContext {
  readonly organization: OrganizationScope;
}

export interface WorkspaceContext extends OrganizationContext {
  readonly workspace: WorkspaceScope;
}

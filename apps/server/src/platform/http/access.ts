import type { Permission, Role, StaffRole } from '@cloudatlas/contracts/permissions';
import type { Feature, Limit, PlanTier } from '@cloudatlas/contracts/plans';

/** Who sends a request, as the authenticator found out. */
export interface Principal {
  kind: 'user' | 'api_key';
  userId: string;
  /** Name and e-mail as the audit log shows them. */
  label: string;
  email: string;
  /** Session or key the request was authenticated with. */
  credentialId: string;
  staffRole: StaffRole | null;
  /** An API key works in one organization with a subset of its owner's permissions. */
  restriction: { organizationId: string; permissions: ReadonlySet<string> } | null;
}

/** An organization as one principal may use it. */
export interface OrganizationScope {
  readonly organizationId: string;
  readonly slug: string;
  readonly name: string;
  readonly plan: PlanTier;
  /** Effective role: of the workspace where the route has one. */
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
}

export interface WorkspaceScope {
  readonly workspaceId: string;
  readonly slug: string;
  readonly name: string;
}

/** What a route demands of the caller. Every route has one; there is no default. */
export type Access =
  | { scope: 'public' }
  /** Any signed-in person; API keys only where `apiKeys` says so. */
  | { scope: 'user'; apiKeys?: boolean }
  | {
      scope: 'organization' | 'workspace';
      permission: Permission;
      /** Feature that the organization's plan must include. */
      feature?: Feature;
      /** Limit of the plan that the handler checks before it adds one more. */
      limit?: Limit;
      /** Allowed while the organization waits for its deletion. */
      whileDeleting?: boolean;
    }
  | { scope: 'staff'; roles: readonly StaffRole[] };

/** How the HTTP layer learns who is calling. Implemented by identity. */
export interface Authenticator {
  /**
   * @param credential what the request carries
   * @returns null when it is missing, unknown, expired or revoked
   */
  authenticate(credential: Credential): Promise<Principal | null>;
}

export interface Credential {
  kind: 'cookie' | 'bearer';
  value: string;
  ip: string;
  userAgent: string;
}

/** How the HTTP layer learns what a principal may do where. Implemented by tenancy. */
export interface ScopeResolver {
  /** @returns null when the organization does not exist or the principal is no member */
  organization(principal: Principal, organizationSlug: string): Promise<ResolvedOrganization | null>;
  /** @returns null when either does not exist for the principal */
  workspace(
    principal: Principal,
    organizationSlug: string,
    workspaceSlug: string,
  ): Promise<ResolvedWorkspace | null>;
}

export interface ResolvedOrganization {
  organization: OrganizationScope;
  deletionScheduledAt: Date | null;
}

export interface ResolvedWorkspace extends ResolvedOrganization {
  workspace: WorkspaceScope;
}

/** Where refused requests are written down. Implemented by audit. */
export interface DenialRecorder {
  recordDenial(denial: Denial): Promise<void>;
}

export interface Denial {
  /** Operation that was refused, e.g. `workspaceCreate`. */
  operationId: string;
  code: string;
  detail: string | null;
  principal: Principal | null;
  organization: OrganizationScope | null;
  workspace: WorkspaceScope | null;
  ip: string;
  requestId: string;
}

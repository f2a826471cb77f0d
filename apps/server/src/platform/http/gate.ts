import { allows, type Permission } from '@cloudatlas/contracts/permissions';
import { cheapestTierWith, includesFeature, type Feature } from '@cloudatlas/contracts/plans';
import { AppError, notFound } from '../errors/app-error.ts';
import type {
  Access,
  OrganizationScope,
  Principal,
  ResolvedWorkspace,
  ScopeResolver,
  WorkspaceScope,
} from './access.ts';

/** What passed the gate; the request's context is made of it. */
export interface Passed {
  principal: Principal | null;
  organization: OrganizationScope | null;
  workspace: WorkspaceScope | null;
}

/**
 * Decides whether a principal may call a route, and with which organization and workspace. Order matters:
 * who first (401), then where (404, so that foreign things look absent), then what (403, 402, 409).
 * @param found is told the scope before a later check refuses, so that the denial names it
 */
export async function passGate(
  access: Access,
  principal: Principal | null,
  params: { org?: string; workspace?: string },
  resolver: ScopeResolver,
  found: (scope: Passed) => void,
): Promise<Passed> {
  if (access.scope === 'public') return { principal, organization: null, workspace: null };
  if (principal === null) throw new AppError('unauthenticated');
  found({ principal, organization: null, workspace: null });
  if (access.scope === 'user') {
    if (principal.kind === 'api_key' && access.apiKeys !== true) {
      throw new AppError('forbidden', 'An API key cannot do this; sign in as a person.');
    }
    return { principal, organization: null, workspace: null };
  }
  if (access.scope === 'staff') {
    // Staff pages do not exist for anybody else.
    if (principal.kind !== 'user' || principal.staffRole === null) throw notFound('The page');
    if (!access.roles.includes(principal.staffRole))
      throw new AppError('forbidden', 'Your staff role does not allow this.');
    return { principal, organization: null, workspace: null };
  }
  const resolved = await resolve(access.scope, principal, params, resolver);
  const passed: Passed = {
    principal,
    organization: resolved.organization,
    workspace: resolved.workspace ?? null,
  };
  found(passed);
  requirePermission(resolved.organization, access.permission);
  if (
    resolved.deletionScheduledAt !== null &&
    access.whileDeleting !== true &&
    access.permission !== 'organization:read'
  ) {
    throw new AppError('conflict', 'This organization is waiting for its deletion. An owner can restore it.');
  }
  if (access.feature !== undefined) requireFeature(resolved.organization, access.feature);
  return passed;
}

async function resolve(
  scope: 'organization' | 'workspace',
  principal: Principal,
  params: { org?: string; workspace?: string },
  resolver: ScopeResolver,
): Promise<Omit<ResolvedWorkspace, 'workspace'> & { workspace?: WorkspaceScope }> {
  const org = params.org ?? '';
  if (scope === 'organization') {
    const resolved = await resolver.organization(principal, org);
    if (resolved === null) throw notFound('The organization');
    return resolved;
  }
  const resolved = await resolver.workspace(principal, org, params.workspace ?? '');
  if (resolved === null) throw notFound('The workspace');
  return resolved;
}

/** @throws AppError `forbidden` naming the permission */
export function requirePermission(organization: OrganizationScope, permission: Permission): void {
  if (organization.permissions.has(permission)) return;
  const byRole = allows(organization.role, permission);
  throw new AppError(
    'forbidden',
    byRole ? 'The API key does not include this permission.' : 'Your role does not allow this.',
    {
      meta: { permission, role: organization.role },
    },
  );
}

/** @throws AppError `plan_required` naming the cheapest plan that has the feature */
export function requireFeature(organization: Pick<OrganizationScope, 'plan'>, feature: Feature): void {
  if (includesFeature(organization.plan, feature)) return;
  throw new AppError('plan_required', undefined, {
    meta: { feature, plan: organization.plan, needs: cheapestTierWith(feature) },
  });
}

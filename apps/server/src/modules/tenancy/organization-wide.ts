import type { Permission } from '@cloudatlas/contracts/permissions';
import { AppError } from '#platform/errors/app-error.ts';
import type { WorkspaceContext } from '#platform/http/context.ts';
import type { TenancyService } from './service.ts';

/** @throws AppError `forbidden` for whoever has the permission in this workspace only */
export type RequireOrganizationWide = (context: WorkspaceContext) => Promise<void>;

/**
 * For what holds in every workspace of the organization though it is reached through one. A role that somebody has in
 * one workspace alone must not change it, or it would reach into all others.
 */
export function organizationWide(
  tenancy: Pick<TenancyService, 'organizationFor'>,
  permission: Permission,
): RequireOrganizationWide {
  return async ({ principal, organization }) => {
    const member = await tenancy.organizationFor(principal.userId, organization.slug);
    if (member?.permissions.has(permission) === true) return;
    throw new AppError(
      'forbidden',
      'These settings hold for the whole organization, and your role for this workspace only.',
      { meta: { permission } },
    );
  };
}

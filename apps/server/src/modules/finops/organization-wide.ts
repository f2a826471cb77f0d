import type { TenancyService } from '#modules/tenancy/index.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { WorkspaceContext } from '#platform/http/context.ts';

/** @throws AppError `forbidden` for whoever may configure savings in this workspace only */
export type RequireOrganizationWide = (context: WorkspaceContext) => Promise<void>;

/**
 * Rules, exclusions and approval hold in every workspace of the organization. A role that somebody has in one
 * workspace alone must not change them, or it would reach into all others.
 */
export function createOrganizationWide(
  tenancy: Pick<TenancyService, 'organizationFor'>,
): RequireOrganizationWide {
  return async ({ principal, organization }) => {
    const member = await tenancy.organizationFor(principal.userId, organization.slug);
    if (member?.permissions.has('finops:configure') === true) return;
    throw new AppError(
      'forbidden',
      'These settings hold for the whole organization, and your role for this workspace only.',
      { meta: { permission: 'finops:configure' } },
    );
  };
}

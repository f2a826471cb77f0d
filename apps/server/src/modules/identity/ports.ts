import type { Permission } from '@cloudatlas/contracts/permissions';

/**
 * What identity must know about organizations to hand out API keys. Tenancy, which stands above identity,
 * implements it; the composition root binds it.
 */
export interface MembershipPort {
  /** The organization as this person may use it now; null when they are no member or it does not exist. */
  organizationFor(
    userId: string,
    slug: string,
  ): Promise<{ organizationId: string; slug: string; permissions: ReadonlySet<Permission> } | null>;
  /** Current slugs by organization id; organizations that no longer exist are absent. */
  slugsOf(organizationIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Contract of the tenancy module. */
export type { TenancyService } from './service.ts';
export { organizationDeleted } from './services/deletion.ts';
export type { UsageCounter } from './services/plans.ts';
export { organizationWide, type RequireOrganizationWide } from './organization-wide.ts';
export { namedUnderWay, type DeletionGuard, type UnderWay, type Within } from './services/under-way.ts';
export { countMembers, lockOrganization, requireRoom } from './services/limits.ts';

/** Port: how tenancy ends API keys. Implemented by identity. */
export interface ApiKeyEnder {
  /** Ends the keys that a person has made for an organization until an instant; later ones stay. */
  endApiKeys(userId: string, organizationId: string, until: Date): Promise<void>;
}

/** Port: how tenancy learns names of people. Implemented by identity. */
export interface PeopleDirectory {
  /** Unknown ids are left out. */
  describeUsers(
    ids: readonly string[],
  ): Promise<{ id: string; name: string; email: string; mfaEnabled: boolean }[]>;
}

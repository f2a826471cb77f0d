import type { Feature as CloudFeature } from '@cloudatlas/cloud/permissions';
import type { RecommendationStatus } from '@cloudatlas/contracts/finops';
import type { Permission } from '@cloudatlas/contracts/permissions';
import { includesFeature, type PlanTier } from '@cloudatlas/contracts/plans';

/** Why a recommendation cannot be applied. */
export type Blocked = 'role' | 'plan' | 'advice' | 'state' | 'pending' | 'account_disabled' | 'feature_off';

/**
 * Why somebody cannot apply a recommendation now; null when they can.
 * @param features what the account's owner must have switched on for it, see `featuresFor`
 */
export function blockOf(
  recommendation: { readonly status: RecommendationStatus; readonly action: unknown },
  account: { readonly enabled: boolean; readonly features: readonly CloudFeature[] },
  who: { readonly permissions: ReadonlySet<Permission>; readonly plan: PlanTier },
  features: readonly CloudFeature[],
): Blocked | null {
  if (recommendation.action === null) return 'advice';
  if (!who.permissions.has('finops:apply')) return 'role';
  if (!includesFeature(who.plan, 'finops.apply')) return 'plan';
  if (recommendation.status === 'applying') return 'pending';
  if (recommendation.status !== 'open') return 'state';
  if (!account.enabled) return 'account_disabled';
  if (features.some((feature) => !account.features.includes(feature))) return 'feature_off';
  return null;
}

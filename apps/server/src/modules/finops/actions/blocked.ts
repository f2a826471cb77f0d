import type { Feature as CloudFeature } from '@cloudatlas/cloud/permissions';
import type { RecommendationStatus } from '@cloudatlas/contracts/finops';
import type { Permission } from '@cloudatlas/contracts/permissions';
import { includesFeature, type PlanTier } from '@cloudatlas/contracts/plans';
import { AppError } from '#platform/errors/app-error.ts';

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
  return accountBlock(account, features);
}

/** Why an account does not allow an action, whoever asks for it; null when it does. */
export function accountBlock(
  account: { readonly enabled: boolean; readonly features: readonly CloudFeature[] },
  features: readonly CloudFeature[],
): Extract<Blocked, 'account_disabled' | 'feature_off'> | null {
  if (!account.enabled) return 'account_disabled';
  return features.some((feature) => !account.features.includes(feature)) ? 'feature_off' : null;
}

const reasons: Readonly<Record<string, string>> = {
  advice: 'This recommendation is advice: there is nothing to apply.',
  state: 'The recommendation is not open any more.',
  pending: 'An action on this resource is already under way.',
  unsupported: 'The provider has no such operation for this resource.',
};

/** The answer to somebody who asked for what is blocked. */
export function refusal(reason: string, account: { readonly name: string }): AppError {
  if (reason === 'role') return new AppError('forbidden', 'Your role does not allow this.');
  if (reason === 'plan') return new AppError('plan_required');
  const text =
    reason === 'account_disabled'
      ? `The account ${account.name} is disabled.`
      : (reasons[reason] ??
        `The account ${account.name} does not let CloudAtlas do this; switch the feature on.`);
  return new AppError('conflict', text, { meta: { blockedBy: reason } });
}

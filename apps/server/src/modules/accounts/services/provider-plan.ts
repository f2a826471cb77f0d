import { featureNames, type PlanTier } from '@cloudatlas/contracts/plans';
import { requireFeature } from '#platform/http/gate.ts';

/** A plan may name a provider among its features; then it is for those plans only. @throws AppError `plan_required` */
export function requireProvider(plan: PlanTier, provider: string): void {
  const feature = featureNames.find((name) => name === provider);
  if (feature !== undefined) requireFeature({ plan }, feature);
}

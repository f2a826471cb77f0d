/** Plan tiers, what each includes and how much of it. Routes declare features and limits by these names. */
export const planTiers = ['free', 'pro', 'enterprise'] as const;
export type PlanTier = (typeof planTiers)[number];

const features = {
  'finops.all_recommendations': ['pro', 'enterprise'],
  'finops.apply': ['pro', 'enterprise'],
  'finops.approval': ['enterprise'],
  'finops.automatic_apply': ['enterprise'],
  budgets: ['pro', 'enterprise'],
  anomalies: ['pro', 'enterprise'],
  schedules: ['pro', 'enterprise'],
  webhooks: ['pro', 'enterprise'],
  sso: ['enterprise'],
  chargeback: ['enterprise'],
  m365: ['enterprise'],
  dedicated_instance: ['enterprise'],
} as const satisfies Record<string, readonly PlanTier[]>;

export type Feature = keyof typeof features;
export const featureNames = Object.keys(features) as Feature[];
export const featureTiers: Readonly<Record<Feature, readonly PlanTier[]>> = features;

const limits = {
  workspaces: { free: 1, pro: 10, enterprise: null },
  members: { free: 5, pro: 50, enterprise: null },
  cloud_accounts: { free: 2, pro: 20, enterprise: null },
  budgets: { free: 0, pro: 5, enterprise: null },
  schedules: { free: 0, pro: 100, enterprise: null },
  recommendations_shown: { free: 3, pro: null, enterprise: null },
} as const satisfies Record<string, Record<PlanTier, number | null>>;

export type Limit = keyof typeof limits;
export const limitNames = Object.keys(limits) as Limit[];
/** `null` means unlimited. */
export const limitOf: Readonly<Record<Limit, Record<PlanTier, number | null>>> = limits;

/** Whether a tier includes a feature. */
export function includesFeature(tier: PlanTier, feature: Feature): boolean {
  return featureTiers[feature].includes(tier);
}

/** The cheapest tier that includes a feature, for the upgrade hint. */
export function cheapestTierWith(feature: Feature): PlanTier {
  return featureTiers[feature][0] ?? 'enterprise';
}

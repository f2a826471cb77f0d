import { useQuery } from '@tanstack/react-query';
import { useT } from '@/app/i18n.ts';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { planQuery } from '@/features/tenancy/queries.ts';

/** Why the person may apply nothing here, by role or plan; undefined when they may. */
export function useApplyDenial(): string | undefined {
  const t = useT('savings');
  const role = useDenial('finops:apply');
  const { data } = useQuery(planQuery(useOrganization().slug));
  const feature = data?.features.find((candidate) => candidate.feature === 'finops.apply');
  if (role !== undefined) return role;
  if (feature === undefined || feature.included) return undefined;
  return t('blocked.plan', { tier: t(`ui:plan.${feature.tiers[0] ?? 'pro'}`) });
}

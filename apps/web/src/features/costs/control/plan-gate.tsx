import type { Feature, PlanTier } from '@cloudatlas/contracts/plans';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { useOrganization } from '@/app/scope.tsx';
import { planQuery } from '@/features/tenancy/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { PlanGate } from '@/ui/states.tsx';

interface GatedProps {
  feature: Feature;
  name: string;
  children: ReactNode;
}

/** Shows the page where the plan includes it, else which plan does and the way there. */
export function Gated({ feature, name, children }: GatedProps) {
  const t = useT('costs');
  const { slug } = useOrganization();
  const { data, error } = useQuery(planQuery(slug));
  if (data === undefined && error === null)
    return (
      <Card>
        <SkeletonLines lines={6} />
      </Card>
    );
  const entry = data?.features.find((candidate) => candidate.feature === feature);
  // Without an answer the server decides: it refuses what the plan does not include.
  if (entry === undefined || entry.included) return children;
  const tier: PlanTier = entry.tiers[0] ?? 'enterprise';
  return (
    <Card>
      <PlanGate
        feature={name}
        tier={t(`ui:plan.${tier}`)}
        action={
          <Button asChild variant="primary">
            <Link to={paths.organizationSettings(slug, 'plan')}>{t('seePlans')}</Link>
          </Button>
        }
      />
    </Card>
  );
}

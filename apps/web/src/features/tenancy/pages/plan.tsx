import { planTiers, type PlanTier } from '@cloudatlas/contracts/plans';
import { useQuery } from '@tanstack/react-query';
import { Check, Minus } from 'lucide-react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useOrganization } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { Badge } from '@/ui/badge.tsx';
import { Card } from '@/ui/card.tsx';
import { cn } from '@/ui/cn.ts';
import { ProgressBar } from '@/ui/progress.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { planQuery, type PlanView } from '../queries.ts';

/** The plan, what is used of it, and what each plan includes. */
export function PlanPage() {
  const t = useT('tenancy');
  const organization = useOrganization();
  const { data, error, refetch } = useQuery(planQuery(organization.slug));
  return (
    <Page title={t('plan.title')} description={t('plan.text')}>
      {data === undefined && error === null ? (
        <Card>
          <SkeletonLines lines={8} />
        </Card>
      ) : null}
      {data === undefined && error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : null}
      {data === undefined ? null : (
        <>
          <Usage plan={data} />
          <Comparison plan={data} />
        </>
      )}
    </Page>
  );
}

function Usage({ plan }: { plan: PlanView }) {
  const t = useT('tenancy');
  const format = useFormat();
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          {t('plan.usage')} <Badge tone="accent">{t(`ui:plan.${plan.tier}`)}</Badge>
        </span>
      }
    >
      <ul className="grid gap-x-8 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
        {plan.limits
          .filter((limit) => limit.used !== null)
          .map(({ limit, used, max }) => {
            const name = t(`limit.${limit}`);
            const full = max !== null && used !== null && used >= max;
            return (
              <li key={limit} className="flex flex-col gap-1.5">
                <span className="flex items-baseline justify-between gap-3">
                  <span>{name}</span>
                  <span className={cn('num', full ? 'font-medium text-danger-text' : 'text-ink-2')}>
                    {format.number(used ?? 0)} / {max === null ? t('plan.unlimited') : format.number(max)}
                  </span>
                </span>
                <ProgressBar
                  label={name}
                  value={max === null ? 0 : used}
                  max={max ?? 1}
                  tone={full ? 'danger' : 'accent'}
                />
              </li>
            );
          })}
      </ul>
    </Card>
  );
}

function Comparison({ plan }: { plan: PlanView }) {
  const t = useT('tenancy');
  const format = useFormat();
  const amount = (value: number | null | undefined): string =>
    value === null || value === undefined ? t('plan.unlimited') : format.number(value);
  return (
    <Card flush title={t('plan.compare')} className="overflow-hidden">
      <div
        tabIndex={0}
        role="region"
        aria-label={t('plan.compare')}
        className="relative overflow-x-auto border-t border-line"
      >
        <table className="w-full min-w-[34rem] border-collapse">
          <thead>
            <tr className="border-b border-line">
              <th scope="col" className="px-4 text-left label-caps">
                {t('plan.included')}
              </th>
              {planTiers.map((tier) => (
                <th
                  key={tier}
                  scope="col"
                  className={cn('w-32 px-3 py-3 text-center font-semibold', tone(tier, plan.tier))}
                >
                  {t(`ui:plan.${tier}`)}
                  {tier === plan.tier ? (
                    <span className="mt-1 block">
                      <Badge tone="accent">{t('plan.current')}</Badge>
                    </span>
                  ) : null}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {plan.limits.map(({ limit, byTier }) => (
              <tr key={limit} className="border-b border-line">
                <th scope="row" className="px-4 py-2 text-left font-normal">
                  {t(`limit.${limit}`)}
                </th>
                {planTiers.map((tier) => (
                  <td key={tier} className={cn('num px-3 py-2 text-center', tone(tier, plan.tier))}>
                    {amount(byTier[tier])}
                  </td>
                ))}
              </tr>
            ))}
            {plan.features.map(({ feature, tiers }) => (
              <tr key={feature} className="border-b border-line last:border-b-0">
                <th scope="row" className="px-4 py-2 text-left font-normal">
                  {t(`feature.${feature.replace('.', '_')}`)}
                </th>
                {planTiers.map((tier) => (
                  <td key={tier} className={cn('px-3 py-2 text-center', tone(tier, plan.tier))}>
                    {tiers.includes(tier) ? (
                      <Check aria-hidden className="mx-auto size-4 text-ok-text" strokeWidth={2.5} />
                    ) : (
                      <Minus aria-hidden className="mx-auto size-3.5 text-line-strong" />
                    )}
                    <span className="sr-only">{tiers.includes(tier) ? t('roles.yes') : t('roles.no')}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** The column of the present plan is tinted. */
function tone(tier: PlanTier, current: PlanTier): string {
  return tier === current ? 'bg-accent-soft/50' : '';
}

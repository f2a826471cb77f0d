import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { CostTrend } from '@/features/providers/provider/cost-trend.tsx';
import { Findings } from '@/features/providers/provider/findings.tsx';
import { Problems } from '@/features/providers/provider/problems.tsx';
import { Card, Stat } from '@/ui/card.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { LicenceBars } from '../licence-bars.tsx';
import { useSubscriptions } from '../use-subscriptions.ts';
import { useMicrosoft365Paths } from '../paths.ts';
import { allRowsQuery, countQuery, provider, types } from '../queries.ts';
import { useTenants } from '../tenant.tsx';
import { conditions, daysAgo, idleDays } from '../conditions.ts';

/** The tenants in a few figures, each leading to where it comes from. */
export function OverviewTab() {
  const t = useT('microsoft365');
  const format = useFormat();
  const to = useMicrosoft365Paths();
  const { tenants = [], tenant } = useTenants();
  const subscriptions = useSubscriptions();
  const count = useCounts(tenant);
  const mayCosts = useDenial('costs:read') === undefined;
  const mayFindings = useDenial('finops:read') === undefined;
  if (count.error !== null) return <ErrorState error={count.error} onRetry={count.retry} />;
  if (count.users === undefined) return <Skeleton className="h-64!" />;
  const { totals } = subscriptions;
  const figures = [
    {
      id: 'users',
      to: to.users,
      value: format.number(count.users),
      hint: t('overview.licensed', { formatted: format.number(count.licensed ?? 0) }),
    },
    {
      id: 'idle',
      to: to.usersWith('activity=idle'),
      value: format.number((count.idle ?? 0) + (count.never ?? 0)),
      hint: t('overview.idleHint', { days: idleDays, never: format.number(count.never ?? 0) }),
    },
    {
      id: 'unused',
      to: to.licences,
      value: format.number(totals.unused),
      hint: totals.unusedCost.map(({ amount, currency }) => format.money(amount, currency)).join(' + '),
    },
    {
      id: 'cost',
      to: to.licences,
      value: totals.cost.map(({ amount, currency }) => format.money(amount, currency)).join(' + ') || '–',
      hint: t('overview.costHint'),
    },
    {
      id: 'score',
      to: to.security,
      value: count.score === undefined ? '–' : format.percent(count.score),
      hint: t('overview.scoreHint'),
    },
    {
      id: 'mfa',
      to: to.usersWith('mfa=no'),
      value: format.number(count.withoutMfa ?? 0),
      hint: t('overview.mfaHint'),
    },
  ];
  return (
    <>
      <Card>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-5 md:grid-cols-3">
          {figures.map((figure) => (
            <Stat
              key={figure.id}
              label={t(`overview.${figure.id}`)}
              value={
                <Link to={figure.to} className="hover:text-accent-text">
                  {figure.value}
                </Link>
              }
              hint={figure.hint}
            />
          ))}
        </dl>
      </Card>
      <Problems accounts={tenants} />
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-2">
        <LicenceBars rows={subscriptions.rows} />
        {mayFindings ? <Findings provider={provider} /> : null}
      </div>
      {mayCosts ? <CostTrend provider={provider} /> : null}
    </>
  );
}

/** Counts of users, and the share of the secure score that is reached. */
function useCounts(account: string | undefined) {
  const place = useWorkspacePlace();
  const of = (...where: string[]) => ({ type: [types.user], where, account });
  const users = useQuery(countQuery(place, of()));
  const licensed = useQuery(countQuery(place, of(conditions.licensed)));
  const idle = useQuery(countQuery(place, of(conditions.signedInBefore(daysAgo(idleDays)))));
  const never = useQuery(countQuery(place, of(...conditions.neverSignedIn)));
  const withoutMfa = useQuery(countQuery(place, of(conditions.mfa(false), conditions.enabled)));
  const scores = useQuery(
    allRowsQuery(place, { type: [types.score], attribute: ['currentScore', 'maxScore'], account }),
  );
  const shares = (scores.data ?? []).flatMap(({ attributes: { currentScore, maxScore } }) =>
    typeof currentScore === 'number' && typeof maxScore === 'number' && maxScore > 0
      ? [currentScore / maxScore]
      : [],
  );
  return {
    users: users.data,
    licensed: licensed.data,
    idle: idle.data,
    never: never.data,
    withoutMfa: withoutMfa.data,
    // Of several tenants, the one that is worst off.
    score: shares.length === 0 ? undefined : Math.min(...shares),
    error: users.error,
    retry: () => void users.refetch(),
  };
}

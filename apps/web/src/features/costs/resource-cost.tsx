import { useQuery } from '@tanstack/react-query';
import { Receipt } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { accountsQuery, useWorkspacePlace } from '@/features/accounts/queries.ts';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState, NoPermission } from '@/ui/states.tsx';
import { Change, ExactAmount } from './amount.tsx';
import { groupOfResource, type BilledResource } from './billed-resource.ts';
import { useDays } from './days.ts';
import { useCostPaths } from './paths.ts';
import { useCurrency } from './place.ts';
import { questionQuery, type Answer } from './queries.ts';
import { Trend } from './report/charts.tsx';
import { MissingRateNote, missingRateIn } from './report/missing-rate.tsx';
import { writeFilters } from './state.ts';

interface ResourceCostProps {
  resource: { accountId: string; nativeId: string; shortId: string };
}

/** What a resource cost by the bill in the last 30 days, day by day. */
export function ResourceCost({ resource }: ResourceCostProps) {
  const t = useT('costs');
  const to = useCostPaths();
  const place = useWorkspacePlace();
  const denial = useDenial('costs:read');
  const [currencyChosen, setCurrency] = useState<'original' | null>(null);
  const { currency, ready } = useCurrency({ currency: currencyChosen });
  const accounts = useQuery({ ...accountsQuery(place), enabled: denial === undefined });
  const { data, ...question } = useQuery({
    ...questionQuery(place, {
      period: '30d',
      grain: 'day',
      groupBy: ['account', 'resource'],
      filters: [{ dimension: 'resource', values: [...new Set([resource.nativeId, resource.shortId])] }],
      top: 20,
      compare: 'previous',
      ...(currency === undefined ? {} : { currency }),
    }),
    enabled: denial === undefined && ready,
    // Another resource's amounts must not stand here while the own ones come.
    placeholderData: undefined,
  });
  if (denial !== undefined) return <NoPermission need={t('title')} />;
  const error = question.error ?? accounts.error;
  const rate = missingRateIn(error);
  if (rate !== undefined)
    return <MissingRateNote rate={rate} onShowAsBilled={() => setCurrency('original')} />;
  if (error !== null)
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          void question.refetch();
          void accounts.refetch();
        }}
      />
    );
  if (data === undefined || accounts.data === undefined) return <SkeletonLines lines={6} />;
  const account = accounts.data.find(({ id }) => id === resource.accountId)?.nativeId;
  const group = groupOfResource(data.groups, { ...resource, account });
  if (group === undefined)
    return (
      <EmptyState
        icon={Receipt}
        title={t(data.dataThrough === null ? 'ofResource.noDataTitle' : 'ofResource.noneTitle')}
        action={
          <Link to={to.imports} className="font-medium text-accent-text hover:underline">
            {t('tabs.imports')}
          </Link>
        }
      >
        {t(data.dataThrough === null ? 'ofResource.noDataText' : 'ofResource.noneText')}
      </EmptyState>
    );
  return <Billed answer={data} group={group} />;
}

function Billed({ answer, group }: { answer: Answer; group: BilledResource }) {
  const t = useT('costs');
  const to = useCostPaths();
  const days = useDays();
  const { currency } = group;
  // The chart of a whole answer, of which this resource is everything.
  const own = useMemo(() => ({ ...answer, groups: [], rest: [], totals: [group] }), [answer, group]);
  const search = useMemo(() => {
    const params = new URLSearchParams({ group: 'usageType' });
    const [account = null, id = null] = group.keys;
    writeFilters(params, [
      // A short id may be another account's too.
      { dimension: 'account', values: [account], exclude: false },
      { dimension: 'resource', values: [id], exclude: false },
    ]);
    return params.toString();
  }, [group]);
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-col justify-between">
          <dt className="text-xs text-ink-3">
            {t('totalOf', { range: days.range(answer.period.from, answer.period.to) })}
          </dt>
          <dd className="mt-1 text-xl font-semibold tracking-tight">
            <ExactAmount amount={group.total} currency={currency} />
          </dd>
        </div>
        <div className="flex min-w-0 flex-col justify-between">
          <dt className="text-xs text-ink-3">
            {t('change')}
            {answer.compare === null
              ? null
              : ` · ${t('comparedWith', { range: days.range(answer.compare.from, answer.compare.to) })}`}
          </dt>
          <dd className="mt-1 text-xl font-semibold tracking-tight">
            <Change now={group.comparable ?? group.total} before={group.previous} currency={currency} brief />
          </dd>
        </div>
      </dl>
      <Trend answer={own} forecast={undefined} currency={currency} height={220} />
      <Link to={to.costsWith(search)} className="w-fit font-medium text-accent-text hover:underline">
        {t('ofResource.open')}
      </Link>
    </div>
  );
}

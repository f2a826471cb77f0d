import { useQuery } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { ConnectButton } from '@/features/accounts/connect-button.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { CloudTabs } from '@/features/accounts/section.tsx';
import { Card, Stat } from '@/ui/card.tsx';
import { Select } from '@/ui/select.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState, NoPermission } from '@/ui/states.tsx';
import { useInventoryLive } from '../live.ts';
import { ServiceMatrix } from '../overview/service-matrix.tsx';
import { runsQuery, summaryQuery, type ResourceSummaryView } from '../queries.ts';
import { RunningSyncs } from '../sync-progress.tsx';

/** How much there is of what, where, and in which state. */
export function Overview() {
  const t = useT('inventory');
  const denial = useDenial('resources:read');
  return (
    <Page title={t('overview.title')}>
      <CloudTabs />
      {denial === undefined ? <Counts /> : <NoPermission need={t('overview.title')} />}
    </Page>
  );
}

function Counts() {
  const t = useT('inventory');
  const labels = useLabels();
  const place = useWorkspacePlace();
  useInventoryLive();
  const [filters, setFilters] = useFilters(['provider']);
  const all = useQuery(summaryQuery(place));
  const search =
    filters.provider === undefined ? '' : new URLSearchParams({ provider: filters.provider }).toString();
  const { data, error, refetch } = useQuery(summaryQuery(place, search));
  const { data: runs } = useQuery(runsQuery(place));
  const providers = [...new Set(all.data?.byService.map((row) => row.provider))].toSorted();
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton className="h-64!" />;
  return (
    <>
      <RunningSyncs runs={runs} />
      {providers.length < 2 ? null : (
        <Select
          dense
          className="w-48"
          aria-label={t('filter.provider')}
          placeholder={t('overview.allProviders')}
          value={filters.provider ?? ''}
          options={providers.map((id) => ({ value: id, label: labels.provider(id) }))}
          onChange={(event) => setFilters({ provider: event.target.value })}
        />
      )}
      {data.total === 0 ? (
        <Card>
          <EmptyState icon={Boxes} title={t('empty.noAccountTitle')} action={<ConnectButton />}>
            {t('empty.noAccountText')}
          </EmptyState>
        </Card>
      ) : (
        <Filled summary={data} />
      )}
    </>
  );
}

function Filled({ summary }: { summary: ResourceSummaryView }) {
  const t = useT('inventory');
  const format = useFormat();
  const regions = new Set(summary.byService.map((row) => row.region));
  const services = new Set(summary.byService.map((row) => `${row.provider} ${row.service}`));
  return (
    <>
      <Card>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-5 md:grid-cols-4">
          <Stat label={t('overview.resources')} value={format.number(summary.total)} />
          <Stat label={t('overview.services')} value={format.number(services.size)} />
          <Stat label={t('overview.regions')} value={format.number(regions.size)} />
          <Stat label={t('overview.accounts')} value={format.number(summary.byAccount.length)} />
        </dl>
      </Card>
      <Card flush title={t('overview.matrix')} description={t('overview.matrixText')}>
        <ServiceMatrix rows={summary.byService} />
      </Card>
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <Types rows={summary.byType} />
        <States rows={summary.byState} total={summary.total} />
      </div>
    </>
  );
}

function Types({ rows }: { rows: ResourceSummaryView['byType'] }) {
  const t = useT('inventory');
  const format = useFormat();
  const labels = useLabels();
  const to = useCloudPaths();
  const groups = Map.groupBy(rows, (row) => row.category);
  return (
    <Card title={t('overview.types')}>
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {[...groups].map(([category, types]) => (
          <section key={category}>
            <h3 className="label-caps">{labels.category(category)}</h3>
            <ul className="mt-1 divide-y divide-line">
              {types.map((row) => (
                <li key={row.type}>
                  <Link
                    to={to.resourcesWith([['type', row.type]])}
                    className="flex justify-between gap-4 py-1.5 hover:text-accent-text"
                  >
                    <span className="truncate">{labels.type(row.type)}</span>
                    <span className="num text-ink-2">{format.number(row.count)}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Card>
  );
}

function States({ rows, total }: { rows: ResourceSummaryView['byState']; total: number }) {
  const t = useT('inventory');
  const format = useFormat();
  const labels = useLabels();
  const to = useCloudPaths();
  return (
    <Card title={t('overview.states')}>
      <ul className="flex flex-col gap-3">
        {rows.map((row) => (
          <li key={row.state}>
            <Link to={to.resourcesWith([['state', row.state]])} className="group block">
              <span className="flex justify-between gap-4">
                <span className="group-hover:text-accent-text">{labels.state(row.state)}</span>
                <span className="num text-ink-2">
                  {format.number(row.count)} · {format.percent(row.count / total)}
                </span>
              </span>
              <span aria-hidden className="mt-1 block h-1.5 overflow-hidden rounded-full bg-hover">
                <span
                  className="block h-full rounded-full bg-accent"
                  style={{ width: `${Math.max(0.5, (row.count / total) * 100)}%` }}
                />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

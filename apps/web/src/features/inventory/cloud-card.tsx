import { useQuery } from '@tanstack/react-query';
import { ArrowRight, CloudCog } from 'lucide-react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { ConnectButton } from '@/features/accounts/connect-button.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { accountsQuery, useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Card, Stat } from '@/ui/card.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { EmptyState } from '@/ui/states.tsx';
import { useInventoryLive } from './live.ts';
import { runsQuery, summaryQuery } from './queries.ts';
import { SyncProgress } from './sync-progress.tsx';

/** The clouds at a glance, on the home page: accounts, resources, what runs now; or the way to the first one. */
export function CloudCard() {
  const mayRead = [useDenial('resources:read'), useDenial('accounts:read')].every(
    (denial) => denial === undefined,
  );
  return mayRead ? <Loaded /> : null;
}

/** Types named on the card. */
const typesShown = 6;

function Loaded() {
  const t = useT('inventory');
  const format = useFormat();
  const labels = useLabels();
  const place = useWorkspacePlace();
  const to = useCloudPaths();
  useInventoryLive();
  const { data: accounts } = useQuery(accountsQuery(place));
  const { data: summary } = useQuery(summaryQuery(place));
  const { data: runs } = useQuery(runsQuery(place));
  const running = runs?.filter((run) => run.status === 'running') ?? [];
  if (accounts?.length === 0) {
    return (
      <Card>
        <EmptyState icon={CloudCog} title={t('empty.noAccountTitle')} action={<ConnectButton />}>
          {t('empty.noAccountText')}
        </EmptyState>
      </Card>
    );
  }
  const number = (value: number | undefined) =>
    value === undefined ? <Skeleton className="my-1 w-10" /> : format.number(value);
  const troubled = accounts?.filter((account) => account.enabled && account.health.status !== 'ok').length;
  return (
    <Card
      title={t('home.title')}
      actions={
        <Link
          to={to.overview}
          className="flex items-center gap-1 font-medium text-accent-text hover:underline"
        >
          {t('home.all')} <ArrowRight aria-hidden className="size-3.5" />
        </Link>
      }
    >
      <div className="flex flex-col gap-4">
        <dl className="grid grid-cols-3 gap-x-6">
          <Stat label={t('overview.resources')} value={number(summary?.total)} />
          <Stat
            label={t('overview.accounts')}
            value={number(accounts?.length)}
            hint={troubled === undefined || troubled === 0 ? ' ' : t('home.troubled', { count: troubled })}
          />
          <Stat
            label={t('overview.regions')}
            value={number(
              summary === undefined ? undefined : new Set(summary.byService.map((row) => row.region)).size,
            )}
          />
        </dl>
        {running.map((run) => (
          <SyncProgress key={run.id} run={run} />
        ))}
        <ul className="flex flex-wrap gap-1.5">
          {summary?.byType.slice(0, typesShown).map((row) => (
            <li key={row.type}>
              <Link
                to={to.resourcesWith([['type', row.type]])}
                className="flex gap-2 rounded-sm border border-line bg-sunken px-2 py-1 text-xs hover:border-line-strong"
              >
                {labels.type(row.type)} <span className="num font-medium">{format.number(row.count)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

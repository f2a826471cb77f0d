import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import { useQuery } from '@tanstack/react-query';
import { ArrowRight, CircleCheck, TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useInventoryLive } from '@/features/inventory/live.ts';
import { runsQuery, summaryQuery } from '@/features/inventory/queries.ts';
import { SyncProgress } from '@/features/inventory/sync-progress.tsx';
import { Button } from '@/ui/button.tsx';
import { ProgressBar } from '@/ui/progress.tsx';
import { useLabels } from '../labels.ts';
import { useCloudPaths } from '../paths.ts';
import { useWorkspacePlace } from '../queries.ts';

/** The first inventory as it comes in. Leaving the page does not stop it. */
export function FirstSync({ account }: { account: CloudAccount }) {
  const t = useT('accounts');
  const format = useFormat();
  const labels = useLabels();
  const place = useWorkspacePlace();
  const to = useCloudPaths();
  useInventoryLive();
  const { data: runs } = useQuery({
    ...runsQuery(place),
    // The run starts by an event a moment after connecting; the stream may have missed it.
    refetchInterval: (query) =>
      query.state.data?.some((run) => run.accountId === account.id) === true ? false : 1000,
  });
  const { data: summary } = useQuery(summaryQuery(place, `account=${account.id}`));
  const run = runs?.find((candidate) => candidate.accountId === account.id);
  const found = to.resourcesWith([['account', account.id]]);
  return (
    <div className="flex flex-col gap-5">
      {run === undefined ? <ProgressBar label={t('connect.step.sync')} value={null} /> : null}
      {run?.status === 'running' ? <SyncProgress run={run} /> : null}
      {run === undefined || run.status === 'running' ? null : (
        <p role="status" className="flex items-center gap-2 font-medium">
          {run.status === 'succeeded' ? (
            <CircleCheck aria-hidden className="size-4 text-ok-text" />
          ) : (
            <TriangleAlert aria-hidden className="size-4 text-warn-text" />
          )}
          {t(`connect.end.${run.status}`, { count: run.resources, formatted: format.number(run.resources) })}
        </p>
      )}
      <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {summary?.byType.map((type) => (
          <li key={type.type} className="flex justify-between gap-4 border-b border-line py-1.5">
            <span className="truncate">{labels.type(type.type)}</span>
            <span className="num text-ink-2">{format.number(type.count)}</span>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-end gap-2">
        {run?.status === 'partial' || run?.status === 'failed' ? (
          <Button asChild>
            <Link to={`${to.account(account.id)}?run=${run.id}`}>{t('connect.seeProblems')}</Link>
          </Button>
        ) : null}
        <Button asChild variant="primary">
          <Link to={found}>
            {t('connect.seeResources')} <ArrowRight />
          </Link>
        </Button>
      </div>
    </div>
  );
}

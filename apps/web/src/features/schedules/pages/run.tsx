import type { ScheduleRunDetail } from '@cloudatlas/contracts/schedules';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, SearchX } from 'lucide-react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { isApiError } from '@/app/api.ts';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { Sheet } from '@/ui/sheet.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '@/ui/states.tsx';
import { DateTime } from '@/ui/values.tsx';
import { useSchedulePaths } from '../paths.ts';
import { runQuery } from '../queries.ts';
import { RunStatus } from '../status.tsx';
import { useScheduleWords } from '../words.ts';

const tones: Record<ScheduleRunDetail['targets'][number]['outcome'], Tone> = {
  pending: 'neutral',
  ordered: 'accent',
  done: 'ok',
  already: 'ok',
  failed: 'danger',
  skipped: 'neutral',
};

/** One run: what came of each resource. */
export function RunPage() {
  const t = useT('schedules');
  const { scheduleId = '', runId = '' } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const to = useSchedulePaths();
  const { data, error, refetch } = useQuery(runQuery(useWorkspacePlace(), runId));
  const history = new URLSearchParams(search);
  history.set('view', 'runs');
  const close = (): void => {
    history.delete('view');
    const rest = history.toString();
    void navigate(`${to.list}${rest === '' ? '' : `?${rest}`}`, { preventScrollReset: true });
  };
  return (
    <Sheet
      open
      onOpenChange={close}
      title={data?.scheduleName ?? t('runs.one')}
      {...(data === undefined ? {} : { description: t(`runs.of.${data.operation}`) })}
    >
      <div className="flex flex-col gap-5">
        <Button asChild variant="ghost" size="sm" className="-ml-2 w-fit">
          <Link to={to.schedule(scheduleId, `?${history.toString()}`)} preventScrollReset>
            <ArrowLeft /> {t('detail.runs')}
          </Link>
        </Button>
        {error === null ? null : isApiError(error, 'not_found') ? (
          <EmptyState icon={SearchX} title={t('runs.goneTitle')}>
            {t('runs.goneText')}
          </EmptyState>
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )}
        {data === undefined && error === null ? <SkeletonLines lines={8} /> : null}
        {data === undefined || error !== null ? null : <Loaded run={data} />}
      </div>
    </Sheet>
  );
}

function Loaded({ run }: { run: ScheduleRunDetail }) {
  const t = useT('schedules');
  const words = useScheduleWords();
  return (
    <>
      <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-4 gap-y-1.5">
        <dt className="text-ink-3">{t('runs.status')}</dt>
        <dd>
          <span role="status">
            <RunStatus run={run} />
          </span>
        </dd>
        {run.note === null ? null : (
          <>
            <dt className="text-ink-3">{t('runs.note')}</dt>
            <dd>{run.note}</dd>
          </>
        )}
        <dt className="text-ink-3">{t('runs.due')}</dt>
        <dd className="num">
          <DateTime at={run.dueAt} />
          <span className="block text-xs text-ink-3">{words.utc(run.dueAt)}</span>
        </dd>
        <dt className="text-ink-3">{t('runs.trigger')}</dt>
        <dd>
          {run.requestedBy === null
            ? t(`runs.trigger_${run.trigger}`)
            : t('runs.by', { name: run.requestedBy })}
        </dd>
        {run.finishedAt === null ? null : (
          <>
            <dt className="text-ink-3">{t('runs.finished')}</dt>
            <dd>
              <DateTime at={run.finishedAt} />
            </dd>
          </>
        )}
      </dl>
      {run.targets.length === 0 ? null : <Targets run={run} />}
    </>
  );
}

function Targets({ run }: { run: ScheduleRunDetail }) {
  const t = useT('schedules');
  const labels = useLabels();
  const to = useCloudPaths();
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('detail.targets', { count: run.targets.length })}</h3>
      <ul className="divide-y divide-line rounded-md border border-line">
        {run.targets.map((target) => (
          <li key={target.resourceId} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-2">
            <span className="min-w-0 flex-1">
              <Link to={to.resource(target.resourceId)} className="block truncate hover:text-accent-text">
                {target.name}
              </Link>
              <span className="block truncate text-xs text-ink-3">{labels.type(target.type)}</span>
            </span>
            <Badge tone={tones[target.outcome]} dot>
              {t(`outcome.${target.outcome}`)}
            </Badge>
            {target.orderId === null ? null : (
              <Link to={to.order(target.orderId)} className="text-xs text-accent-text hover:underline">
                {t('runs.order')}
              </Link>
            )}
            {target.reason === null && target.message === null ? null : (
              <span className="w-full text-xs text-ink-2">
                {target.message ?? (target.reason === null ? '' : t(`reason.${target.reason}`))}
              </span>
            )}
          </li>
        ))}
      </ul>
      {run.truncated ? <p className="text-xs text-warn-text">{t('detail.truncated')}</p> : null}
    </section>
  );
}

import type { CostSource } from '@cloudatlas/contracts/cost-imports';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Cloud, RefreshCw, Settings2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { RelativeTime } from '@/ui/values.tsx';
import { useDays } from '../days.ts';
import { importsApi, sourcesQuery } from '../import-queries.ts';
import { useCostPaths } from '../paths.ts';
import { useMoney } from '../place.ts';

const SourceDialog = lazyNamed(() => import('./source-dialog.tsx').then((module) => module.SourceDialog));

const tones: Record<CostSource['status'], Tone> = {
  never: 'neutral',
  queued: 'neutral',
  running: 'accent',
  ok: 'ok',
  failing: 'danger',
};

/** What each connected account delivers by itself. */
export function Sources() {
  const t = useT('costs');
  const to = useCostPaths();
  const { data, error, refetch } = useQuery(sourcesQuery(useWorkspacePlace()));
  const [editing, setEditing] = useState<CostSource | null>(null);
  return (
    <Card flush title={t('sources.title')} description={t('sources.text')}>
      {data === undefined ? (
        error === null ? (
          <div className="p-4">
            <SkeletonLines />
          </div>
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : data.length === 0 ? (
        <EmptyState
          icon={Cloud}
          title={t('sources.emptyTitle')}
          action={
            <Button asChild>
              <Link to={to.connect}>{t('empty.connect')}</Link>
            </Button>
          }
        >
          {t('sources.emptyText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {data.map((source) => (
            <Source key={source.accountId} source={source} onEdit={() => setEditing(source)} />
          ))}
        </ul>
      )}
      {editing === null ? null : (
        <Suspense fallback={null}>
          <SourceDialog source={editing} onClose={() => setEditing(null)} />
        </Suspense>
      )}
    </Card>
  );
}

function Source({ source, onEdit }: { source: CostSource; onEdit: () => void }) {
  const t = useT('costs');
  const days = useDays();
  const { money } = useMoney();
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('costs:write');
  const refresh = useMutation({
    mutationFn: () => importsApi.refreshSource(place, source.accountId),
    onSuccess: () => client.invalidateQueries({ queryKey: sourcesQuery(place).queryKey }),
    onError: (error) => toast.error(explainError(error)),
  });
  const busy = source.status === 'running' || source.status === 'queued';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium">{source.accountName}</p>
        <p className="text-xs text-ink-3">
          {t(`sources.mode.${source.mode}`)}
          {source.dataThrough === null
            ? null
            : ` · ${t('sources.through', { day: days.day(source.dataThrough) })}`}
          {source.queryCost === null
            ? null
            : ` · ${t('sources.queryCost', { amount: money(source.queryCost.amount, source.queryCost.currency) })}`}
        </p>
        {source.problem === null ? null : <p className="mt-1 text-danger-text">{source.problem.message}</p>}
      </div>
      {source.lastRunAt === null ? null : (
        <RelativeTime at={source.lastRunAt} className="text-xs text-ink-3" />
      )}
      {source.mode === 'off' ? null : (
        <Badge tone={tones[source.status]} dot>
          {t(`sources.status.${source.status}`)}
        </Badge>
      )}
      <span className="flex gap-2">
        <Button
          size="sm"
          loading={refresh.isPending || busy}
          disabledReason={denial ?? (source.mode === 'off' ? t('sources.isOff') : undefined)}
          onClick={() => refresh.mutate()}
        >
          <RefreshCw /> {t('sources.refresh')}
        </Button>
        <Button size="sm" disabledReason={denial} onClick={onEdit}>
          <Settings2 /> {t('sources.change')}
        </Button>
      </span>
    </li>
  );
}

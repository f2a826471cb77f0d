import type { Scan } from '@cloudatlas/contracts/finops';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Radar } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Notice } from '@/ui/form.tsx';
import { ProgressBar } from '@/ui/progress.tsx';
import { toast } from '@/ui/toast-store.ts';
import { lookEveryMs, savingsApi, savingsKey, scansQuery } from '../queries.ts';

const isRunning = (scan: Scan | undefined): boolean => scan?.status === 'running';

/** The newest scan; asked for again and again while it runs, and what it found is read when it ends. */
export function useNewestScan(): Scan | undefined {
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const { data } = useQuery({
    ...scansQuery(place),
    refetchInterval: (query) => (isRunning(query.state.data?.[0]) ? lookEveryMs : false),
  });
  const newest = data?.[0];
  const running = isRunning(newest);
  const ran = useRef(false);
  useEffect(() => {
    if (ran.current && !running) {
      for (const part of ['recommendations', 'diagnostics'])
        void client.invalidateQueries({ queryKey: savingsKey(place, part) });
    }
    ran.current = running;
  }, [running, client, place]);
  return newest;
}

/** Starts a scan by hand. */
export function ScanButton({ primary = false }: { primary?: boolean }) {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('finops:recommend');
  const { data } = useQuery(scansQuery(place));
  const start = useMutation({
    mutationFn: () => savingsApi.scan(place),
    onSuccess: (scan) => {
      client.setQueryData(scansQuery(place).queryKey, (before) => [
        scan,
        ...(before ?? []).filter(({ id }) => id !== scan.id),
      ]);
      void client.invalidateQueries({ queryKey: scansQuery(place).queryKey });
    },
    onError: (error) => toast.error(explainError(error)),
  });
  return (
    <Button
      variant={primary ? 'primary' : 'secondary'}
      loading={start.isPending}
      disabledReason={denial ?? (isRunning(data?.[0]) ? t('scan.under') : undefined)}
      onClick={() => start.mutate()}
    >
      <Radar /> {t('scan.now')}
    </Button>
  );
}

/** How far a running scan is; what went wrong with one that ended badly. */
export function ScanProgress({ scan }: { scan: Scan | undefined }) {
  const t = useT('savings');
  const format = useFormat();
  if (scan === undefined || scan.status === 'succeeded') return null;
  if (scan.status !== 'running')
    return (
      <Notice tone={scan.status === 'failed' ? 'danger' : 'warn'}>
        {t(`scan.ended.${scan.status}`)} {scan.message}
      </Notice>
    );
  const label = t(`scan.phase.${scan.phase}`);
  return (
    <div className="flex flex-col gap-1.5 rounded-lg border border-line bg-surface px-4 py-3 shadow-raised">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-xs">
        <span className="font-medium" role="status">
          {label}
        </span>
        <span className="num text-ink-2">
          {t('scan.progress', {
            done: format.number(scan.done),
            total: format.number(scan.total),
            found: format.number(scan.found),
          })}
        </span>
      </div>
      <ProgressBar label={label} value={scan.total === 0 ? null : scan.done} max={Math.max(1, scan.total)} />
    </div>
  );
}

import type { SyncRun } from '@cloudatlas/contracts/inventory';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { ProgressBar } from '@/ui/progress.tsx';

/** How far one synchronisation is; the amount is unknown until its services and regions are laid out. */
export function SyncProgress({ run }: { run: SyncRun }) {
  const t = useT('inventory');
  const format = useFormat();
  const label = t('sync.of', { name: run.accountName });
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-xs">
        <span className="font-medium">{label}</span>
        <span className="num text-ink-2" role="status">
          {run.scopesTotal === 0
            ? t('sync.starting')
            : t('sync.progress', {
                done: format.number(run.scopesDone),
                total: format.number(run.scopesTotal),
                count: run.resources,
                formatted: format.number(run.resources),
              })}
        </span>
      </div>
      <ProgressBar
        label={label}
        value={run.scopesTotal === 0 ? null : run.scopesDone}
        max={Math.max(1, run.scopesTotal)}
      />
    </div>
  );
}

/** All that are under way; nothing when none is. */
export function RunningSyncs({ runs }: { runs: readonly SyncRun[] | undefined }) {
  const running = runs?.filter((run) => run.status === 'running') ?? [];
  if (running.length === 0) return null;
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-line bg-surface px-4 py-3 shadow-raised">
      {running.map((run) => (
        <SyncProgress key={run.id} run={run} />
      ))}
    </div>
  );
}

import type { CostImport, ImportStatus } from '@cloudatlas/contracts/cost-imports';
import { useT } from '@/app/i18n.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';
import { ProgressBar } from '@/ui/progress.tsx';

const tones: Record<ImportStatus, Tone> = {
  receiving: 'neutral',
  queued: 'neutral',
  running: 'accent',
  imported: 'ok',
  duplicate: 'warn',
  failed: 'danger',
  cancelled: 'neutral',
};

/** Where an import stands; while it runs, how far it is. */
export function ImportStatusView({ entry }: { entry: CostImport }) {
  const t = useT('costs');
  const { progress } = entry;
  if (entry.status !== 'running' || progress === null)
    return (
      <Badge tone={tones[entry.status]} dot>
        {t(`import.status.${entry.status}`)}
      </Badge>
    );
  const phase = t(`import.phase.${progress.phase}`);
  return (
    <span className="flex w-full max-w-40 flex-col gap-1">
      <span className="truncate text-xs text-ink-2">{phase}</span>
      <ProgressBar label={phase} value={progress.fraction} max={1} />
    </span>
  );
}

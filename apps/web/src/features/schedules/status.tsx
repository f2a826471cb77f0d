import type { Schedule, ScheduleRun } from '@cloudatlas/contracts/schedules';
import { LoaderCircle, Play, Power, Scaling, type LucideIcon } from 'lucide-react';
import { useT } from '@/app/i18n.ts';
import { Badge, type Tone } from '@/ui/badge.tsx';

const tones: Record<ScheduleRun['status'], Tone> = {
  pending: 'neutral',
  running: 'accent',
  succeeded: 'ok',
  partial: 'warn',
  failed: 'danger',
  skipped: 'neutral',
};

/** How a run stands; what was skipped says why. */
export function RunStatus({ run }: { run: Pick<ScheduleRun, 'status' | 'reason'> }) {
  const t = useT('schedules');
  const turns = run.status === 'running';
  return (
    <Badge tone={tones[run.status]} dot={!turns}>
      {turns ? <LoaderCircle aria-hidden className="size-3 animate-spin" /> : null}
      {run.status === 'skipped' && run.reason !== null
        ? t(`reason.${run.reason}`)
        : t(`status.${run.status}`)}
    </Badge>
  );
}

const icons: Record<Schedule['operation'], LucideIcon> = { start: Play, stop: Power, resize: Scaling };

/** The action of a schedule as a sign with its word. */
export function OperationMark({ operation }: { operation: Schedule['operation'] }) {
  const t = useT('schedules');
  const Icon = icons[operation];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink-2">
      <Icon aria-hidden className="size-3.5 text-ink-3" />
      {t(`operation.${operation}`)}
    </span>
  );
}

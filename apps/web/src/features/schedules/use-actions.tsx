import type { Schedule } from '@cloudatlas/contracts/schedules';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AlarmClock, Copy, Pencil, Play, Trash2 } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { MenuItem, MenuSeparator } from '@/ui/menu.tsx';
import { toast } from '@/ui/toast-store.ts';
import { useSchedulePaths } from './paths.ts';
import { schedulesApi, schedulesKey } from './queries.ts';

const KeepOnDialog = lazyNamed(() => import('./keep-on-dialog.tsx').then((module) => module.KeepOnDialog));
const DuplicateDialog = lazyNamed(() =>
  import('./duplicate-dialog.tsx').then((module) => module.DuplicateDialog),
);

interface Asked {
  kind: 'run' | 'remove' | 'keepOn' | 'duplicate';
  schedule: Schedule;
}

/** What one can do with a schedule: menu items, the dialogs they open, and the switch. */
export function useScheduleActions(onEdit: (schedule: Schedule) => void) {
  const t = useT('schedules');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const navigate = useNavigate();
  const to = useSchedulePaths();
  const denial = useDenial('schedules:write');
  const [asked, setAsked] = useState<Asked>();
  const changed = () => client.invalidateQueries({ queryKey: schedulesKey(place) });
  const ask = (kind: Asked['kind'], schedule: Schedule): void => setAsked({ kind, schedule });
  const close = (): void => setAsked(undefined);

  const enable = useMutation({
    mutationFn: ({ schedule, enabled }: { schedule: Schedule; enabled: boolean }) =>
      schedulesApi.enable(place, schedule.id, enabled),
    onSuccess: changed,
    onError: (error) => toast.error(explainError(error)),
  });

  const items = (schedule: Schedule): ReactNode => (
    <>
      <MenuItem disabledReason={denial} onSelect={() => ask('run', schedule)}>
        <Play /> {t('action.run')}
      </MenuItem>
      {schedule.operation === 'stop' ? (
        <MenuItem disabledReason={denial} onSelect={() => ask('keepOn', schedule)}>
          <AlarmClock /> {t('action.keepOn')}
        </MenuItem>
      ) : null}
      <MenuItem disabledReason={denial} onSelect={() => onEdit(schedule)}>
        <Pencil /> {t('action.edit')}
      </MenuItem>
      <MenuItem disabledReason={denial} onSelect={() => ask('duplicate', schedule)}>
        <Copy /> {t('action.duplicate')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger disabledReason={denial} onSelect={() => ask('remove', schedule)}>
        <Trash2 /> {t('action.remove')}
      </MenuItem>
    </>
  );

  const schedule = asked?.schedule;
  const dialogs =
    asked === undefined || schedule === undefined ? null : (
      <Suspense fallback={null}>
        <ConfirmDialog
          open={asked.kind === 'run'}
          onOpenChange={close}
          title={t('run.title', { name: schedule.name })}
          confirmLabel={t(`run.confirm.${schedule.operation}`)}
          onConfirm={async () => {
            const run = await schedulesApi.run(place, schedule.id);
            await changed();
            void navigate(to.run(schedule.id, run.id), { preventScrollReset: true });
          }}
          explain={explainError}
        >
          <p>{t(`run.text.${schedule.operation}`)}</p>
        </ConfirmDialog>
        <ConfirmDialog
          open={asked.kind === 'remove'}
          onOpenChange={close}
          title={t('remove.title', { name: schedule.name })}
          confirmLabel={t('action.remove')}
          destructive
          onConfirm={async () => {
            await schedulesApi.remove(place, schedule.id);
            void navigate(to.list, { preventScrollReset: true });
            await changed();
          }}
          explain={explainError}
        >
          <p>{t('remove.text')}</p>
        </ConfirmDialog>
        {asked.kind === 'keepOn' ? <KeepOnDialog schedule={schedule} onClose={close} /> : null}
        {asked.kind === 'duplicate' ? <DuplicateDialog schedule={schedule} onClose={close} /> : null}
      </Suspense>
    );
  return { items, dialogs, ask, enable, denial };
}
export type ScheduleActions = ReturnType<typeof useScheduleActions>;

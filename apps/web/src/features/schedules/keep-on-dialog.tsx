import type { Schedule } from '@cloudatlas/contracts/schedules';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { toast } from '@/ui/toast-store.ts';
import { schedulesApi, schedulesKey } from './queries.ts';
import { useScheduleWords } from './words.ts';
import { instantIn, localIn, zoneName } from './zones.ts';

const hourMs = 3_600_000;

/** Today's 22:00 in a zone, or in two hours when that is over or near. */
function proposal(timeZone: string, now: Date): string {
  const evening = `${localIn(timeZone, now).slice(0, 10)}T22:00`;
  return instantIn(timeZone, evening).getTime() - now.getTime() > hourMs
    ? evening
    : localIn(timeZone, new Date(now.getTime() + 2 * hourMs));
}

/** "Keep on until": holds back the stops of a schedule's resources for a time. */
export function KeepOnDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const t = useT('schedules');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const words = useScheduleWords();
  // The clock of the schedule counts here too.
  const { timeZone } = schedule;
  const [until, setUntil] = useState(() =>
    schedule.override === null
      ? proposal(timeZone, new Date())
      : localIn(timeZone, new Date(schedule.override.until)),
  );
  const [note, setNote] = useState(schedule.override?.note ?? '');
  const at = instantIn(timeZone, until);
  // Looked at when it is sent, and by the server: a dialog that stays open does not grow old by itself.
  const [tried, setTried] = useState(false);
  const changed = async (): Promise<void> => {
    onClose();
    await client.invalidateQueries({ queryKey: schedulesKey(place) });
  };
  const save = useMutation({
    mutationFn: () => schedulesApi.keepOn(place, schedule.id, { until: at.toISOString(), note }),
    onSuccess: () => {
      toast.success(t('keepOn.done', { at: words.wall(until) }));
      return changed();
    },
  });
  const release = useMutation({
    mutationFn: () => schedulesApi.release(place, schedule.id),
    onSuccess: changed,
  });
  const failed = save.error ?? release.error;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('keepOn.title', { name: schedule.name })}
      description={t('keepOn.text')}
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const past = until === '' || at.getTime() <= Date.now();
          setTried(past);
          if (!past) save.mutate();
        }}
      >
        <Field
          label={t('keepOn.until')}
          help={t('keepOn.zone', { zone: zoneName(timeZone) })}
          error={tried ? t('keepOn.past') : undefined}
        >
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('keepOn.note')} optional={t('optional')}>
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <FormError message={failed === null ? undefined : explainError(failed)} />
        <div className="flex flex-wrap justify-end gap-2">
          {schedule.override === null ? null : (
            <span className="mr-auto">
              <Button loading={release.isPending} onClick={() => release.mutate()}>
                {t('keepOn.release')}
              </Button>
            </span>
          )}
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant="primary" loading={save.isPending}>
            {t('keepOn.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import type { Schedule } from '@cloudatlas/contracts/schedules';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormat } from '@/app/format.ts';
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
import { ownZone, zoneName } from './words.ts';

const hourMs = 3_600_000;

/** An instant as `datetime-local` takes it, on the browser's clock. */
function asInput(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The next 22:00, or in two hours when that is nearer than an hour. */
function proposal(now: Date): Date {
  const evening = new Date(now);
  evening.setHours(22, 0, 0, 0);
  return evening.getTime() - now.getTime() > hourMs ? evening : new Date(now.getTime() + 2 * hourMs);
}

/** "Keep on until": holds back the stops of a schedule's resources for a time. */
export function KeepOnDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const t = useT('schedules');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const format = useFormat();
  const [until, setUntil] = useState(() =>
    asInput(schedule.override === null ? proposal(new Date()) : new Date(schedule.override.until)),
  );
  const [note, setNote] = useState(schedule.override?.note ?? '');
  const at = new Date(until);
  const past = Number.isNaN(at.getTime()) || at.getTime() <= Date.now();
  const changed = async (): Promise<void> => {
    onClose();
    await client.invalidateQueries({ queryKey: schedulesKey(place) });
  };
  const save = useMutation({
    mutationFn: () => schedulesApi.keepOn(place, schedule.id, { until: at.toISOString(), note }),
    onSuccess: () => {
      toast.success(t('keepOn.done', { at: format.dateTime(at.toISOString()) }));
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
          if (!past) save.mutate();
        }}
      >
        <Field
          label={t('keepOn.until')}
          help={t('keepOn.zone', { zone: zoneName(ownZone()) })}
          error={past ? t('keepOn.past') : undefined}
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

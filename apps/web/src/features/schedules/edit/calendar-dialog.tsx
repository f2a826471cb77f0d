import type { HolidayCalendar } from '@cloudatlas/contracts/schedules';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { Button, IconButton } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { toast } from '@/ui/toast-store.ts';
import { schedulesApi } from '../queries.ts';

const maxDates = 400;

/** Makes, changes and removes a calendar of the organization. */
export function CalendarDialog({
  calendar,
  onClose,
}: {
  calendar: HolidayCalendar | undefined;
  onClose: () => void;
}) {
  const t = useT('schedules');
  const { slug } = useOrganization();
  const client = useQueryClient();
  const denial = useDenial('schedules:write');
  const [name, setName] = useState(calendar?.name ?? '');
  const [dates, setDates] = useState(calendar?.dates ?? [{ date: '', name: '' }]);
  const [tried, setTried] = useState(false);
  const [removing, setRemoving] = useState(false);
  const named = name.trim() !== '';
  const changed = () => client.invalidateQueries({ queryKey: ['org', slug] });
  const save = useMutation({
    mutationFn: () => {
      const body = { name, dates: dates.filter(({ date }) => date !== '') };
      return calendar === undefined
        ? schedulesApi.createCalendar(slug, body)
        : schedulesApi.updateCalendar(slug, calendar.id, body);
    },
    onSuccess: () => {
      toast.success(t('dialog.saved', { name }));
      onClose();
      return changed();
    },
  });
  const set = (index: number, patch: Partial<(typeof dates)[number]>): void =>
    setDates(dates.map((each, at) => (at === index ? { ...each, ...patch } : each)));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (named && !save.isPending) save.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={calendar?.name ?? t('calendars.create')}
      description={t('calendars.dialogText')}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('field.name')} error={tried && !named ? t('dialog.needsName') : undefined}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 font-medium">{t('calendars.dates')}</legend>
          {dates.map((each, index) => (
            <div key={`${index} of ${dates.length}`} className="flex items-center gap-2">
              <Input
                type="date"
                className="num w-40! shrink-0"
                aria-label={t('calendars.date', { n: index + 1 })}
                value={each.date}
                onChange={(event) => set(index, { date: event.target.value })}
              />
              <Input
                maxLength={120}
                autoComplete="off"
                aria-label={t('calendars.dateName', { n: index + 1 })}
                placeholder={t('calendars.namePlaceholder')}
                value={each.name}
                onChange={(event) => set(index, { name: event.target.value })}
              />
              <IconButton
                size="sm"
                label={t('calendars.removeDate', { n: index + 1 })}
                onClick={() => setDates(dates.toSpliced(index, 1))}
              >
                <X />
              </IconButton>
            </div>
          ))}
          <span>
            <Button
              size="sm"
              disabledReason={dates.length >= maxDates ? t('calendars.enoughDates') : undefined}
              onClick={() => setDates([...dates, { date: '', name: '' }])}
            >
              <Plus /> {t('calendars.addDate')}
            </Button>
          </span>
        </fieldset>
        <FormError message={save.error === null ? undefined : explainError(save.error)} />
        <div className="flex flex-wrap justify-end gap-2">
          {calendar === undefined ? null : (
            <span className="mr-auto">
              <Button variant="danger" disabledReason={denial} onClick={() => setRemoving(true)}>
                {t('action.remove')}
              </Button>
            </span>
          )}
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant="primary" loading={save.isPending} disabledReason={denial}>
            {t('dialog.save')}
          </Button>
        </div>
      </form>
      {calendar === undefined ? null : (
        <ConfirmDialog
          open={removing}
          onOpenChange={setRemoving}
          title={t('remove.title', { name: calendar.name })}
          confirmLabel={t('action.remove')}
          destructive
          onConfirm={async () => {
            await schedulesApi.removeCalendar(slug, calendar.id);
            onClose();
            await changed();
          }}
          explain={explainError}
        >
          <p>{t('calendars.removeText')}</p>
        </ConfirmDialog>
      )}
    </Dialog>
  );
}

import type { Schedule } from '@cloudatlas/contracts/schedules';
import { useQueryClient } from '@tanstack/react-query';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { toast } from '@/ui/toast-store.ts';
import { schedulesApi, schedulesKey } from './queries.ts';

const schema = () => import('@cloudatlas/contracts/schedules').then((module) => module.DuplicateScheduleBody);

/** A copy under another name, switched off. */
export function DuplicateDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const t = useT('schedules');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const { register, submit, errorOf, busy, rootError } = useApiForm(schema, {
    name: t('duplicate.name', { name: schedule.name }),
  });
  const save = submit(async ({ name }) => {
    await schedulesApi.duplicate(place, schedule.id, name);
    toast.success(t('duplicate.done', { name }));
    onClose();
    await client.invalidateQueries({ queryKey: schedulesKey(place) });
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('duplicate.title', { name: schedule.name })}
      description={t('duplicate.text')}
    >
      <form onSubmit={save} noValidate className="flex flex-col gap-4">
        <Field label={t('field.name')} error={errorOf('name')}>
          {(control) => <Input {...control} autoComplete="off" {...register('name')} />}
        </Field>
        <FormError message={rootError} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant="primary" loading={busy}>
            {t('action.duplicate')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

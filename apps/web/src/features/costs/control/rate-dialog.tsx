import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { today } from '../days.ts';
import { costsApi } from '../queries.ts';

interface RateDialogProps {
  onClose: () => void;
  onSaved: () => Promise<void>;
}

/** Sets the rate of a pair from a day on; one of the same pair and day is replaced. */
export function RateDialog({ onClose, onSaved }: RateDialogProps) {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const { register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/costs')).PutExchangeRatesBody,
    { items: [{ from: '', to: '', day: today(), rate: '' }] },
  );
  const upper = { setValueAs: (text: string) => text.trim().toUpperCase() };
  const save = submit(async ({ items }) => {
    await costsApi.putRates(place, items);
    onClose();
    await onSaved();
  });
  return (
    <Dialog open onOpenChange={onClose} title={t('rates.add')} description={t('rates.addText')}>
      <form onSubmit={save} noValidate className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('rates.from')} error={errorOf('items.0.from')}>
            {(control) => (
              <Input {...control} maxLength={3} className="uppercase" {...register('items.0.from', upper)} />
            )}
          </Field>
          <Field label={t('rates.to')} error={errorOf('items.0.to')}>
            {(control) => (
              <Input {...control} maxLength={3} className="uppercase" {...register('items.0.to', upper)} />
            )}
          </Field>
          <Field label={t('rates.column.day')} error={errorOf('items.0.day')} help={t('rates.dayHelp')}>
            {(control) => <Input {...control} type="date" {...register('items.0.day')} />}
          </Field>
          <Field label={t('rates.column.rate')} error={errorOf('items.0.rate')} help={t('decimalPoint')}>
            {(control) => (
              <Input {...control} inputMode="decimal" className="num" {...register('items.0.rate')} />
            )}
          </Field>
        </div>
        <FormError message={rootError} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant="primary" loading={busy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import type { CostSettings } from '@cloudatlas/contracts/costs';
import { useQueryClient } from '@tanstack/react-query';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { toast } from '@/ui/toast-store.ts';
import { costsApi, costsKey, settingsQuery } from '../queries.ts';

/** An empty field is "none". */
const orNull = (text: unknown): unknown => (text === '' || text === null || text === undefined ? null : text);
const monthsOrNull = (text: unknown): number | null =>
  text === '' || text === null || text === undefined ? null : Number(text);

export function SettingsForm({ settings }: { settings: CostSettings }) {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('costs:write');
  const { register, submit, errorOf, busy, rootError } = useApiForm<CostSettings>(
    async () => (await import('@cloudatlas/contracts/costs')).CostSettings,
    settings,
  );
  const save = submit(async (values) => {
    const saved = await costsApi.saveSettings(place, values);
    client.setQueryData(settingsQuery(place).queryKey, saved);
    toast.success(t('settings.saved'));
    await client.invalidateQueries({ queryKey: costsKey(place, 'data') });
  });
  return (
    <form onSubmit={save} noValidate>
      <Card
        footer={
          <Button type="submit" variant="primary" loading={busy} disabledReason={denial}>
            {t('save')}
          </Button>
        }
      >
        <div className="grid gap-4 sm:grid-cols-3">
          <Field
            label={t('settings.currency')}
            error={errorOf('displayCurrency')}
            help={t('settings.currencyHelp')}
            optional={t('optional')}
          >
            {(control) => (
              <Input
                {...control}
                maxLength={3}
                className="uppercase"
                {...register('displayCurrency', {
                  setValueAs: (text: unknown) =>
                    orNull(typeof text === 'string' ? text.trim().toUpperCase() : text),
                })}
              />
            )}
          </Field>
          <Field
            label={t('settings.closed')}
            error={errorOf('closedThrough')}
            help={t('settings.closedHelp')}
            optional={t('optional')}
          >
            {(control) => (
              <Input {...control} type="month" {...register('closedThrough', { setValueAs: orNull })} />
            )}
          </Field>
          <Field
            label={t('settings.retention')}
            error={errorOf('retentionMonths')}
            help={t('settings.retentionHelp')}
            optional={t('optional')}
          >
            {(control) => (
              <Input
                {...control}
                type="number"
                min={3}
                max={120}
                {...register('retentionMonths', { setValueAs: monthsOrNull })}
              />
            )}
          </Field>
        </div>
        <div className="mt-3 empty:hidden">
          <FormError message={rootError} />
        </div>
      </Card>
    </form>
  );
}

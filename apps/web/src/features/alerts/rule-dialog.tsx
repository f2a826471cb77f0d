import type { AlertRule } from '@cloudatlas/contracts/cost-control';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { controlApi, type AlertRuleInput } from '@/features/costs/control-queries.ts';
import { costsKey, overviewQuery } from '@/features/costs/queries.ts';
import { CostFilters } from '@/features/costs/report/filters.tsx';
import type { Filter } from '@/features/costs/state.ts';
import { Button } from '@/ui/button.tsx';
import { Checkbox } from '@/ui/choice.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { toast } from '@/ui/toast-store.ts';

interface RuleDialogProps {
  /** Undefined for a new one. */
  rule: AlertRule | undefined;
  onClose: () => void;
}

const windows = ['day', 'week', 'month'] as const;
const kinds = ['amount', 'percent'] as const;

const fresh = (currency: string): AlertRuleInput => ({
  name: '',
  filters: [],
  window: 'day',
  condition: { kind: 'amount', amount: '', currency },
  enabled: true,
});

/** Makes, changes or removes a rule. */
export function RuleDialog({ rule, onClose }: RuleDialogProps) {
  const t = useT('alerts');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('alerts:write');
  const { data: overview } = useQuery(overviewQuery(place));
  const [removing, setRemoving] = useState(false);
  const { form, register, submit, errorOf, busy, rootError } = useApiForm<AlertRuleInput>(
    async () => (await import('@cloudatlas/contracts/cost-control')).AlertRuleBody,
    rule === undefined
      ? fresh(overview?.currencies[0] ?? 'USD')
      : {
          name: rule.name,
          filters: rule.filters,
          window: rule.window,
          condition: rule.condition,
          enabled: rule.enabled,
        },
  );
  const kind = form.watch('condition.kind');
  const currency = form.watch('condition.currency');
  const changed = () => client.invalidateQueries({ queryKey: costsKey(place, 'control') });
  const save = submit(async (values) => {
    if (rule === undefined) await controlApi.createRule(place, values);
    else await controlApi.updateRule(place, rule.id, values);
    toast.success(t('rules.saved', { name: values.name }));
    onClose();
    await changed();
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={rule?.name ?? t('rules.create')}
      description={t('rules.dialogText')}
    >
      <form onSubmit={save} noValidate className="flex flex-col gap-4">
        <Field label={t('rules.column.name')} error={errorOf('name')}>
          {(control) => <Input {...control} autoComplete="off" {...register('name')} />}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('rules.window')} error={errorOf('window')} help={t('rules.windowHelp')}>
            {(control) => (
              <Select
                {...control}
                {...register('window')}
                options={windows.map((name) => ({ value: name, label: t(`window.${name}`) }))}
              />
            )}
          </Field>
          <Field label={t('rules.condition')}>
            {(control) => (
              <Select
                {...control}
                value={kind}
                onChange={({ target: { value } }) =>
                  form.setValue(
                    'condition',
                    value === 'percent'
                      ? { kind: 'percent', percent: 20, minAmount: '10', currency }
                      : { kind: 'amount', amount: '', currency },
                  )
                }
                options={kinds.map((name) => ({ value: name, label: t(`rules.kind.${name}`) }))}
              />
            )}
          </Field>
          {kind === 'percent' ? (
            <>
              <Field label={t('rules.percent')} error={errorOf('condition.percent')}>
                {(control) => (
                  <Input
                    {...control}
                    type="number"
                    min={1}
                    max={10000}
                    className="num"
                    {...register('condition.percent', { valueAsNumber: true })}
                  />
                )}
              </Field>
              <Field
                label={t('rules.minAmount')}
                error={errorOf('condition.minAmount')}
                help={t('rules.minAmountHelp')}
              >
                {(control) => (
                  <Input
                    {...control}
                    inputMode="decimal"
                    className="num"
                    {...register('condition.minAmount')}
                  />
                )}
              </Field>
            </>
          ) : (
            <Field label={t('rules.amount')} error={errorOf('condition.amount')}>
              {(control) => (
                <Input {...control} inputMode="decimal" className="num" {...register('condition.amount')} />
              )}
            </Field>
          )}
          <Field label={t('rules.currency')} error={errorOf('condition.currency')}>
            {(control) => (
              <Input {...control} maxLength={3} className="uppercase" {...register('condition.currency')} />
            )}
          </Field>
        </div>
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1.5 font-medium">{t('rules.column.scope')}</legend>
          <CostFilters
            filters={(form.watch('filters') ?? []) as Filter[]}
            onChange={(filters) => form.setValue('filters', filters, { shouldDirty: true })}
            tagKeys={overview?.tagKeys ?? []}
          />
          <p className="text-xs text-ink-3">{t('costs:scope.help')}</p>
        </fieldset>
        <label className="flex items-center gap-2">
          <Checkbox
            checked={form.watch('enabled') ?? true}
            onCheckedChange={(on) => form.setValue('enabled', on === true)}
          />
          {t('rules.enabled')}
        </label>
        <FormError message={rootError} />
        <div className="flex flex-wrap justify-end gap-2">
          {rule === undefined ? null : (
            <span className="mr-auto">
              <Button variant="danger" disabledReason={denial} onClick={() => setRemoving(true)}>
                {t('costs:remove')}
              </Button>
            </span>
          )}
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant="primary" loading={busy} disabledReason={denial}>
            {t('costs:save')}
          </Button>
        </div>
      </form>
      {rule === undefined ? null : (
        <ConfirmDialog
          open={removing}
          onOpenChange={setRemoving}
          title={t('rules.removeTitle', { name: rule.name })}
          confirmLabel={t('costs:remove')}
          destructive
          onConfirm={async () => {
            await controlApi.removeRule(place, rule.id);
            onClose();
            await changed();
          }}
          explain={explainError}
        >
          <p>{t('rules.removeText')}</p>
        </ConfirmDialog>
      )}
    </Dialog>
  );
}

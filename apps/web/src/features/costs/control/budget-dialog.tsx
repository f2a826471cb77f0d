import type { Budget } from '@cloudatlas/contracts/cost-control';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button, IconButton } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { toast } from '@/ui/toast-store.ts';
import { budgetQuery, controlApi, type BudgetInput } from '../control-queries.ts';
import { useDays } from '../days.ts';
import { useMoney } from '../place.ts';
import { costsKey, overviewQuery } from '../queries.ts';
import { metrics, type Filter } from '../state.ts';
import { WatchDialog } from './watch-dialog.tsx';

interface BudgetDialogProps {
  /** Undefined for a new one. */
  budget: Budget | undefined;
  onClose: () => void;
}

const budgetPeriods = ['monthly', 'quarterly', 'yearly'] as const;
const maxThresholds = 10;

const fresh = (currency: string): BudgetInput => ({
  name: '',
  period: 'monthly',
  amount: '',
  currency,
  metric: 'billed',
  filters: [],
  thresholds: [
    { percent: 80, on: 'actual' },
    { percent: 100, on: 'actual' },
    { percent: 100, on: 'forecast' },
  ],
  enabled: true,
});

/** Makes or changes a budget; an existing one also shows what earlier periods came to. */
export function BudgetDialog({ budget, onClose }: BudgetDialogProps) {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('budgets:write');
  const { data: overview } = useQuery(overviewQuery(place));
  const { form, register, submit, errorOf, busy, rootError } = useApiForm<BudgetInput>(
    async () => (await import('@cloudatlas/contracts/cost-control')).BudgetBody,
    budget === undefined
      ? fresh(overview?.currencies[0] ?? 'USD')
      : {
          name: budget.name,
          period: budget.period,
          amount: budget.amount,
          currency: budget.currency,
          metric: budget.metric,
          filters: budget.filters,
          thresholds: budget.thresholds,
          enabled: budget.enabled,
        },
  );
  const thresholds = form.watch('thresholds');
  const setThresholds = (next: BudgetInput['thresholds']): void =>
    form.setValue('thresholds', next, { shouldDirty: true });
  const changed = () => client.invalidateQueries({ queryKey: costsKey(place, 'control') });
  const save = submit(async (values) => {
    if (budget === undefined) await controlApi.createBudget(place, values);
    else await controlApi.updateBudget(place, budget.id, values);
    toast.success(t('budgets.saved', { name: values.name }));
    onClose();
    await changed();
  });
  return (
    <WatchDialog
      title={budget?.name ?? t('budgets.create')}
      description={t('budgets.dialogText')}
      onClose={onClose}
      onSubmit={save}
      busy={busy}
      rootError={rootError}
      denial={denial}
      scopeTitle={t('scope.title')}
      filters={(form.watch('filters') ?? []) as Filter[]}
      onFilters={(filters) => form.setValue('filters', filters, { shouldDirty: true })}
      enabledLabel={t('budgets.enabled')}
      enabled={form.watch('enabled') ?? true}
      onEnabled={(on) => form.setValue('enabled', on)}
      removal={
        budget && {
          title: t('budgets.removeTitle', { name: budget.name }),
          text: t('budgets.removeText'),
          run: async () => {
            await controlApi.removeBudget(place, budget.id);
            await changed();
          },
        }
      }
      below={
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 font-medium">{t('budgets.thresholds')}</legend>
          {thresholds.map((_, index) => (
            <div key={`${index} of ${thresholds.length}`} className="flex items-center gap-2">
              <Input
                type="number"
                min={1}
                max={1000}
                className="num w-20! shrink-0"
                aria-label={t('budgets.percent', { n: index + 1 })}
                aria-invalid={errorOf(`thresholds.${index}.percent`) === undefined ? undefined : true}
                {...register(`thresholds.${index}.percent`, { valueAsNumber: true })}
              />
              <span aria-hidden>%</span>
              <Select
                className="min-w-0 flex-1 sm:max-w-56"
                aria-label={t('budgets.on', { n: index + 1 })}
                {...register(`thresholds.${index}.on`)}
                options={(['actual', 'forecast'] as const).map((name) => ({
                  value: name,
                  label: t(`budgets.onKind.${name}`),
                }))}
              />
              <IconButton
                size="sm"
                label={t('budgets.removeThreshold', { n: index + 1 })}
                disabledReason={thresholds.length === 1 ? t('budgets.oneThreshold') : undefined}
                onClick={() => setThresholds(form.getValues('thresholds').toSpliced(index, 1))}
              >
                <X />
              </IconButton>
            </div>
          ))}
          <span>
            <Button
              size="sm"
              disabledReason={thresholds.length >= maxThresholds ? t('budgets.enoughThresholds') : undefined}
              onClick={() => setThresholds([...form.getValues('thresholds'), { percent: 100, on: 'actual' }])}
            >
              <Plus /> {t('budgets.addThreshold')}
            </Button>
          </span>
        </fieldset>
      }
    >
      {budget === undefined ? null : <History id={budget.id} currency={budget.currency} />}
      <Field label={t('budgets.column.name')} error={errorOf('name')}>
        {(control) => <Input {...control} autoComplete="off" {...register('name')} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('budgets.column.amount')} error={errorOf('amount')} help={t('decimalPoint')}>
          {(control) => <Input {...control} inputMode="decimal" className="num" {...register('amount')} />}
        </Field>
        <Field label={t('control.currency')} error={errorOf('currency')}>
          {(control) => <Input {...control} maxLength={3} className="uppercase" {...register('currency')} />}
        </Field>
        <Field label={t('budgets.column.period')} error={errorOf('period')}>
          {(control) => (
            <Select
              {...control}
              {...register('period')}
              options={budgetPeriods.map((name) => ({ value: name, label: t(`budgets.period.${name}`) }))}
            />
          )}
        </Field>
        <Field label={t('control.metric')} error={errorOf('metric')}>
          {(control) => (
            <Select
              {...control}
              {...register('metric')}
              options={metrics.map((name) => ({ value: name, label: t(`metric.${name}`) }))}
            />
          )}
        </Field>
      </div>
    </WatchDialog>
  );
}

/** What earlier periods came to. */
function History({ id, currency }: { id: string; currency: string }) {
  const t = useT('costs');
  const days = useDays();
  const { money } = useMoney();
  const { data } = useQuery(budgetQuery(useWorkspacePlace(), id));
  if (data === undefined || data.history.length === 0) return null;
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-sm text-ink-2">{t('budgets.history')}</summary>
      <ul className="mt-2 divide-y divide-line rounded-md border border-line">
        {data.history.toReversed().map((entry) => (
          <li key={entry.periodStart} className="flex justify-between gap-4 px-3 py-1.5">
            <span className="text-ink-2">{days.range(entry.periodStart, entry.periodEnd)}</span>
            <span className="num">{money(entry.actual, currency)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

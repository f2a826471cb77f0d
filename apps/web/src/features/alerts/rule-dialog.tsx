import type { AlertRule } from '@cloudatlas/contracts/cost-control';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { WatchDialog } from '@/features/costs/control/watch-dialog.tsx';
import { controlApi, type AlertRuleInput } from '@/features/costs/control-queries.ts';
import { costsKey, overviewQuery } from '@/features/costs/queries.ts';
import type { Filter } from '@/features/costs/state.ts';
import { Field } from '@/ui/field.tsx';
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
    <WatchDialog
      title={rule?.name ?? t('rules.create')}
      description={t('rules.dialogText')}
      onClose={onClose}
      onSubmit={save}
      busy={busy}
      rootError={rootError}
      denial={denial}
      scopeTitle={t('rules.column.scope')}
      filters={(form.watch('filters') ?? []) as Filter[]}
      onFilters={(filters) => form.setValue('filters', filters, { shouldDirty: true })}
      enabledLabel={t('rules.enabled')}
      enabled={form.watch('enabled') ?? true}
      onEnabled={(on) => form.setValue('enabled', on)}
      removal={
        rule && {
          title: t('rules.removeTitle', { name: rule.name }),
          text: t('rules.removeText'),
          run: async () => {
            await controlApi.removeRule(place, rule.id);
            await changed();
          },
        }
      }
    >
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
    </WatchDialog>
  );
}

import type { UndoClass } from '@cloudatlas/contracts/finops';
import type { AutomationPolicy } from '@cloudatlas/contracts/finops-actions';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useApiForm } from '@/app/form.ts';
import { currentLanguage, useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { accountsQuery, useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Checkbox } from '@/ui/choice.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { toast } from '@/ui/toast-store.ts';
import { policiesQuery, rulesQuery, savingsApi, type PolicyInput } from '../queries.ts';
import { useLocal } from '../words.ts';

const classes: readonly UndoClass[] = ['R', 'S', 'N'];
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

const fresh = (): PolicyInput => ({
  name: '',
  enabled: true,
  rules: [],
  undoClasses: ['R'],
  accountIds: [],
  minimumMonthly: '5',
  window: {
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    days: [1, 2, 3, 4, 5],
    fromHour: 9,
    toHour: 17,
  },
  maxActionsPerDay: 5,
});

/** What may be applied without asking, when, and how much of it in a day. */
export function PolicyDialog({
  policy,
  onClose,
}: {
  /** Undefined for a new one. */
  policy: AutomationPolicy | undefined;
  onClose: () => void;
}) {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('finops:configure');
  const [removing, setRemoving] = useState(false);
  const { form, register, submit, errorOf, busy, rootError } = useApiForm<PolicyInput>(
    async () => (await import('@cloudatlas/contracts/finops-actions')).AutomationPolicyBody,
    policy === undefined ? fresh() : inputOf(policy),
  );
  const changed = () => client.invalidateQueries({ queryKey: policiesQuery(place).queryKey });
  const save = submit(async ({ confirmName, ...input }) => {
    const values = { ...input, ...(final && confirmName !== undefined ? { confirmName } : {}) };
    if (policy === undefined) await savingsApi.createPolicy(place, values);
    else await savingsApi.updatePolicy(place, policy.id, values);
    toast.success(t('settings.saved'));
    onClose();
    await changed();
  });
  const undoClasses = form.watch('undoClasses') ?? [];
  const enabled = form.watch('enabled');
  // Nothing can take such a deletion back: its name is typed, as for a single one.
  const final = enabled && undoClasses.includes('N');
  const confirmed = form.watch('confirmName') === form.watch('name').trim();
  const days = form.watch('window.days');
  const hours = Array.from({ length: 25 }, (_, hour) => ({
    value: String(hour),
    label: `${String(hour).padStart(2, '0')}:00`,
  }));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={policy?.name ?? t('policies.create')}
      description={t('policies.dialogText')}
    >
      <form onSubmit={save} noValidate className="flex flex-col gap-4">
        <Field label={t('policies.name')} error={errorOf('name')}>
          {(control) => <Input {...control} autoComplete="off" {...register('name')} />}
        </Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 font-medium">{t('policies.classes')}</legend>
          {classes.map((name) => (
            <label key={name} className="flex items-start gap-2">
              <Checkbox
                className="mt-0.5"
                checked={undoClasses.includes(name)}
                onCheckedChange={(on) =>
                  form.setValue(
                    'undoClasses',
                    classes.filter((each) => (each === name ? on === true : undoClasses.includes(each))),
                    { shouldDirty: true },
                  )
                }
              />
              <span>
                <span className="font-medium">{t(`undo.${name}`)}</span>{' '}
                <span className="text-ink-2">{t(`undoMeans.${name}`)}</span>
              </span>
            </label>
          ))}
          {undoClasses.includes('N') ? <Notice tone="warn">{t('policies.finalWarning')}</Notice> : null}
        </fieldset>
        <RuleChoice
          chosen={form.watch('rules')}
          onChange={(rules) => form.setValue('rules', rules, { shouldDirty: true })}
        />
        <AccountChoice
          chosen={form.watch('accountIds')}
          onChange={(ids) => form.setValue('accountIds', ids, { shouldDirty: true })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t('policies.minimum')}
            help={t('policies.minimumHelp')}
            error={errorOf('minimumMonthly')}
          >
            {(control) => (
              <Input {...control} inputMode="decimal" className="num" {...register('minimumMonthly')} />
            )}
          </Field>
          <Field
            label={t('policies.perDay')}
            help={t('policies.perDayHelp')}
            error={errorOf('maxActionsPerDay')}
          >
            {(control) => (
              <Input
                {...control}
                type="number"
                min={1}
                max={100}
                className="num"
                {...register('maxActionsPerDay', { valueAsNumber: true })}
              />
            )}
          </Field>
        </div>
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-1.5 font-medium">{t('policies.window')}</legend>
          <Days
            chosen={days}
            onChange={(next) => form.setValue('window.days', next, { shouldDirty: true })}
          />
          <div className="grid gap-4 sm:grid-cols-3">
            <Field label={t('policies.from')}>
              {(control) => (
                <Select
                  {...control}
                  {...register('window.fromHour', { valueAsNumber: true })}
                  options={hours.slice(0, 24)}
                />
              )}
            </Field>
            <Field label={t('policies.to')}>
              {(control) => (
                <Select
                  {...control}
                  {...register('window.toHour', { valueAsNumber: true })}
                  options={hours.slice(1)}
                />
              )}
            </Field>
            <Field label={t('policies.zone')} error={errorOf('window.timeZone')}>
              {(control) => <Input {...control} spellCheck={false} {...register('window.timeZone')} />}
            </Field>
          </div>
        </fieldset>
        <label className="flex items-center gap-2">
          <Checkbox checked={enabled} onCheckedChange={(on) => form.setValue('enabled', on === true)} />
          {t('policies.enabled')}
        </label>
        {final ? (
          <Field label={t('policies.confirm')} error={errorOf('confirmName')}>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                spellCheck={false}
                placeholder={form.watch('name')}
                {...register('confirmName')}
              />
            )}
          </Field>
        ) : null}
        <FormError message={rootError} />
        <div className="flex flex-wrap justify-end gap-2">
          {policy === undefined ? null : (
            <span className="mr-auto">
              <Button variant="danger" disabledReason={denial} onClick={() => setRemoving(true)}>
                {t('policies.remove')}
              </Button>
            </span>
          )}
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button
            type="submit"
            variant={final ? 'danger' : 'primary'}
            loading={busy}
            disabledReason={denial ?? (final && !confirmed ? t('policies.confirmFirst') : undefined)}
          >
            {t('save')}
          </Button>
        </div>
      </form>
      {policy === undefined ? null : (
        <ConfirmDialog
          open={removing}
          onOpenChange={setRemoving}
          title={t('policies.removeTitle', { name: policy.name })}
          confirmLabel={t('policies.remove')}
          destructive
          onConfirm={async () => {
            await savingsApi.removePolicy(place, policy.id);
            onClose();
            await changed();
          }}
          explain={explainError}
        >
          <p>{t('policies.removeText')}</p>
        </ConfirmDialog>
      )}
    </Dialog>
  );
}

function inputOf(policy: AutomationPolicy): PolicyInput {
  const { id: _id, createdAt: _createdAt, recentActions: _recent, ...input } = policy;
  return input;
}

interface ChoiceProps {
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Rules it keeps to; all that can be applied when none is chosen. */
function RuleChoice({ chosen, onChange }: ChoiceProps) {
  const t = useT('savings');
  const local = useLocal();
  const { data } = useQuery(rulesQuery(useWorkspacePlace()));
  const rules = data?.filter((rule) => rule.action !== null) ?? [];
  return (
    <CheckList
      label={t('policies.rules')}
      help={t('policies.rulesHelp')}
      options={rules.map((rule) => ({ value: rule.id, label: local(rule.title) }))}
      chosen={chosen}
      onChange={onChange}
    />
  );
}

/** Accounts it keeps to; all when none is chosen. */
function AccountChoice({ chosen, onChange }: ChoiceProps) {
  const t = useT('savings');
  const { data } = useQuery(accountsQuery(useWorkspacePlace()));
  if ((data?.length ?? 0) < 2 && chosen.length === 0) return null;
  return (
    <CheckList
      label={t('policies.accounts')}
      help={t('policies.accountsHelp')}
      options={(data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      chosen={chosen}
      onChange={onChange}
    />
  );
}

interface CheckListProps extends ChoiceProps {
  label: string;
  help: string;
  options: readonly { value: string; label: string }[];
}

function CheckList({ label, help, options, chosen, onChange }: CheckListProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 font-medium">{label}</legend>
      <div className="max-h-40 overflow-y-auto rounded-md border border-line px-3 py-2">
        {options.map((option) => (
          <label key={option.value} className="flex items-center gap-2 py-1">
            <Checkbox
              checked={chosen.includes(option.value)}
              onCheckedChange={(on) =>
                onChange(
                  on === true ? [...chosen, option.value] : chosen.filter((value) => value !== option.value),
                )
              }
            />
            <span className="min-w-0 truncate">{option.label}</span>
          </label>
        ))}
      </div>
      <p className="text-xs text-ink-3">{help}</p>
    </fieldset>
  );
}

function Days({ chosen, onChange }: { chosen: readonly number[]; onChange: (days: number[]) => void }) {
  const language = currentLanguage();
  const names = useMemo(() => {
    const format = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
    // 5 January 2026 is a Monday.
    return weekdays.map((day) => format.format(new Date(Date.UTC(2026, 0, 4 + day))));
  }, [language]);
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1.5">
      {weekdays.map((day, index) => (
        <label key={day} className="flex items-center gap-1.5">
          <Checkbox
            checked={chosen.includes(day)}
            onCheckedChange={(on) =>
              onChange(weekdays.filter((each) => (each === day ? on === true : chosen.includes(each))))
            }
          />
          {names[index]}
        </label>
      ))}
    </div>
  );
}

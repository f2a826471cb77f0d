import type { FieldValues } from '@cloudatlas/contracts/cloud';
import { useQuery } from '@tanstack/react-query';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { OptionList, type PickerProps } from '@/features/accounts/form/data-fields.tsx';
import { textOf } from '@/features/accounts/form/rules.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Combobox } from '@/ui/combobox.tsx';
import { Select } from '@/ui/select.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { optionsQuery } from '../queries.ts';

interface AccountPickerProps extends PickerProps {
  creation: { accountId: string; creatable: string; region: string };
  /** The form without secrets and files. */
  input: FieldValues;
  values: FieldValues;
  /** Names of the fields that must be filled in. */
  required: ReadonlySet<string>;
}

/** Above this a list is searched by typing. */
const manyOptions = 8;

/** A field whose choices come from the account; asked for again when what they depend on changes. */
export function Picker({
  field,
  control,
  value,
  onChange,
  creation,
  input,
  values,
  required,
}: AccountPickerProps) {
  const t = useT('inventory');
  const place = useWorkspacePlace();
  const needs = field.dependsOn ?? [];
  const ready = needs.every(
    (name) => !required.has(name) || (values[name] !== undefined && values[name] !== ''),
  );
  const dependsOn = JSON.stringify(needs.map((name) => values[name] ?? null));
  const { data, error, refetch, isPending } = useQuery({
    ...optionsQuery(place, { ...creation, input }, field.name, dependsOn),
    enabled: ready,
  });
  if (!ready) return <Select {...control} disabled options={[]} placeholder={t('create.dependsFirst')} />;
  if (error !== null) {
    return (
      <div role="alert" className="flex flex-wrap items-center gap-2 text-xs text-danger-text">
        <span className="min-w-0 flex-1">{explainError(error)}</span>
        <Button size="sm" onClick={() => void refetch()}>
          {t('ui:error.retry')}
        </Button>
      </div>
    );
  }
  if (isPending) return <Skeleton className="h-8!" />;
  if (data.length === 0)
    return <Select {...control} disabled options={[]} placeholder={t('create.noOptions')} />;
  if (field.kind === 'multiselect') {
    return (
      <OptionList
        control={control}
        label={field.label}
        options={data}
        value={Array.isArray(value) ? value.map(textOf) : []}
        onChange={onChange}
      />
    );
  }
  const text = typeof value === 'string' ? value : '';
  const none = field.required ? [] : [{ value: '', label: t('create.none') }];
  if (data.length <= manyOptions && data.every((option) => option.detail === undefined)) {
    return (
      <Select
        {...control}
        value={text}
        {...(field.required ? { placeholder: t('create.choose') } : {})}
        options={[
          ...none,
          ...data.map((option) => ({
            value: option.value,
            label:
              option.disabledReason === undefined
                ? option.label
                : `${option.label} (${option.disabledReason})`,
            disabled: option.disabledReason !== undefined,
          })),
        ]}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <Combobox
      {...control}
      value={text}
      placeholder={t('create.choose')}
      options={[
        ...none,
        ...data.map((option) => {
          const hint = option.disabledReason ?? option.detail;
          return { value: option.value, label: option.label, ...(hint === undefined ? {} : { hint }) };
        }),
      ]}
      onChange={(next) => {
        if (data.find((option) => option.value === next)?.disabledReason === undefined) onChange(next);
      }}
    />
  );
}

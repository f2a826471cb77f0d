import type { Field as FormField, FieldValues } from '@cloudatlas/contracts/cloud';
import type { ReactNode } from 'react';
import { useT } from '@/app/i18n.ts';
import { Checkbox, Switch } from '@/ui/choice.tsx';
import { Field, type FieldControl } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { PasswordInput } from '@/ui/password-input.tsx';
import { Select } from '@/ui/select.tsx';
import { useFormWords } from '../labels.ts';
import { FileInput } from './file-input.tsx';
import { applies, textOf, type FieldErrors } from './rules.ts';
import { TagsInput } from './tags-input.tsx';

type Value = FieldValues[string];

export interface PickerProps {
  field: FormField;
  control: FieldControl;
  value: Value | undefined;
  onChange: (value: Value) => void;
}

interface DataFieldsProps {
  /** Id of the form, for its words: a credential method, operation or creatable. */
  form: string;
  fields: readonly FormField[];
  values: FieldValues;
  errors: FieldErrors;
  onChange: (name: string, value: Value) => void;
  /** Renders fields whose choices come from the account. */
  renderPicker?: (props: PickerProps) => ReactNode;
}

/** The controls of a form that came as data. */
export function DataFields({ form, fields, values, errors, onChange, renderPicker }: DataFieldsProps) {
  const t = useT('cloud');
  const words = useFormWords(form);
  return fields
    .filter((field) => applies(field, values))
    .map((field) => {
      const change = (value: Value): void => onChange(field.name, value);
      const label = words.label(field);
      // The other units are symbols, the same in every language.
      const symbol = field.unit === 'days' ? t('form.days') : field.unit;
      const unit = symbol === undefined ? '' : ` (${symbol})`;
      if (field.kind === 'boolean') {
        return (
          <SwitchField
            key={field.name}
            label={label}
            help={words.help(field)}
            checked={values[field.name] === true}
            onChange={change}
          />
        );
      }
      return (
        <Field
          key={field.name}
          label={`${label}${unit}`}
          help={words.help(field)}
          error={errors[field.name]}
          {...(field.required || field.default !== undefined ? {} : { optional: t('form.optional') })}
        >
          {(control) => {
            const shown =
              field.options === undefined
                ? field
                : {
                    ...field,
                    options: field.options.map((choice) => ({
                      ...choice,
                      label: words.option(field, choice),
                    })),
                  };
            const props = { field: shown, control, value: values[field.name], onChange: change };
            return field.picker === true && renderPicker !== undefined ? (
              renderPicker(props)
            ) : (
              <DataControl {...props} label={label} />
            );
          }}
        </Field>
      );
    });
}

interface SwitchFieldProps {
  label: string;
  help: string | undefined;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function SwitchField({ label, help, checked, onChange }: SwitchFieldProps) {
  return (
    <label className="flex items-start justify-between gap-4">
      <span>
        <span className="block font-medium">{label}</span>
        {help === undefined ? null : <span className="block text-xs text-ink-3">{help}</span>}
      </span>
      <Switch aria-label={label} checked={checked} onCheckedChange={onChange} />
    </label>
  );
}

function DataControl({ field, control, value, onChange, label }: PickerProps & { label: string }) {
  const t = useT('cloud');
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'secret':
      return (
        <PasswordInput
          {...control}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'number':
      return (
        <Input
          {...control}
          type="number"
          inputMode="decimal"
          min={field.min}
          max={field.max}
          step={field.integer === true ? 1 : 'any'}
          value={typeof value === 'number' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.valueAsNumber)}
        />
      );
    case 'select':
      return (
        <Select
          {...control}
          value={text}
          {...(field.required && text !== '' ? {} : { placeholder: t('form.choose') })}
          options={field.options ?? []}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'multiselect':
      return field.options === undefined ? (
        <ListInput control={control} value={value} onChange={onChange} />
      ) : (
        <OptionList
          control={control}
          label={label}
          options={field.options}
          value={Array.isArray(value) ? value.map(textOf) : []}
          onChange={onChange}
        />
      );
    case 'cidr_list':
      return <ListInput control={control} value={value} onChange={onChange} />;
    case 'tags':
      return <TagsInput control={control} label={label} value={value} onChange={onChange} />;
    case 'file':
      return <FileInput control={control} field={field} value={text} onChange={onChange} />;
    default:
      return (
        <Input
          {...control}
          autoComplete="off"
          spellCheck={false}
          value={text}
          maxLength={field.maxLength}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

interface ListInputProps {
  control: FieldControl;
  value: Value | undefined;
  onChange: (value: Value) => void;
}

/** Several short texts, separated by commas or spaces. */
function ListInput({ control, value, onChange }: ListInputProps) {
  const t = useT('cloud');
  return (
    <Input
      {...control}
      spellCheck={false}
      placeholder={t('form.list')}
      defaultValue={Array.isArray(value) ? value.map(textOf).join(', ') : ''}
      onChange={(event) => onChange(event.target.value.split(/[\s,]+/).filter(Boolean))}
    />
  );
}

interface OptionListProps {
  control: FieldControl;
  label: string;
  options: readonly {
    value: string;
    label: string;
    detail?: string | undefined;
    disabledReason?: string | undefined;
  }[];
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** Several of a list, as tick boxes in a scrolling frame. */
export function OptionList({ control, label, options, value, onChange }: OptionListProps) {
  return (
    <div
      id={control.id}
      role="group"
      aria-label={label}
      aria-describedby={control['aria-describedby']}
      className="flex max-h-48 flex-col gap-2 overflow-y-auto rounded-md border border-field-line p-2.5"
    >
      {options.map((option) => (
        <label key={option.value} className="flex items-start gap-2">
          <Checkbox
            className="mt-0.5"
            disabled={option.disabledReason !== undefined}
            checked={value.includes(option.value)}
            onCheckedChange={(checked) =>
              onChange(
                checked === true
                  ? [...value, option.value]
                  : value.filter((chosen) => chosen !== option.value),
              )
            }
          />
          <span className="min-w-0">
            <span className="block truncate">{option.label}</span>
            {(option.disabledReason ?? option.detail) === undefined ? null : (
              <span className="block text-xs text-ink-3">{option.disabledReason ?? option.detail}</span>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}

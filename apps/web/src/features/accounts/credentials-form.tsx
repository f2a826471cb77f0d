import { useT } from '@/app/i18n.ts';
import { Field } from '@/ui/field.tsx';
import { Select } from '@/ui/select.tsx';
import i18next from 'i18next';
import { DataFields } from './form/data-fields.tsx';
import { textOf, type FieldErrors } from './form/rules.ts';
import type { CredentialMethod } from './queries.ts';

interface CredentialsFormProps {
  methods: readonly CredentialMethod[];
  method: CredentialMethod;
  values: Readonly<Record<string, string>>;
  errors: FieldErrors;
  onMethod: (id: string) => void;
  onChange: (name: string, value: string) => void;
}

/** The form of a way to sign in at a provider; secrets are masked and kept in memory only. */
export function CredentialsForm({
  methods,
  method,
  values,
  errors,
  onMethod,
  onChange,
}: CredentialsFormProps) {
  const t = useT('cloud');
  const labelOf = ({ id, label }: CredentialMethod): string =>
    i18next.exists(`method.${id}`, { ns: 'cloud' }) ? t(`method.${id}`) : label;
  const help = i18next.exists(`methodHelp.${method.id}`, { ns: 'cloud' })
    ? t(`methodHelp.${method.id}`)
    : (method.help ?? undefined);
  return (
    <>
      {methods.length < 2 ? null : (
        <Field label={t('form.method')} help={help}>
          {(control) => (
            <Select
              {...control}
              value={method.id}
              options={methods.map((option) => ({ value: option.id, label: labelOf(option) }))}
              onChange={(event) => onMethod(event.target.value)}
            />
          )}
        </Field>
      )}
      <DataFields
        form={method.id}
        fields={method.fields}
        values={values}
        errors={errors}
        onChange={(name, value) => onChange(name, textOf(value))}
      />
    </>
  );
}

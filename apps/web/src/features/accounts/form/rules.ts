/** Rules of forms that come as data (see packages/cloud/src/fields.ts): what applies, what is wrong, what is sent. */
import type { Field, FieldValues } from '@cloudatlas/contracts/cloud';
import type { Translate } from '@/app/i18n.ts';
import { ApiError } from '@/app/api.ts';

/** A JSON value as the text of a control. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export type FieldErrors = Readonly<Record<string, string>>;

/** Values a new form starts with. */
export function initialValues(fields: readonly Field[]): FieldValues {
  return Object.fromEntries(
    fields.flatMap((field) => (field.default === undefined ? [] : [[field.name, field.default]])),
  );
}

/** Whether a field counts, given the others. */
export function applies(field: Field, values: FieldValues): boolean {
  if (field.when === undefined) return true;
  const other = values[field.when.field];
  return (typeof other === 'string' || typeof other === 'boolean') && field.when.in.includes(other);
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** What is sent: only fields that apply and hold something. */
export function inputOf(fields: readonly Field[], values: FieldValues): FieldValues {
  return Object.fromEntries(
    fields
      .filter((field) => applies(field, values) && !isEmpty(values[field.name]))
      .map((field) => [field.name, values[field.name] ?? null]),
  );
}

function textError(field: Field, value: string, t: Translate): string | undefined {
  if (field.minLength !== undefined && value.length < field.minLength)
    return t('cloud:form.tooShort', { count: field.minLength });
  if (field.maxLength !== undefined && value.length > field.maxLength)
    return t('cloud:form.tooLong', { count: field.maxLength });
  if (field.kind !== 'file' && field.pattern !== undefined) {
    if (!new RegExp(`^(?:${field.pattern.source})$`, 'u').test(value))
      return t('cloud:form.pattern', { message: field.pattern.message });
  }
  if (field.kind === 'cidr' && !/^[\d.:a-f]+\/\d{1,3}$/i.test(value)) return t('cloud:form.cidr');
  return undefined;
}

function numberError(field: Field, value: unknown, t: Translate): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return t('cloud:form.number');
  if (field.integer === true && !Number.isInteger(value)) return t('cloud:form.integer');
  if (field.min !== undefined && value < field.min) return t('cloud:form.min', { min: field.min });
  if (field.max !== undefined && value > field.max) return t('cloud:form.max', { max: field.max });
  return undefined;
}

/** Everything that can be told to be wrong without asking the provider, by field name. */
export function checkForm(fields: readonly Field[], values: FieldValues, t: Translate): FieldErrors {
  const errors: Record<string, string> = {};
  for (const field of fields) {
    if (!applies(field, values)) continue;
    const value = values[field.name];
    if (isEmpty(value)) {
      if (field.required && field.default === undefined) errors[field.name] = t('errors:field.any.required');
      continue;
    }
    const error =
      field.kind === 'number'
        ? numberError(field, value, t)
        : typeof value === 'string'
          ? textError(field, value, t)
          : undefined;
    if (error !== undefined) errors[field.name] = error;
  }
  return errors;
}

/**
 * The server's field errors, by the last part of their path; undefined when the answer names none of the fields.
 * @param fields fields of the form that is shown
 */
export function fieldErrorsOf(error: unknown, fields: readonly Field[]): FieldErrors | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const names = new Set(fields.map((field) => field.name));
  const found: Record<string, string> = {};
  for (const issue of error.problem.errors ?? []) {
    const name = issue.path.split('.').at(-1) ?? '';
    if (names.has(name)) found[name] ??= issue.message;
  }
  const fromProvider = (
    error.problem.meta?.['problem'] as { fields?: { field: string; message: string }[] } | undefined
  )?.fields;
  for (const issue of fromProvider ?? []) if (names.has(issue.field)) found[issue.field] ??= issue.message;
  return Object.keys(found).length === 0 ? undefined : found;
}

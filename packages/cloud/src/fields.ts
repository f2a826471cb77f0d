import { z } from 'zod';
import type { FieldIssue } from './errors.ts';
import { JsonValue } from './resource.ts';

/** One choice of a select field. */
export const FieldOption = z.object({
  value: z.string(),
  label: z.string(),
  /** Second line, e.g. `2 vCPU · 8 GiB`. */
  detail: z.string().optional(),
  /** Why it can't be chosen now; absent when it can. */
  disabledReason: z.string().optional(),
});
export type FieldOption = z.infer<typeof FieldOption>;

/**
 * A form field as data, used for credentials, operation parameters and creation. Labels and
 * help are English; user interfaces translate by `<provider>.<form>.<name>` and fall back to them.
 */
export const Field = z.object({
  name: z.string(),
  label: z.string(),
  help: z.string().optional(),
  /**
   * Value shapes: `text`, `secret`, `cidr`, `select` string; `number` number; `boolean` boolean;
   * `multiselect`, `cidr_list` string[]; `tags` {key: value}; `file` base64 string; `json` any JSON, as
   * another operation captured it.
   */
  kind: z.enum([
    'text',
    'secret',
    'number',
    'boolean',
    'select',
    'multiselect',
    'tags',
    'cidr',
    'cidr_list',
    'file',
    'json',
  ]),
  required: z.boolean(),
  default: JsonValue.optional(),
  /** ECMAScript pattern (flag `u`) that the whole text must match, and what to say when it does not. */
  pattern: z.object({ source: z.string(), message: z.string() }).optional(),
  minLength: z.number().int().optional(),
  maxLength: z.number().int().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  /** Whole numbers only. */
  integer: z.boolean().optional(),
  unit: z.string().optional(),
  /** Largest decoded size of a `file`. */
  maxBytes: z.number().int().optional(),
  /** Fixed choices of a select. */
  options: z.array(FieldOption).optional(),
  /** Choices come from the account: ask `Connection.options` with this field's name. */
  picker: z.boolean().optional(),
  /** Names of fields whose values the choices or the default depend on; reload when they change. */
  dependsOn: z.array(z.string()).optional(),
  /** Shown, required and sent only when another field has one of these values. */
  when: z.object({ field: z.string(), in: z.array(z.union([z.string(), z.boolean()])) }).optional(),
});
/** `sensitive`: values of a `tags` field are secrets: kept sealed and shown masked. User interfaces are not told. */
export type Field = z.infer<typeof Field> & { readonly sensitive?: boolean };

/** Values of a form by field name. */
export const FieldValues = z.record(z.string(), JsonValue);
export type FieldValues = z.infer<typeof FieldValues>;

function applies(field: Field, values: FieldValues): boolean {
  if (!field.when) return true;
  const other = values[field.when.field];
  return (typeof other === 'string' || typeof other === 'boolean') && field.when.in.includes(other);
}

function checkText(field: Field, value: string): string | undefined {
  if (field.minLength !== undefined && value.length < field.minLength)
    return `needs at least ${field.minLength} characters`;
  if (field.maxLength !== undefined && value.length > field.maxLength)
    return `takes at most ${field.maxLength} characters`;
  if (field.pattern && !new RegExp(`^(?:${field.pattern.source})$`, 'u').test(value))
    return field.pattern.message;
  if (field.kind === 'select' && field.options && !field.options.some((o) => o.value === value))
    return 'is not one of the choices';
  return undefined;
}

function checkNumber(field: Field, value: number): string | undefined {
  if (!Number.isFinite(value)) return 'must be a number';
  if (field.integer && !Number.isInteger(value)) return 'must be a whole number';
  if (field.min !== undefined && value < field.min) return `must be at least ${field.min}`;
  if (field.max !== undefined && value > field.max) return `must be at most ${field.max}`;
  return undefined;
}

function isStringMap(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((v) => typeof v === 'string')
  );
}

function checkFile(field: Field, value: string): string | undefined {
  const bytes = Math.floor((value.length / 4) * 3) - (value.endsWith('==') ? 2 : value.endsWith('=') ? 1 : 0);
  if (field.maxBytes !== undefined && bytes > field.maxBytes)
    return `is ${bytes} bytes, the limit is ${field.maxBytes}`;
  return value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? undefined : 'must be base64';
}

/** Characters of a captured configuration; the largest known, a lifecycle of 1,000 rules, stays below. */
const MAX_JSON = 1_000_000;

function checkValue(field: Field, value: unknown): string | undefined {
  switch (field.kind) {
    case 'number':
      return typeof value === 'number' ? checkNumber(field, value) : 'must be a number';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'tags':
      return isStringMap(value) ? undefined : 'must map names to values';
    case 'multiselect':
    case 'cidr_list':
      if (!Array.isArray(value) || !value.every((v) => typeof v === 'string'))
        return 'must be a list of texts';
      if (field.required && value.length === 0) return 'must not be empty';
      if (field.max !== undefined && value.length > field.max) return `takes at most ${field.max} entries`;
      return undefined;
    case 'json':
      return JSON.stringify(value).length <= MAX_JSON ? undefined : `takes at most ${MAX_JSON} characters`;
    case 'file':
      return typeof value === 'string' ? checkFile(field, value) : 'must be base64';
    default:
      return typeof value === 'string' ? checkText(field, value) : 'must be a text';
  }
}

/** The result of {@link checkFields}. */
export interface CheckedFields {
  /** Values with defaults filled in; fields that do not apply are left out. */
  readonly values: FieldValues;
  readonly issues: readonly FieldIssue[];
}

/** Checks form values against their fields. Unknown names are issues, so that a typo never goes unnoticed. */
export function checkFields(fields: readonly Field[], input: FieldValues): CheckedFields {
  const issues: FieldIssue[] = [];
  const values: FieldValues = {};
  const known = new Set(fields.map((f) => f.name));
  for (const name of Object.keys(input))
    if (!known.has(name)) issues.push({ field: name, message: 'is not a field of this form' });
  for (const field of fields) {
    const given = input[field.name];
    const value = given === undefined || given === null || given === '' ? field.default : given;
    if (!applies(field, { ...input, ...values })) continue;
    if (value === undefined) {
      if (field.required) issues.push({ field: field.name, message: 'is required' });
      continue;
    }
    const message = checkValue(field, value);
    if (message) issues.push({ field: field.name, message });
    values[field.name] = value;
  }
  return { values, issues };
}

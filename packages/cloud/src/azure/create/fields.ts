import type { FieldIssue } from '../../errors.ts';
import type { Field, FieldOption, FieldValues } from '../../fields.ts';
import { text } from '../../shared/parameters.ts';

/** Fields that several forms of Azure have. */

export const TAGS_FIELD: Field = { name: 'tags', label: 'Tags', kind: 'tags', required: false, default: {} };

export const GROUP_FIELD: Field = {
  name: 'resourceGroup',
  label: 'Resource group',
  kind: 'select',
  required: true,
  picker: true,
  maxLength: 90,
  // It becomes a part of ids: nothing that would lead elsewhere.
  pattern: {
    source: '[\\p{L}\\p{N}_().-]*[\\p{L}\\p{N}_()-]',
    message: 'is not the name of a resource group',
  },
};

/** A text field that a name of Azure is typed into. */
export const nameField = (parts: {
  readonly name?: string;
  readonly label?: string;
  readonly help?: string;
  readonly minLength?: number;
  readonly maxLength: number;
  readonly source: string;
  readonly message: string;
  readonly when?: Field['when'];
}): Field => {
  const { name = 'name', label = 'Name', source, message, when, ...rest } = parts;
  return {
    name,
    label,
    kind: 'text',
    required: true,
    pattern: { source, message },
    ...(when === undefined ? {} : { when }),
    ...rest,
  };
};

/** Names of most resources: letters, digits, `_`, `.` and `-`, a letter or digit first, no `.` or `-` at the end. */
export const PLAIN_NAME = {
  source: '[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_])?',
  message: 'takes letters, digits, dots, hyphens and underscores, and begins with a letter or digit',
};

/** A resource that is there already, chosen from the account by its id. */
export const resourceField = (
  name: string,
  label: string,
  parts: Pick<Field, 'required' | 'help' | 'when'> & {
    /** What the id says after the subscription, as the source of a pattern. */
    readonly path?: string;
    /** What it is an id of. */
    readonly what: string;
  },
): Field => {
  const { path = '', what, ...rest } = parts;
  return {
    name,
    label,
    kind: 'select',
    picker: true,
    pattern: { source: `/subscriptions/.+${path}`, message: `is not the id of ${what}` },
    ...rest,
  };
};

/** A switch that is off or on when nobody touches it. */
export const switchField = (name: string, label: string, on: boolean, when?: Field['when']): Field => ({
  name,
  label,
  kind: 'boolean',
  required: false,
  default: on,
  ...(when === undefined ? {} : { when }),
});

/** Choices by value and label. */
export const optionsOf = (pairs: readonly (readonly [value: string, label: string])[]): FieldOption[] =>
  pairs.map(([value, label]) => ({ value, label }));

/** One of a few fixed choices. */
export const choiceField = (
  name: string,
  label: string,
  chosen: string,
  options: readonly FieldOption[],
  when?: Field['when'],
): Field => ({
  name,
  label,
  kind: 'select',
  required: false,
  default: chosen,
  options: [...options],
  ...(when === undefined ? {} : { when }),
});

/** The password of an administrator, to be checked with `passwordIssues`. */
export const passwordField = (
  label: string,
  minLength: number,
  maxLength: number,
  when: Field['when'],
): Field => ({
  name: 'adminPassword',
  label,
  help: `${minLength} to ${maxLength} characters with three of: lower case, upper case, digits, others.`,
  kind: 'secret',
  required: true,
  minLength,
  maxLength,
  when,
});

/** What is wrong with the characters of `passwordField`: Azure demands at least three of the four classes. */
export function passwordIssues(input: FieldValues): FieldIssue[] {
  const password = text(input, 'adminPassword');
  if (password === undefined) return [];
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((one) => one.test(password));
  return classes.length >= 3
    ? []
    : [{ field: 'adminPassword', message: 'needs three of: lower case, upper case, digits, others' }];
}

import type { FieldValues } from '../fields.ts';
import type { Json } from '../resource.ts';

/** Parameters as typed values; they were checked against the fields before. */
export function text(parameters: FieldValues, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function number(parameters: FieldValues, name: string): number | undefined {
  const value = parameters[name];
  return typeof value === 'number' ? value : undefined;
}

export function flag(parameters: FieldValues, name: string): boolean {
  return parameters[name] === true;
}

export function textList(parameters: FieldValues, name: string): string[] {
  const value = parameters[name];
  return Array.isArray(value) ? value.filter((v) => typeof v === 'string') : [];
}

export function textMap(parameters: FieldValues, name: string): Record<string, string> {
  const value: Json | undefined = parameters[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

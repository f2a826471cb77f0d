import type { Json } from '@cloudatlas/cloud/resource';

/** JSON of an object. */
export type JsonObject = { readonly [key: string]: Json };

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member at a path of member names, e.g. `['VersioningConfiguration', 'Status']`. */
function at(from: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = { ...from };
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** A text attribute by its path; undefined when absent or no text. */
export function textAt(from: JsonObject, ...path: string[]): string | undefined {
  const value = at(from, path);
  return typeof value === 'string' ? value : undefined;
}

/** A number attribute by its path. */
export function numberAt(from: JsonObject, ...path: string[]): number | undefined {
  const value = at(from, path);
  return typeof value === 'number' ? value : undefined;
}

/** Whether an attribute is there and true. */
export function flagAt(from: JsonObject, ...path: string[]): boolean {
  return at(from, path) === true;
}

/** The objects of a list attribute; empty when absent. */
export function objectsAt(from: JsonObject, ...path: string[]): JsonObject[] {
  const value = at(from, path);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The texts of a list attribute; empty when absent. */
export function textsAt(from: JsonObject, ...path: string[]): string[] {
  const value = at(from, path);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** An object attribute; undefined when absent, null or something else. */
export function objectAt(from: JsonObject, ...path: string[]): JsonObject | undefined {
  const value = at(from, path);
  return isObject(value) ? value : undefined;
}

/** Whether an attribute is there at all: null counts, absent does not. */
export function hasAt(from: JsonObject, ...path: string[]): boolean {
  return at(from, path) !== undefined;
}

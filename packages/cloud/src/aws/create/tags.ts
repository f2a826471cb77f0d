import type { Field, FieldValues } from '../../fields.ts';
import { textMap } from '../../shared/parameters.ts';
import { TOKEN_TAG } from '../token.ts';

export const TAGS_FIELD: Field = { name: 'tags', label: 'Tags', kind: 'tags', required: false, default: {} };

/** Tags of a new resource: the person's, its name, and the mark of the order. */
export function orderTags(
  input: FieldValues,
  clientToken: string,
  name?: string,
): { Key: string; Value: string }[] {
  const tags = { ...textMap(input, 'tags'), ...(name ? { Name: name } : {}), [TOKEN_TAG]: clientToken };
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The same as a map. */
export function orderTagMap(input: FieldValues, clientToken: string): Record<string, string> {
  return { ...textMap(input, 'tags'), [TOKEN_TAG]: clientToken };
}

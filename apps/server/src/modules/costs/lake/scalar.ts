/**
 * The text of one value of a database row. Columns that are read this way are never lists or structures; one that is
 * would be a changed query, so it is an error instead of `[object Object]`.
 */
export function scalarText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      throw new TypeError(`a scalar column holds ${value === null ? 'NULL' : typeof value}`);
  }
}

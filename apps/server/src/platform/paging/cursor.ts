import { AppError } from '../errors/app-error.ts';

/** Makes an opaque cursor of the sort key of a page's last row. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * Reads a cursor made by `encodeCursor`. The parts are only ever bound as parameters, so a forged cursor can
 * name another place in the caller's own list and nothing else.
 * @throws AppError `validation_failed` when it is not one of ours
 */
export function decodeCursor(cursor: string, parts: number): string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(key) &&
      key.length === parts &&
      key.every((part) => typeof part === 'string' || typeof part === 'number') &&
      // PostgreSQL takes neither in a text.
      !key.some((part) => typeof part === 'string' && (part.includes('\0') || !part.isWellFormed()))
    ) {
      return key.map(String);
    }
  } catch {
    // Falls through to the one answer for every unreadable cursor.
  }
  throw new AppError('validation_failed', 'The cursor is not valid; start from the first page.', {
    errors: [{ path: 'query.cursor', code: 'invalid', message: 'is not a cursor of this list' }],
  });
}

/** Cuts one row more than asked for into a page and the cursor of the next. */
export function toPage<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | number)[],
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}

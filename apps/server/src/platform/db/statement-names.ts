import { createHash } from 'node:crypto';

const usesBeforeNaming = 8;
const maxSeen = 2000;
const maxNamed = 300;
/** A prepared `select *` fails when a migration adds a column while this release still runs. */
const allColumns = /(?:\.|select |returning )\*/;

/**
 * Names for statements that come again and again, so that PostgreSQL parses and plans them once per connection
 * (protocol-level prepared statements). Statements of chance length (IN lists, filters) never earn one.
 */
export class StatementNames {
  readonly #seen = new Map<string, number>();
  readonly #names = new Map<string, string>();

  /** @returns the name to send the statement under, or undefined to send it unnamed */
  nameOf(sql: string): string | undefined {
    const name = this.#names.get(sql);
    if (name !== undefined) return name;
    if (allColumns.test(sql)) return undefined;
    const uses = (this.#seen.get(sql) ?? 0) + 1;
    if (uses < usesBeforeNaming || this.#names.size >= maxNamed) {
      if (this.#seen.size >= maxSeen) this.#seen.clear();
      this.#seen.set(sql, uses);
      return undefined;
    }
    this.#seen.delete(sql);
    const fresh = `s${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
    this.#names.set(sql, fresh);
    return fresh;
  }
}

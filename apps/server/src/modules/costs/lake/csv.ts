import { csvField } from '#platform/csv/csv.ts';

/** Amounts are decimal texts here, exact to the last digit; as numbers they would not be. */
const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** One cell, guarded against formulas and quoted as the platform's, but for decimal texts: their sign is no formula. */
function csvCell(value: string | null): string {
  return value !== null && NUMBER.test(value) ? value : csvField(value);
}

/** One line with its line end (CRLF, RFC 4180). */
export function csvLine(values: readonly (string | null)[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

/** The same guard as a DuckDB expression over a text column. */
export function guardCell(column: string): string {
  return `CASE WHEN regexp_matches(${column}, '^[=+\\-@\\t\\r]') AND NOT regexp_full_match(${column}, '[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?') THEN '''' || ${column} ELSE ${column} END`;
}

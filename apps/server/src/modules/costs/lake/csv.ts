/**
 * CSV cells that spreadsheets would run as a formula (OWASP "CSV injection"): those that begin with
 * one of = + - @, tab or carriage return. A leading apostrophe makes them text. Numbers stay numbers.
 */
const DANGEROUS = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** One cell, guarded and quoted where needed. Null is an empty cell. */
export function csvCell(value: string | null): string {
  if (value === null) return '';
  const safe = DANGEROUS.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line with its line end (CRLF, RFC 4180). */
export function csvLine(values: readonly (string | null)[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

/** The same guard as a DuckDB expression over a text column. */
export function guardCell(column: string): string {
  return `CASE WHEN regexp_matches(${column}, '^[=+\\-@\\t\\r]') AND NOT regexp_full_match(${column}, '[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?') THEN '''' || ${column} ELSE ${column} END`;
}

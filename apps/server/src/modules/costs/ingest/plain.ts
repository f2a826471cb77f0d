import { literal } from '../lake/duck.ts';
import { DECIMAL_SQL } from '../lake/money.ts';
import { LINE_COLUMNS } from '../lake/schema.ts';
import type { ReadingOptions, SourceColumn } from './normalise.ts';

/*
 * Most rows of most bills are plain: short decimals without sign or exponent, times of one form, closed lists spelt as
 * the specification spells them. Such a row is told by a few cheap tests on whole columns and needs none of the careful
 * expressions, for which it would give the same values, no refusal and a known flag. All other rows go the careful way,
 * each for itself. What the first rows of a file look like decides only which way is worth trying.
 */

/** What the plain rows of a file have in common. */
export interface PlainForm {
  /** Their currency. */
  currency: string;
  /** Whether times end in `Z` (2024-09-01T00:00:00Z) or name no zone (2024-09-01 00:00:00). */
  zoned: boolean;
  /** Whether decimals are stored as `NARROW_SQL`; a row that does not fit ends the reading with `NARROW_ERROR`. */
  narrow: boolean;
  /** Times that most rows share, by the position of their column: those of a billing period. */
  common: ReadonlyMap<number, readonly string[]>;
}

/** Decimals in 64 bits: read, written and summed at half the price of 128. Six digits before the point. */
export const NARROW_SQL = 'DECIMAL(18,12)';
const NARROW_DIGITS = 6;
const NARROW_SCALE = 12;
/** Text of the error of a value that 64 bits do not hold exactly. */
export const NARROW_ERROR = 'a decimal is too long for the narrow columns';

/** A text of this length that is a decimal without exponent has at most 12 digits after the point: none is lost. */
const PLAIN_LENGTH = 13;
/** As many times as a column may share: each is one more comparison. */
const MAX_COMMON = 2;
/** What may be written into a statement as it stands in the file. */
const TIME_TEXT = /^[\d:. TZ-]{10,30}$/;
/** Rows of the head of a file that must be plain for it to be worth while. */
const WORTH = 0.5;

/** Names of the columns that hold, beside the source, what a plain row would have. */
const quick = (source: SourceColumn): string => `_q${source.position}`;

type Columns = ReadonlyMap<string, SourceColumn>;

function sources(columns: Columns, type: 'decimal' | 'datetime'): [string, SourceColumn][] {
  return LINE_COLUMNS.flatMap((c) => {
    const source = columns.get(c.name);
    return c.type === type && source ? [[c.name, source] as [string, SourceColumn]] : [];
  });
}

/** The columns whose meaning the tests of a plain row need. */
export function judgedColumns(columns: Columns): SourceColumn[] {
  return [
    ...sources(columns, 'decimal'),
    ...sources(columns, 'datetime'),
    ...[...columns].filter(([name]) => name === 'BillingCurrency' || name === 'BillingAccountId'),
  ].map(([, source]) => source);
}

/**
 * The form of the plain rows of a file by its first rows, or undefined where the file leaves no room for one: columns
 * that are not text or not in the file, readings with options, or too few such rows.
 *
 * @param cell value of a row of the sample in a column, null where there is none
 */
export function plainForm<R>(
  sample: readonly R[],
  cell: (row: R, column: SourceColumn) => string | null,
  columns: Columns,
  options: ReadingOptions,
): PlainForm | undefined {
  const currency = columns.get('BillingCurrency');
  const start = columns.get('ChargePeriodStart');
  const account = columns.get('BillingAccountId');
  const first = sample[0];
  if (!currency || !start || !account || first === undefined || !columns.has('BillingPeriodStart'))
    return undefined;
  if (options.decimalComma || options.dateOrder) return undefined;
  if (judgedColumns(columns).some((c) => c.type !== 'VARCHAR')) return undefined;
  const code = cell(first, currency) ?? '';
  if (!/^[A-Z]{3}$/.test(code)) return undefined;
  const zoned = (cell(first, start) ?? '').endsWith('Z');
  const time = zoned ? /^.{19}Z$/ : /^.{18}[^Z]$/;
  const decimals = sources(columns, 'decimal').map(([, source]) => source);
  const times = sources(columns, 'datetime').map(([, source]) => source);
  let plain = 0;
  let narrow = true;
  for (const row of sample) {
    const numbers = decimals.map((c) => cell(row, c)).filter((v) => v !== null);
    const moments = times.map((c) => cell(row, c)).filter((v) => v !== null);
    if (numbers.some((v) => !fitsNarrow(v))) narrow = false;
    if (
      cell(row, currency) === code &&
      numbers.every((v) => v.length <= PLAIN_LENGTH && /^\d+(\.\d*)?$/.test(v)) &&
      moments.every((v) => time.test(v))
    )
      plain += 1;
  }
  if (plain < sample.length * WORTH) return undefined;
  const common = new Map(
    times
      .map(
        (c) =>
          [c.position, [...new Set(sample.map((row) => cell(row, c)).filter((v) => v !== null))]] as const,
      )
      .filter(([, values]) => values.length <= MAX_COMMON && values.every((v) => TIME_TEXT.test(v))),
  );
  return { currency: code, zoned, narrow, common };
}

/** Whether 64 bits hold a number exactly. What is no number is no reason against it. */
function fitsNarrow(text: string): boolean {
  const match = /^\s*[+-]?(\d*)(?:\.(\d*?)0*)?(?:[eE]([+-]?\d+))?\s*$/.exec(text);
  if (!match) return true;
  const exponent = Number(match[3] ?? 0);
  return (
    (match[1] ?? '').replace(/^0+/, '').length + exponent <= NARROW_DIGITS &&
    (match[2] ?? '').length - exponent <= NARROW_SCALE
  );
}

/**
 * The source table with what a plain row would have in its decimals and times beside it, and `_plain`, whether it is
 * one: never null.
 */
export function withPlain(from: string, columns: Columns, form: PlainForm): string {
  const decimals = sources(columns, 'decimal');
  const times = sources(columns, 'datetime');
  const parsed = [
    ...decimals.map(([, s]) => `TRY_CAST(_s${s.position} AS ${NARROW_SQL}) AS ${quick(s)}`),
    ...times.map(([, s]) => `${timestampSql(s, form)} AS ${quick(s)}`),
    `concat(${decimals.map(([, s]) => `_s${s.position}`).join(', ')}) AS _digits`,
  ];
  return `(SELECT *, coalesce(${testSql(columns, decimals, times, form)}, false) AS _plain FROM (SELECT *, ${parsed.join(', ')} FROM ${from}))`;
}

/** A time as DuckDB reads it. Comparing texts costs a fraction of reading one. */
function timestampSql({ position }: SourceColumn, { common }: PlainForm): string {
  const parse = (text: string): string => `TRY_CAST(${text} AS TIMESTAMP)`;
  const cases = (common.get(position) ?? []).map(
    (text) => `WHEN _s${position} = ${literal(text)} THEN ${parse(literal(text))}`,
  );
  const read = parse(`_s${position}`);
  return cases.length === 0 ? read : `CASE ${cases.join(' ')} ELSE ${read} END`;
}

function testSql(
  columns: Columns,
  decimals: readonly [string, SourceColumn][],
  times: readonly [string, SourceColumn][],
  form: PlainForm,
): string {
  const s = (name: string): string => `_s${columns.get(name)?.position ?? 0}`;
  const tests = [
    // Of nulls, greatest, least and concat take no notice.
    `greatest(${decimals.map(([, c]) => `strlen(_s${c.position})`).join(', ')}) <= ${PLAIN_LENGTH}`,
    // No sign, no exponent that makes digits after the point, no 1_000.
    `NOT contains(_digits, '-')`,
    `NOT contains(_digits, '_')`,
  ];
  const required = new Set(['BilledCost', 'ChargePeriodStart', 'BillingPeriodStart']);
  for (const [name, c] of [...decimals, ...times])
    tests.push(
      required.has(name)
        ? `${quick(c)} IS NOT NULL`
        : // What is not null is readable.
          `(${quick(c)} IS NULL) = (_s${c.position} IS NULL)`,
    );
  const length = form.zoned ? 20 : 19;
  const lengths = times.map(([, c]) => `strlen(_s${c.position})`).join(', ');
  const moments = times.map(([, c]) => quick(c)).join(', ');
  tests.push(
    `greatest(${lengths}) = ${length}`,
    `least(${lengths}) = ${length}`,
    `least(${moments}) >= TIMESTAMP '2000-01-01'`,
    `greatest(${moments}) <= TIMESTAMP '2100-01-01'`,
  );
  if (form.zoned) for (const [, c] of times) tests.push(`coalesce(ends_with(_s${c.position}, 'Z'), true)`);
  // The repair that all plain rows have had is told by this column.
  else tests.push(`NOT ends_with(${s('ChargePeriodStart')}, 'Z')`);
  tests.push(
    `${s('BillingCurrency')} = ${literal(form.currency)}`,
    `NOT contains(${s('BillingAccountId')}, ' ')`,
    `NOT contains(${s('BillingAccountId')}, '+')`,
  );
  for (const column of LINE_COLUMNS) {
    const source = columns.get(column.name);
    if (!column.allowed || source?.type !== 'VARCHAR') continue;
    // Not IN: a long list of it becomes a join.
    const list = column.allowed.map(literal).join(', ');
    tests.push(`coalesce(list_contains([${list}], _s${source.position}), true)`);
  }
  return tests.join(' AND ');
}

/** What a plain row has in a column, or undefined where all rows go the same way. */
function plainValue(name: string, source: SourceColumn): string | undefined {
  const column = LINE_COLUMNS.find((c) => c.name === name);
  if (column?.type === 'decimal' || column?.type === 'datetime') return quick(source);
  const judged = column?.allowed && source.type === 'VARCHAR';
  return judged || name === 'BillingCurrency' || name === 'BillingAccountId'
    ? `_s${source.position}`
    : undefined;
}

/** The value of a column: as a plain row has it, or else the careful way. */
export function plainOr(careful: string, name: string, source: SourceColumn, form: PlainForm): string {
  const plain = plainValue(name, source);
  if (plain === undefined) return careful;
  const decimal = LINE_COLUMNS.find((c) => c.name === name)?.type === 'decimal';
  if (!decimal) return `CASE WHEN _plain THEN ${plain} ELSE ${careful} END`;
  return form.narrow
    ? `CASE WHEN _plain THEN ${plain} ELSE ${narrowSql(careful)} END`
    : `CASE WHEN _plain THEN ${plain}::${DECIMAL_SQL} ELSE ${careful} END`;
}

/** A number in 64 bits, or an error where they do not hold it exactly. */
function narrowSql(wide: string): string {
  return (
    `CASE WHEN ${wide} IS NULL THEN NULL WHEN coalesce(TRY_CAST(${wide} AS ${NARROW_SQL})::${DECIMAL_SQL} = ${wide}, false) ` +
    `THEN TRY_CAST(${wide} AS ${NARROW_SQL}) ELSE error(${literal(NARROW_ERROR)})::${NARROW_SQL} END`
  );
}

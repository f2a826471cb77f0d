import { scalarText } from '../lake/scalar.ts';
import { CostError } from '../lake/errors.ts';
import type { Manifest, PartitionVersion } from '../lake/manifest.ts';
import { SCALE, fromUnits, toUnits, type Units } from '../lake/money.ts';
import type { CostStore } from '../lake/store.ts';
import { calendarSql } from './calendarSql.ts';
import { aggregateSql, sourceOf } from './compile.ts';
import { divideMonths } from './months.ts';
import {
  type CostQuestion,
  type CostQuestionInput,
  type Period,
  type Rate,
  previousPeriod,
  questionSchema,
} from './question.ts';

export interface CostGroup {
  /** One value per `groupBy` dimension; null where the line items have none. */
  keys: (string | null)[];
  currency: string;
  total: string;
  /** Total of the same group in the period compared with. */
  previous: string | undefined;
  /** What of `total` is of complete days, to hold against `previous`. */
  comparable: string | undefined;
  /** By bucket, in time order; buckets without cost are absent. */
  series: { bucket: string; amount: string }[];
}

export interface CostAnswer {
  /** Largest first, per currency. */
  groups: CostGroup[];
  /** What the groups beyond the top add up to, per currency. Keys are null. */
  rest: CostGroup[];
  /** Everything, per currency: equal to groups plus rest to the last digit. */
  totals: CostGroup[];
  compare: Period | undefined;
  /** What it was read from. */
  source: 'summary' | 'index' | 'daily' | 'rows';
}

export interface AskOptions {
  organizationId: string;
  signal?: AbortSignal;
}

/** Answers a question. Errors: ZodError on a malformed question, CostError `bad-input` when a rate is missing. */
export async function ask(
  store: CostStore,
  manifest: Manifest,
  input: CostQuestionInput,
  options: AskOptions,
): Promise<CostAnswer> {
  const question = questionSchema.parse(input);
  const { from, to, incompleteFrom } = question;
  if (incompleteFrom !== undefined && (incompleteFrom <= from || incompleteFrom >= to))
    delete question.incompleteFrom;
  // Like with like: as many days before as there are complete ones.
  const whole = { from, to: question.incompleteFrom ?? to };
  const compare = question.compare === 'previous' ? previousPeriod(whole) : question.compare;
  const table = sourceOf([...question.groupBy, ...question.filters.map((f) => f.dimension)]);
  const periods = compare ? [question, compare] : [question];
  const partitions = within(await manifest.partitions(options.organizationId), periods);
  const rates = question.currency
    ? new RateBook(question.currency.target, question.currency.rates)
    : undefined;
  const currencies = [...new Set(partitions.flatMap((p) => p.sums.map((s) => s.currency)))];
  const conversion = rates
    ? {
        weights: new Map(
          currencies.map((c) => [
            c,
            rates.on(c, lastDay(question), firstNeeded(c, partitions, periods)).rate,
          ]),
        ),
      }
    : undefined;
  const index = store.index?.covers(partitions) ? store.index : undefined;
  const rows = index
    ? await index.select(
        partitions,
        table === 'daily' ? 'summary' : 'calendar',
        (calendarOf, dialect) => {
          const patterns = divideMonths({
            current: { from, to },
            compare,
            incompleteFrom: question.incompleteFrom,
            grain: question.grain,
            byDay: conversion !== undefined,
            span: spanOf(partitions),
          });
          return calendarSql(question, patterns, calendarOf, dialect, conversion);
        },
        options.signal,
      )
    : await store.select(
        partitions,
        table,
        (from, dialect) => aggregateSql(question, compare, table, from, dialect, conversion),
        options.signal,
      );

  const fold = new Fold(question, rates);
  for (const row of rows) {
    const keys = question.groupBy.map((_, i) => scalarText(row[`k${i}`] ?? '') || null);
    fold.add(
      Number(row['now']),
      scalarText(row['bucket']),
      Number(row['named']) === 1,
      keys,
      scalarText(row['currency']),
      toUnits(scalarText(row['amount'] ?? '0')),
    );
  }
  return {
    ...fold.result(compare !== undefined),
    compare,
    source: index ? (table === 'daily' ? 'summary' : 'index') : table,
  };
}

/** Partitions that can hold charges of the periods. Charges may be billed in a later month, so days decide. */
export function within(
  partitions: readonly PartitionVersion[],
  periods: readonly Period[],
): PartitionVersion[] {
  return partitions.filter((p) =>
    periods.some((period) => p.lastDay >= period.from && p.firstDay < period.to),
  );
}

/** First and last day of any charge in partitions, of which there is at least one. */
export function spanOf(partitions: readonly PartitionVersion[]): { first: string; last: string } {
  const days = partitions.flatMap((p) => [p.firstDay, p.lastDay]).toSorted();
  return { first: days[0] ?? '', last: days.at(-1) ?? '' };
}

/** First day for which a currency's rate is needed: the one to tell of, or each rate entered would lead to the next complaint. */
function firstNeeded(
  currency: string,
  partitions: readonly PartitionVersion[],
  periods: readonly Period[],
): string {
  const [asked = ''] = periods.map(({ from }) => from).toSorted();
  const [first = asked] = partitions
    .filter((p) => p.sums.some((s) => s.currency === currency))
    .map((p) => p.firstDay)
    .toSorted();
  return first > asked ? first : asked;
}

function lastDay(period: Period): string {
  return new Date(Date.parse(period.to) - 86_400_000).toISOString().slice(0, 10);
}

interface Slot {
  keys: (string | null)[];
  currency: string;
  total: Units;
  previous: Units;
  comparable: Units;
  series: Map<string, Units>;
}

/** Adds rows up into groups, rest and totals; converts day by day where rates are given. */
class Fold {
  readonly #groups = new Map<string, Slot>();
  readonly #rest = new Map<string, Slot>();
  readonly #totals = new Map<string, Slot>();
  readonly #question: CostQuestion;
  readonly #rates: RateBook | undefined;

  constructor(question: CostQuestion, rates: RateBook | undefined) {
    this.#question = question;
    this.#rates = rates;
  }

  add(
    now: number,
    bucket: string,
    named: boolean,
    keys: (string | null)[],
    currency: string,
    amount: Units,
  ): void {
    let value = amount;
    let unit = currency;
    const place = bucketOf(bucket, this.#question.grain);
    if (this.#rates) {
      value = this.#rates.convert(amount, currency, bucket);
      unit = this.#rates.target;
    }
    const targets = [
      slot(
        this.#totals,
        keys.map(() => null),
        unit,
      ),
    ];
    if (keys.length > 0)
      targets.push(
        named
          ? slot(this.#groups, keys, unit)
          : slot(
              this.#rest,
              keys.map(() => null),
              unit,
            ),
      );
    for (const target of targets) {
      if (now === 0) target.previous += value;
      else {
        if (now === 1) target.comparable += value;
        target.total += value;
        target.series.set(place, (target.series.get(place) ?? 0n) + value);
      }
    }
  }

  result(compared: boolean): Pick<CostAnswer, 'groups' | 'rest' | 'totals'> {
    const present = (slots: Map<string, Slot>): CostGroup[] =>
      [...slots.values()]
        .toSorted((a, b) => a.currency.localeCompare(b.currency) || compareUnits(b.total, a.total))
        .map((s) => ({
          keys: s.keys,
          currency: s.currency,
          total: fromUnits(s.total),
          previous: compared ? fromUnits(s.previous) : undefined,
          comparable: compared ? fromUnits(s.comparable) : undefined,
          series: [...s.series]
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([bucket, amount]) => ({ bucket, amount: fromUnits(amount) })),
        }));
    return { groups: present(this.#groups), rest: present(this.#rest), totals: present(this.#totals) };
  }
}

function slot(slots: Map<string, Slot>, keys: (string | null)[], currency: string): Slot {
  const id = JSON.stringify([currency, keys]);
  const found = slots.get(id) ?? {
    keys,
    currency,
    total: 0n,
    previous: 0n,
    comparable: 0n,
    series: new Map<string, Units>(),
  };
  slots.set(id, found);
  return found;
}

function compareUnits(a: Units, b: Units): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** First day of the bucket of a day, as the store computes it. Weeks begin on Monday (ISO 8601). */
export function bucketOf(day: string, grain: CostQuestion['grain']): string {
  if (grain === 'total') return 'total';
  if (grain === 'day') return day;
  if (grain === 'month') return `${day.slice(0, 7)}-01`;
  const date = new Date(day);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

const ONE = 10n ** BigInt(SCALE);

/** Dated exchange rates into one currency. */
export class RateBook {
  readonly target: string;
  readonly #byCurrency = new Map<string, Rate[]>();
  /** Rates of days asked for, in units: every group asks for the same few. */
  readonly #units = new Map<string, Units>();

  constructor(target: string, rates: readonly Rate[]) {
    this.target = target;
    for (const rate of rates)
      this.#byCurrency.set(rate.from, [...(this.#byCurrency.get(rate.from) ?? []), rate]);
    for (const list of this.#byCurrency.values()) list.sort((a, b) => (a.day < b.day ? -1 : 1));
  }

  /**
   * The rate that holds on a day: the last one dated on or before it.
   *
   * @param told day to name where there is none
   * @throws CostError `bad-input`
   */
  on(currency: string, day: string, told = day): Rate {
    if (currency === this.target) return { from: currency, day, rate: '1' };
    const rate = this.#byCurrency.get(currency)?.findLast((r) => r.day <= day);
    if (!rate)
      throw new CostError('bad-input', `no exchange rate from ${currency} to ${this.target} for ${told}`, {
        reason: 'rate-missing',
        currency,
        day: told,
      });
    return rate;
  }

  /** Exact product, rounded half away from zero to 18 decimals. */
  convert(amount: Units, currency: string, day: string): Units {
    const key = `${currency} ${day}`;
    let rate = this.#units.get(key);
    if (rate === undefined) this.#units.set(key, (rate = toUnits(this.on(currency, day).rate)));
    const product = amount * rate;
    return (product < 0n ? product - ONE / 2n : product + ONE / 2n) / ONE;
  }
}

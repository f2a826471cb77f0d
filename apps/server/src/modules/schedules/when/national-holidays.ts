import type { HolidayCountry } from '@cloudatlas/contracts/schedules';
import { Temporal } from 'temporal-polyfill';

/** A day off, named in the country's own language. */
export interface Holiday {
  /** YYYY-MM-DD. */
  date: string;
  name: string;
}

type Rule = (year: number) => Temporal.PlainDate | null;
type Named = readonly [name: string, rule: Rule];

const fixed =
  (month: number, day: number, since = 0): Rule =>
  (year) =>
    year < since ? null : Temporal.PlainDate.from({ year, month, day });

/** The nth weekday of a month; -1 the last one. */
const nth =
  (month: number, weekday: number, n: number): Rule =>
  (year) => {
    const first = Temporal.PlainDate.from({ year, month, day: 1 });
    const offset = (weekday - first.dayOfWeek + 7) % 7;
    if (n > 0) return first.add({ days: offset + 7 * (n - 1) });
    const last = first.with({ day: first.daysInMonth });
    return last.subtract({ days: (last.dayOfWeek - weekday + 7) % 7 });
  };

const afterEaster =
  (days: number): Rule =>
  (year) =>
    easter(year).add({ days });

/** Western Easter Sunday by the anonymous Gregorian algorithm (Nature, 1876; Meeus, Astronomical Algorithms, ch. 8). */
export function easter(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(n / 31), day: (n % 31) + 1 });
}

/** Leis 662/1949, 6.802/1980, 10.607/2002 and 14.759/2023; Good Friday as in the yearly federal calendar. */
const brazil: readonly Named[] = [
  ['Confraternização Universal', fixed(1, 1)],
  ['Paixão de Cristo', afterEaster(-2)],
  ['Tiradentes', fixed(4, 21)],
  ['Dia do Trabalho', fixed(5, 1)],
  ['Independência do Brasil', fixed(9, 7)],
  ['Nossa Senhora Aparecida', fixed(10, 12)],
  ['Finados', fixed(11, 2)],
  ['Proclamação da República', fixed(11, 15)],
  ['Dia Nacional de Zumbi e da Consciência Negra', fixed(11, 20, 2024)],
  ['Natal', fixed(12, 25)],
];

/** Código do Trabalho, article 234. */
const portugal: readonly Named[] = [
  ['Ano Novo', fixed(1, 1)],
  ['Sexta-Feira Santa', afterEaster(-2)],
  ['Domingo de Páscoa', afterEaster(0)],
  ['Dia da Liberdade', fixed(4, 25)],
  ['Dia do Trabalhador', fixed(5, 1)],
  ['Corpo de Deus', afterEaster(60)],
  ['Dia de Portugal', fixed(6, 10)],
  ['Assunção de Nossa Senhora', fixed(8, 15)],
  ['Implantação da República', fixed(10, 5)],
  ['Todos os Santos', fixed(11, 1)],
  ['Restauração da Independência', fixed(12, 1)],
  ['Imaculada Conceição', fixed(12, 8)],
  ['Natal', fixed(12, 25)],
];

/** 5 U.S.C. § 6103(a). */
const unitedStates: readonly Named[] = [
  ["New Year's Day", fixed(1, 1)],
  ['Birthday of Martin Luther King, Jr.', nth(1, 1, 3)],
  ["Washington's Birthday", nth(2, 1, 3)],
  ['Memorial Day', nth(5, 1, -1)],
  ['Juneteenth National Independence Day', fixed(6, 19, 2021)],
  ['Independence Day', fixed(7, 4)],
  ['Labor Day', nth(9, 1, 1)],
  ['Columbus Day', nth(10, 1, 2)],
  ['Veterans Day', fixed(11, 11)],
  ['Thanksgiving Day', nth(11, 4, 4)],
  ['Christmas Day', fixed(12, 25)],
];

const rules: Record<HolidayCountry, readonly Named[]> = { BR: brazil, PT: portugal, US: unitedStates };

/** National holidays of a country in a year, by date. */
export function nationalHolidays(country: HolidayCountry, year: number): Holiday[] {
  const named = (each: number) =>
    rules[country].flatMap(([name, rule]) => {
      const date = rule(each);
      return date === null ? [] : [{ name, date }];
    });
  const days = named(year);
  // 5 U.S.C. § 6103(b): one on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.
  const kept =
    country === 'US'
      ? [...days, ...named(year + 1)].flatMap(({ name, date }) => {
          const shift = { 6: -1, 7: 1 }[date.dayOfWeek] ?? 0;
          const other = date.add({ days: shift });
          return shift === 0 || other.year !== year ? [] : [{ name: `${name} (observed)`, date: other }];
        })
      : [];
  return [...days, ...kept]
    .map(({ name, date }) => ({ name, date: date.toString() }))
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  latestOccurrence,
  localTime,
  nextOccurrence,
  occurrencesAfter,
  occurrencesDue,
  type Rhythm,
} from './occurrences.ts';

const every = [1, 2, 3, 4, 5, 6, 7];
const daily = (time: string, timeZone: string, more: Partial<Rhythm> = {}): Rhythm => ({
  days: every,
  time,
  timeZone,
  validFrom: null,
  validUntil: null,
  ...more,
});
const after = (rhythm: Rhythm, instant: string, count: number) =>
  [...take(occurrencesAfter(rhythm, new Date(instant)), count)].map((at) => at.toISOString());

function* take<T>(values: Iterable<T>, count: number): Generator<T> {
  let left = count;
  for (const value of values) {
    if (left-- === 0) return;
    yield value;
  }
}

describe('the nights on which the clock changes', () => {
  test('02:30 that does not exist runs at the first instant after the gap, once', () => {
    // New York, 8 March 2026: 02:00 becomes 03:00 at 07:00 UTC.
    expect(after(daily('02:30', 'America/New_York'), '2026-03-07T12:00:00Z', 2)).toEqual([
      '2026-03-08T07:00:00.000Z',
      '2026-03-09T06:30:00.000Z',
    ]);
    // Lisbon, 29 March 2026: 01:00 becomes 02:00 at 01:00 UTC; 02:30 exists, 01:30 does not.
    expect(after(daily('01:30', 'Europe/Lisbon'), '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
    // Lord Howe moves by half an hour: 02:00 becomes 02:30 on 4 October 2026, 15:30 UTC the day before.
    expect(after(daily('02:15', 'Australia/Lord_Howe'), '2026-10-03T12:00:00Z', 1)).toEqual([
      '2026-10-03T15:30:00.000Z',
    ]);
  });

  test('02:30 that exists twice runs the first time only', () => {
    // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC; 02:30 is 00:30 UTC and 01:30 UTC.
    expect(after(daily('02:30', 'Europe/Berlin'), '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
    expect(
      nextOccurrence(daily('02:30', 'Europe/Berlin'), new Date('2026-10-25T00:30:00Z'))?.toISOString(),
    ).toBe('2026-10-26T01:30:00.000Z');
  });

  test('a gap over midnight moves the run into the next date and takes nothing from it', () => {
    // Nuuk, 28 March 2026: 23:00 becomes 24:00.
    expect(after(daily('23:30', 'America/Nuuk'), '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  test('a date that a zone skips has no run', () => {
    expect(after(daily('10:00', 'Pacific/Apia'), '2011-12-29T00:00:00Z', 2)).toEqual([
      '2011-12-29T20:00:00.000Z',
      '2011-12-30T20:00:00.000Z',
    ]);
    expect(localTime(new Date('2011-12-30T20:00:00Z'), 'Pacific/Apia')).toBe('2011-12-31T10:00');
  });
});

const zones = Intl.supportedValuesOf('timeZone');
const anyRhythm = fc.record({
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
  time: fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`),
  timeZone: fc.constantFrom(...zones),
  validFrom: fc.constant(null),
  validUntil: fc.constant(null),
});
const anyInstant = fc.date({
  min: new Date('1990-01-01T00:00:00Z'),
  max: new Date('2037-12-01T00:00:00Z'),
  noInvalidDate: true,
});

test('in every zone and year: on its days, at its time or right behind a gap, one for each date', () => {
  fc.assert(
    fc.property(anyRhythm, anyInstant, (rhythm, start) => {
      const found = [...take(occurrencesAfter(rhythm, start), 20)];
      expect(found).toHaveLength(20);
      let before = start.getTime();
      for (const at of found) {
        expect(at.getTime()).toBeGreaterThan(before);
        before = at.getTime();
        const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(
          rhythm.timeZone,
        );
        const wall = zoned.toPlainTime().toString({ smallestUnit: 'minute' });
        if (wall === rhythm.time) {
          expect(rhythm.days).toContain(zoned.dayOfWeek);
          // Of two instants with this wall clock time it is the first.
          expect(
            zoned
              .toPlainDateTime()
              .toZonedDateTime(rhythm.timeZone, { disambiguation: 'earlier' })
              .toInstant()
              .equals(zoned.toInstant()),
          ).toBe(true);
        } else {
          const transition = zoned.subtract({ nanoseconds: 1 }).getTimeZoneTransition('next');
          expect(transition?.epochMilliseconds).toBe(at.getTime());
        }
      }
    }),
    { seed: 20_261_122, numRuns: 400 },
  );
});

test('no date is left out: a daily rhythm over a year has as many runs as the year has dates', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 2000, max: 2036 }), (timeZone, year) => {
      const from = Temporal.ZonedDateTime.from({ timeZone, year, month: 1, day: 1 });
      const runs = occurrencesDue(
        daily('02:30', timeZone),
        new Date(from.epochMilliseconds),
        new Date(from.add({ years: 1 }).epochMilliseconds - 1),
        400,
      );
      let dates = 0;
      for (let date = from.toPlainDate(); date.year === year; date = date.add({ days: 1 }))
        if (date.toZonedDateTime(timeZone).toPlainDate().equals(date)) dates += 1;
      expect(runs).toHaveLength(dates);
    }),
    { seed: 20_261_122, numRuns: 25 },
  );
});

test('validity holds in the zone of the schedule, both dates included', () => {
  const rhythm = daily('23:00', 'America/Sao_Paulo', { validFrom: '2026-05-04', validUntil: '2026-05-05' });
  expect(after(rhythm, '2026-01-01T00:00:00Z', 5)).toEqual([
    '2026-05-05T02:00:00.000Z',
    '2026-05-06T02:00:00.000Z',
  ]);
  expect(nextOccurrence(rhythm, new Date('2026-05-06T02:00:00Z'))).toBeNull();
});

test('what is due after a long pause is bounded to the latest', () => {
  const rhythm = daily('08:00', 'UTC');
  const first = new Date('2026-01-01T08:00:00Z');
  const now = new Date('2026-12-31T07:59:59Z');
  const due = occurrencesDue(rhythm, first, now, 3).map((at) => at.toISOString().slice(0, 10));
  expect(due).toEqual(['2026-12-28', '2026-12-29', '2026-12-30']);
  expect(latestOccurrence(rhythm, first, now)?.toISOString()).toBe('2026-12-30T08:00:00.000Z');
  expect(latestOccurrence(rhythm, now, now)).toBeNull();
});

import { describe, expect, test } from 'vitest';
import { easter, nationalHolidays } from './national-holidays.ts';

describe('national holidays', () => {
  test('Easter as published', () => {
    const known = [
      '2000-04-23',
      '2008-03-23',
      '2011-04-24',
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2038-04-25',
    ];
    expect(known.map((date) => easter(Number(date.slice(0, 4))).toString())).toEqual(known);
  });

  test('Brazil 2026 as in the federal calendar', () => {
    expect(nationalHolidays('BR', 2026).map(({ date }) => date.slice(5))).toEqual([
      '01-01',
      '04-03',
      '04-21',
      '05-01',
      '09-07',
      '10-12',
      '11-02',
      '11-15',
      '11-20',
      '12-25',
    ]);
    expect(nationalHolidays('BR', 2023).map(({ date }) => date)).not.toContain('2023-11-20');
  });

  test('Portugal 2026 has thirteen, with Corpus Christi on 4 June', () => {
    const days = nationalHolidays('PT', 2026).map(({ date }) => date.slice(5));
    expect(days).toHaveLength(13);
    expect(days).toEqual(expect.arrayContaining(['04-03', '04-05', '06-04', '12-01']));
  });

  test('the United States 2026: moving Mondays, and Independence Day kept on the Friday before', () => {
    const days = nationalHolidays('US', 2026).map(({ date }) => date.slice(5));
    expect(days).toEqual([
      '01-01',
      '01-19',
      '02-16',
      '05-25',
      '06-19',
      '07-03',
      '07-04',
      '09-07',
      '10-12',
      '11-11',
      '11-26',
      '12-25',
    ]);
  });

  test("a New Year's Day on a Saturday is kept in the year before", () => {
    expect(nationalHolidays('US', 2027).at(-1)).toEqual({
      date: '2027-12-31',
      name: "New Year's Day (observed)",
    });
    expect(nationalHolidays('US', 2028).map(({ date }) => date)).not.toContain('2027-12-31');
  });
});

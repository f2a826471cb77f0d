import { compare, divide, round, subtract, sum, times } from '@cloudatlas/cloud/decimal';

/** Mean days of a month: 365.25 / 12. */
const DAYS_PER_MONTH = '30.44';
/** Mean hours of a month: 24 × 365.25 / 12. */
export const HOURS_PER_MONTH = '730.5';
/** Decimals of an amount a month. */
const PLACES = 4;

/** Cost of a mean month at so much a day (M1). */
export function monthOfDays(perDay: string): string {
  return round(times(perDay, DAYS_PER_MONTH), PLACES);
}

/** Cost of a mean month at so much an hour (M3). */
export function monthOfHours(perHour: string, count: number | string = 1): string {
  return round(times(times(perHour, HOURS_PER_MONTH), count), PLACES);
}

/** Part of an amount that a price change saves: amount × (now − next) / now (M2). */
export function saved(monthly: string, now: string, next: string): string {
  return round(times(monthly, divide(subtract(now, next), now, 12)), PLACES);
}

/** An amount's share, e.g. of 168 hours (M4). */
export function share(monthly: string, part: number, whole: number): string {
  return round(divide(times(monthly, part), whole, PLACES + 2), PLACES);
}

/** Price × quantity a month. */
export function quantityTimes(price: string, quantity: number | string): string {
  return round(times(price, quantity), PLACES);
}

/** The smaller of two amounts. */
export function smaller(a: string, b: string): string {
  return compare(a, b) <= 0 ? a : b;
}

/** Whether there is anything to save. */
export function isPositive(amount: string): boolean {
  return compare(amount, '0') > 0;
}

export { compare as compareAmounts, subtract as difference, sum as total };

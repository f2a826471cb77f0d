import type { CostPeriod } from '@cloudatlas/contracts/costs';
import { invalidField } from '#platform/errors/app-error.ts';
import { addDays, addMonths, daysBetween, type Period } from '../query/question.ts';

const maxDays = 3660;

/** The days of a period: the named ones end with today. @throws AppError `validation_failed` beyond ten years */
export function daysOf(period: CostPeriod, today: string): Period {
  const to = addDays(today, 1);
  switch (period) {
    case 'mtd':
      return { from: `${today.slice(0, 7)}-01`, to };
    case '30d':
      return { from: addDays(to, -30), to };
    case '90d':
      return { from: addDays(to, -90), to };
    case '6m':
      return { from: addMonths(to, -6), to };
    case '1y':
      return { from: addMonths(to, -12), to };
    default:
      if (daysBetween(period.from, period.to) > maxDays)
        throw invalidField('body.period', 'is longer than ten years');
      return { from: period.from, to: period.to };
  }
}

import { z } from 'zod';

const day = z.iso.date();

/** Dimensions answered from the daily roll-up. */
export const ROLLUP_DIMENSIONS = [
  'provider',
  'billingAccount',
  'account',
  'service',
  'category',
  'region',
  'chargeCategory',
] as const;
/** Dimensions that need line items. */
export const LINE_DIMENSIONS = ['resource', 'resourceType', 'usageType', 'sku', 'commitment'] as const;

/** A dimension, or `tag:<key>` where the key is any text a customer chose. */
export const dimensionSchema = z.union([
  z.enum([...ROLLUP_DIMENSIONS, ...LINE_DIMENSIONS]),
  z.templateLiteral([z.literal('tag:'), z.string().min(1).max(256)]),
]);
export type Dimension = z.infer<typeof dimensionSchema>;

export const METRICS = ['billed', 'effective', 'list', 'contracted'] as const;
export const GRAINS = ['day', 'week', 'month', 'total'] as const;

/** Rows whose value is in `values` (null: no value) are kept, or with `exclude` left out. */
export const filterSchema = z.object({
  dimension: dimensionSchema,
  values: z.array(z.string().max(2048).nullable()).min(1).max(500),
  exclude: z.boolean().default(false),
});

export const rateSchema = z.object({
  from: z.string().regex(/^[A-Z]{3}$/),
  /** The rate holds from this day until the next dated one. */
  day,
  /** Units of the target currency for one of `from`, decimal string. */
  rate: z.string().regex(/^\d{1,12}(\.\d{1,12})?$/),
});
export type Rate = z.infer<typeof rateSchema>;

/** One question to the cost store. Days are UTC; `to` is exclusive. */
export const questionSchema = z
  .object({
    from: day,
    to: day,
    grain: z.enum(GRAINS).default('total'),
    metric: z.enum(METRICS).default('billed'),
    groupBy: z.array(dimensionSchema).max(3).default([]),
    filters: z.array(filterSchema).max(50).default([]),
    /** Largest groups to name, per currency; the others are added up as the rest. */
    top: z.number().int().min(1).max(10_000).default(100),
    /** `previous`: the period before (see `previousPeriod`), or one of the caller's choice. */
    compare: z.union([z.literal('previous'), z.object({ from: day, to: day })]).optional(),
    /** Days from here on may still grow; they are left out of `comparable`. */
    incompleteFrom: day.optional(),
    /** Converts with dated rates; without it amounts stay in the currencies they were billed in. */
    currency: z
      .object({ target: z.string().regex(/^[A-Z]{3}$/), rates: z.array(rateSchema).max(20_000) })
      .optional(),
  })
  .refine((q) => q.from < q.to, { path: ['to'], message: 'must be after from' })
  .refine((q) => new Set(q.groupBy).size === q.groupBy.length, {
    path: ['groupBy'],
    message: 'names a dimension twice',
  });
export type CostQuestion = z.output<typeof questionSchema>;
export type CostQuestionInput = z.input<typeof questionSchema>;

export interface Period {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

export function addDays(date: string, days: number): string {
  return iso(Date.parse(date) + days * DAY_MS);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The same date `months` later, on the last day of the month where it has no such day. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, last)));
}

/**
 * The period to compare with. Whole months are compared with as many months before; the days of a
 * month so far with the same days of the month before; anything else with as many days before.
 */
export function previousPeriod({ from, to }: Period): Period {
  if (from.endsWith('-01')) {
    const months =
      (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
      Number(to.slice(5, 7)) -
      Number(from.slice(5, 7));
    if (to.endsWith('-01')) return { from: addMonths(from, -months), to: from };
    if (months === 0) {
      const end = addMonths(addDays(to, -1), -1);
      return { from: addMonths(from, -1), to: addDays(end, 1) };
    }
  }
  return { from: addDays(from, -daysBetween(from, to)), to: from };
}

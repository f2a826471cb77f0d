/**
 * What the costs page is asked, as its URL holds it: a shared link, a saved view and an export say the same.
 * Filters are parameters named by their dimension (`service=AmazonEC2&not.region=us-east-1&tag:team=core`); an empty
 * value means "none"; `in.` marks those of the drill-down only.
 */
import type { CostFilter, CostPeriod, CostQuestion } from '@cloudatlas/contracts/costs';
import type { z } from 'zod';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { addDays, daysBetween, isDay, today, type Grain } from './days.ts';

export const periodNames = ['mtd', '30d', '90d', '6m', '1y'] as const;
export type PeriodName = (typeof periodNames)[number];
export const grains = ['day', 'week', 'month'] as const;
export const metrics = ['billed', 'effective', 'list', 'contracted'] as const;
export type Metric = (typeof metrics)[number];
/** Dimensions one can group and filter by, tags apart. */
export const dimensions = [
  'provider',
  'account',
  'service',
  'category',
  'region',
  'resource',
  'chargeCategory',
  'billingAccount',
  'resourceType',
  'usageType',
  'sku',
  'commitment',
] as const;

export type Filter = CostFilter;
type Dimension = Filter['dimension'];
export type QuestionInput = z.input<typeof CostQuestion>;

export interface CostState {
  period: PeriodName | 'custom';
  /** Of a custom period: both days are part of it. */
  from: string | null;
  to: string | null;
  grain: Grain;
  metric: Metric;
  groupBy: Dimension;
  filters: Filter[];
  compare: boolean;
  /** ISO 4217; `original` keeps currencies apart; null: as the organization's settings say. */
  currency: string | null;
}

const choice = <Value extends string>(known: readonly Value[], text: string | null, fallback: Value): Value =>
  known.find((value) => value === text) ?? fallback;

const isDimension = (name: string): name is Dimension =>
  dimensions.some((dimension) => dimension === name) || (name.startsWith('tag:') && name.length > 4);

/** The filters among the parameters; with a prefix only those marked by it. */
export function readFilters(params: URLSearchParams, prefix = ''): Filter[] {
  const found = new Map<string, { dimension: Dimension; values: (string | null)[]; exclude: boolean }>();
  for (const [name, value] of params) {
    if (!name.startsWith(prefix)) continue;
    const rest = name.slice(prefix.length);
    const exclude = rest.startsWith('not.');
    const dimension = exclude ? rest.slice(4) : rest;
    if (!isDimension(dimension)) continue;
    const filter = found.get(rest) ?? { dimension, values: [], exclude };
    filter.values.push(value === '' ? null : value);
    found.set(rest, filter);
  }
  return [...found.values()];
}

/** Sets the filters among the parameters, in place of those of the same prefix. */
export function writeFilters(params: URLSearchParams, filters: readonly Filter[], prefix = ''): void {
  for (const name of new Set(params.keys())) {
    const rest = name.slice(prefix.length);
    if (name.startsWith(prefix) && isDimension(rest.replace(/^not\./, ''))) params.delete(name);
  }
  for (const { dimension, values, exclude } of filters) {
    for (const value of values) params.append(`${prefix}${exclude ? 'not.' : ''}${dimension}`, value ?? '');
  }
}

/** The grain that draws a period in a readable number of points. */
function usualGrain(period: CostState['period'], from: string | null, to: string | null): Grain {
  if (period === '1y') return 'month';
  if (period === '6m') return 'week';
  const days = period === 'custom' && from !== null && to !== null ? daysBetween(from, to) : 30;
  return days > 200 ? 'month' : days > 100 ? 'week' : 'day';
}

export function readState(params: URLSearchParams): CostState {
  const from = params.get('from');
  const to = params.get('to');
  const custom = params.get('period') === 'custom' && isDay(from) && isDay(to) && from <= to;
  const period = custom ? 'custom' : choice(periodNames, params.get('period'), '30d');
  const group = params.get('group') ?? '';
  const currency = params.get('currency');
  return {
    period,
    from: custom ? from : null,
    to: custom ? to : null,
    grain: choice(grains, params.get('grain'), usualGrain(period, from, to)),
    metric: choice(metrics, params.get('metric'), 'billed'),
    groupBy: isDimension(group) ? group : 'service',
    filters: readFilters(params),
    compare: params.get('compare') !== 'off',
    currency: currency === 'original' || /^[A-Z]{3}$/.test(currency ?? '') ? currency : null,
  };
}

/** The period as the API takes it: its end is exclusive. */
export function periodOf(state: CostState): CostPeriod {
  return state.period === 'custom' && state.from !== null && state.to !== null
    ? { from: state.from, to: addDays(state.to, 1) }
    : (state.period as PeriodName);
}

/** Whether the period reaches the present, so that a forecast may follow it. */
export function reachesToday(state: CostState): boolean {
  return state.period !== 'custom' || (state.to !== null && state.to >= addDays(today(), -2));
}

/** What every question of the page has in common. */
export function baseQuestion(state: CostState, currency: string | undefined) {
  return {
    period: periodOf(state),
    metric: state.metric,
    filters: state.filters,
    ...(currency === undefined ? {} : { currency }),
  } satisfies QuestionInput;
}

/** The state in the URL and what changes it. Setting null goes back to what is usual. */
export function useCostState() {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => readState(params), [params]);
  const edit = useCallback(
    (change: (next: URLSearchParams) => void): void => {
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          change(next);
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParams],
  );
  const actions = useMemo(
    () => ({
      set: (patch: Readonly<Record<string, string | null>>) =>
        edit((next) => {
          for (const [name, value] of Object.entries(patch)) {
            if (value === null) next.delete(name);
            else next.set(name, value);
          }
        }),
      setFilters: (filters: readonly Filter[]) => edit((next) => writeFilters(next, filters)),
    }),
    [edit],
  );
  return { state, search: params.toString(), ...actions };
}

/** Adds a filter to a list: values join those of the same dimension and sense. */
export function withFilter(filters: readonly Filter[], added: Filter): Filter[] {
  const same = filters.find(
    ({ dimension, exclude }) => dimension === added.dimension && exclude === added.exclude,
  );
  if (same === undefined) return [...filters, added];
  const values = [...new Set([...same.values, ...added.values])];
  return filters.map((filter) => (filter === same ? { ...filter, values } : filter));
}

/** The list without one value; a filter that holds none any more goes. */
export function withoutValue(filters: readonly Filter[], filter: Filter, value: string | null): Filter[] {
  return filters.flatMap((candidate) => {
    if (candidate !== filter) return [candidate];
    const values = candidate.values.filter((held) => held !== value);
    return values.length === 0 ? [] : [{ ...candidate, values }];
  });
}

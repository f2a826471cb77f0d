/** Cost questions, line items, forecast, rates, settings and exports. */
import type {
  CostAnswer,
  CostForecast,
  CostOverview,
  CostSettings,
  DimensionValues,
  DimensionValuesBody,
  ExchangeRate,
  ForecastBody,
  LineItemPage,
  LineItemsBody,
  PutExchangeRatesBody,
  RateImportResult,
} from '@cloudatlas/contracts/costs';
import type { z } from 'zod';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, withQuery } from '@/app/api.ts';
import { workspaceKey, workspaceUrl, type WorkspacePlace } from '@/features/accounts/queries.ts';
import type { QuestionInput } from './state.ts';

export type Answer = z.infer<typeof CostAnswer>;
export type Group = Answer['groups'][number];
export type Overview = z.infer<typeof CostOverview>;
export type Forecast = z.infer<typeof CostForecast>;
export type Values = z.infer<typeof DimensionValues>['items'];

/** Address below the workspace's costs. */
export const costsUrl = (place: WorkspacePlace, ...segments: string[]): string =>
  workspaceUrl(place, 'costs', ...segments);
/** First part of the keys of everything about costs. */
export const costsKey = (place: WorkspacePlace, ...parts: string[]) => workspaceKey(place, 'costs', ...parts);

/** A question with a body is a read: it may be cached like one. */
const ask = <Reply>(place: WorkspacePlace, what: string, body: unknown) =>
  queryOptions({
    queryKey: [...costsKey(place, 'data', what), body],
    queryFn: ({ signal }) => call<Reply>('POST', costsUrl(place, what), { body, signal }),
    // What is shown stays until the next answer comes, so that nothing jumps.
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

export const overviewQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: costsKey(place, 'data', 'overview'),
    queryFn: ({ signal }) => call<Overview>('GET', costsUrl(place, 'overview'), { signal }),
  });

export const questionQuery = (place: WorkspacePlace, question: QuestionInput) =>
  ask<Answer>(place, 'questions', question);
export const forecastQuery = (place: WorkspacePlace, body: z.input<typeof ForecastBody>) =>
  ask<Forecast>(place, 'forecast', body);
export const lineItemsQuery = (place: WorkspacePlace, body: z.input<typeof LineItemsBody>) =>
  ask<LineItemPage>(place, 'line-items', body);
export const valuesQuery = (place: WorkspacePlace, body: z.input<typeof DimensionValuesBody>) =>
  ask<{ items: Values }>(place, 'values', body);

export const settingsQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: costsKey(place, 'settings'),
    queryFn: ({ signal }) => call<CostSettings>('GET', costsUrl(place, 'settings'), { signal }),
  });

/** Address of the saved views of the costs page. */
export const viewsUrl = (place: WorkspacePlace): string => costsUrl(place, 'views');

export const ratesQuery = (place: WorkspacePlace) =>
  queryOptions({
    queryKey: costsKey(place, 'rates'),
    queryFn: async ({ signal }) =>
      (await call<{ items: ExchangeRate[] }>('GET', costsUrl(place, 'rates'), { signal })).items,
  });

/** Writes; callers invalidate what they changed. */
export const costsApi = {
  saveSettings: (place: WorkspacePlace, body: CostSettings) =>
    call<CostSettings>('PUT', costsUrl(place, 'settings'), { body }),
  putRates: (place: WorkspacePlace, items: z.input<typeof PutExchangeRatesBody>['items']) =>
    call<unknown>('PUT', costsUrl(place, 'rates'), { body: { items } }),
  removeRate: (place: WorkspacePlace, id: string) => call<undefined>('DELETE', costsUrl(place, 'rates', id)),
  importRates: (place: WorkspacePlace, file: Blob) =>
    call<z.infer<typeof RateImportResult>>('POST', costsUrl(place, 'rates', 'import'), {
      raw: { data: file, type: 'text/csv' },
    }),
};

export const exportFormats = ['csv', 'pdf', 'focus-csv', 'focus-parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Address of a download of what a question answers. */
export function exportUrl(
  place: WorkspacePlace,
  format: ExportFormat,
  question: QuestionInput,
  locale: string,
): string {
  const q = JSON.stringify(question);
  if (format === 'csv') return withQuery(costsUrl(place, 'exports', 'csv'), { q });
  if (format === 'pdf') return withQuery(costsUrl(place, 'exports', 'pdf'), { q, locale });
  return withQuery(costsUrl(place, 'exports', 'focus'), { q, format: format.replace('focus-', '') });
}

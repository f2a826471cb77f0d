import {
  CostAnswer,
  CostForecast,
  CostOverview,
  CostQuestion,
  DimensionValues,
  DimensionValuesBody,
  ForecastBody,
  LineItemPage,
  LineItemsBody,
} from '@cloudatlas/contracts/costs';
import { workspaceRoute, type Route } from '#platform/http/route.ts';
import { forecastCosts } from '../questions/forecast.ts';
import type { Questions } from '../questions/questions.ts';
import { scopeOf } from '../scope-of.ts';
import type { Data } from '../store/data.ts';

/** Questions are POST because they do not fit an address; they change nothing. */
export function questionRoutes(questions: Questions, data: Data): Route[] {
  const access = { permission: 'costs:read' } as const;
  return [
    workspaceRoute({
      method: 'GET',
      path: '/costs/overview',
      operationId: 'costOverview',
      summary: 'Tell what costs there are: days, currencies, providers, accounts, tag keys',
      access,
      answer: { status: 200, schema: CostOverview },
      handler: (context) => questions.overview(scopeOf(context)),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/costs/questions',
      operationId: 'costAsk',
      summary: 'Ask for costs by period, grain, group and filter, with the previous period beside them',
      access,
      body: CostQuestion,
      rateLimit: 'none',
      answer: { status: 200, schema: CostAnswer },
      problems: ['unavailable'],
      handler: (context, { body }) => questions.answer(scopeOf(context), body, context.signal),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/costs/line-items',
      operationId: 'costLineItems',
      summary: 'Read the line items behind a number, largest first',
      access,
      body: LineItemsBody,
      rateLimit: 'none',
      answer: { status: 200, schema: LineItemPage },
      handler: (context, { body }) => questions.lineItems(scopeOf(context), body, context.signal),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/costs/values',
      operationId: 'costValues',
      summary: 'List the values a filter can have, largest cost first',
      access,
      body: DimensionValuesBody,
      rateLimit: 'none',
      answer: { status: 200, schema: DimensionValues },
      handler: (context, { body }) => questions.values(scopeOf(context), body, context.signal),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/costs/forecast',
      operationId: 'costForecast',
      summary: 'Forecast the days ahead and the end of the month, with interval and back-test',
      access,
      body: ForecastBody,
      rateLimit: 'none',
      answer: { status: 200, schema: CostForecast },
      handler: (context, { body }) => forecastCosts(data, questions, scopeOf(context), body, context.signal),
    }),
  ];
}

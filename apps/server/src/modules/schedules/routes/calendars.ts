import {
  HolidayCalendar,
  HolidayCalendarBody,
  HolidayCalendarList,
  HolidayCountry,
  NationalHolidays,
} from '@cloudatlas/contracts/schedules';
import { z } from 'zod';
import { organizationRoute, type Route } from '#platform/http/route.ts';
import { actingOf } from '../manage/acting.ts';
import type { Calendars } from '../manage/calendars.ts';
import { nationalHolidays } from '../when/national-holidays.ts';

export function calendarRoutes(calendars: Calendars): Route[] {
  const params = z.object({ calendarId: z.string().max(80) });
  const write = { permission: 'schedules:write', feature: 'schedules' } as const;
  return [
    organizationRoute({
      method: 'GET',
      path: '/schedule-calendars',
      operationId: 'scheduleCalendarList',
      summary: "List the organization's holiday calendars",
      access: { permission: 'schedules:read' },
      answer: { status: 200, schema: HolidayCalendarList },
      handler: async ({ organization }) => ({ items: await calendars.list(organization) }),
    }),
    organizationRoute({
      method: 'POST',
      path: '/schedule-calendars',
      operationId: 'scheduleCalendarCreate',
      summary: 'Create a holiday calendar',
      access: write,
      body: HolidayCalendarBody,
      answer: { status: 201, schema: HolidayCalendar },
      problems: ['already_exists', 'conflict', 'plan_required'],
      handler: (context, { body }) => calendars.create(context.organization, actingOf(context), body),
    }),
    organizationRoute({
      method: 'PUT',
      path: '/schedule-calendars/:calendarId',
      operationId: 'scheduleCalendarUpdate',
      summary: 'Change a holiday calendar',
      access: write,
      params,
      body: HolidayCalendarBody,
      answer: { status: 200, schema: HolidayCalendar },
      problems: ['already_exists', 'plan_required'],
      handler: (context, input) =>
        calendars.update(context.organization, actingOf(context), input.params.calendarId, input.body),
    }),
    organizationRoute({
      method: 'DELETE',
      path: '/schedule-calendars/:calendarId',
      operationId: 'scheduleCalendarRemove',
      summary: 'Remove a holiday calendar that no schedule keeps to',
      access: { permission: 'schedules:write' },
      params,
      answer: { status: 204 },
      problems: ['conflict'],
      handler: (context, input) =>
        calendars.remove(context.organization, actingOf(context), input.params.calendarId),
    }),
    organizationRoute({
      method: 'GET',
      path: '/schedule-calendars/countries/:country',
      operationId: 'scheduleNationalHolidays',
      summary: 'List the national holidays of a country in a year',
      access: { permission: 'schedules:read' },
      params: z.object({ country: HolidayCountry }),
      query: z.strictObject({ year: z.coerce.number().int().min(1990).max(2100) }),
      answer: { status: 200, schema: NationalHolidays },
      handler: async (_context, input) => ({
        items: nationalHolidays(input.params.country, input.query.year),
      }),
    }),
  ];
}

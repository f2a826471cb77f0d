import {
  DuplicateScheduleBody,
  EnableScheduleBody,
  OverrideBody,
  Schedule,
  ScheduleBody,
  ScheduleDetail,
  ScheduleList,
  ScheduleOverride,
  SchedulePair,
  SchedulePairBody,
  SchedulePreview,
  SchedulePreviewBody,
  ScheduleQuery,
  Timeline,
  TimelineQuery,
  UpcomingRuns,
} from '@cloudatlas/contracts/schedules';
import { z } from 'zod';
import { csvLine } from '#platform/csv/csv.ts';
import type { Events } from '#platform/events/events.ts';
import { requirePermission } from '#platform/http/gate.ts';
import { workspaceRoute, type LiveEvent, type Route } from '#platform/http/route.ts';
import { liveFeed } from '../live.ts';
import { actingOf, saverOf } from '../manage/acting.ts';
import type { Outlook } from '../manage/outlook.ts';
import type { Overrides } from '../manage/overrides.ts';
import type { Schedules } from '../manage/schedules.ts';
import { scopeOf } from '../scope-of.ts';

const params = z.object({ scheduleId: z.string().max(80) });
const read = { permission: 'schedules:read' } as const;
const write = { permission: 'schedules:write', feature: 'schedules' } as const;
const add = { ...write, limit: 'schedules' } as const;
const upcomingShown = 5;

export function scheduleRoutes(schedules: Schedules): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/schedules',
      operationId: 'scheduleList',
      summary: 'List schedules by name, with their next and last runs',
      access: read,
      query: ScheduleQuery,
      answer: { status: 200, schema: ScheduleList },
      handler: (context, { query }) => schedules.list(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/schedules',
      operationId: 'scheduleCreate',
      summary: 'Create a schedule; it acts with the permissions of who saves it',
      access: add,
      body: ScheduleBody,
      answer: { status: 201, schema: Schedule },
      problems: ['already_exists', 'limit_reached', 'plan_required'],
      handler: (context, { body }) => schedules.create(scopeOf(context), saverOf(context), body),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/schedules/pairs',
      operationId: 'schedulePairCreate',
      summary: 'Create a schedule that starts and one that stops the same resources',
      access: add,
      body: SchedulePairBody,
      answer: { status: 201, schema: SchedulePair },
      problems: ['already_exists', 'limit_reached', 'plan_required'],
      handler: (context, { body }) => schedules.createPair(scopeOf(context), saverOf(context), body),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/schedules/preview',
      operationId: 'schedulePreview',
      summary: 'Show when a schedule would run and on what, without saving it',
      access: { permission: 'schedules:read' },
      body: SchedulePreviewBody,
      rateLimit: 'none',
      answer: { status: 200, schema: SchedulePreview },
      async handler(context, { body }) {
        // A tag is a question about the inventory.
        requirePermission(context.organization, 'resources:read');
        return schedules.preview(scopeOf(context), body);
      },
    }),
    workspaceRoute({
      method: 'GET',
      path: '/schedules/:scheduleId',
      operationId: 'scheduleGet',
      summary: 'Read a schedule with what it acts on and when',
      access: read,
      params,
      answer: { status: 200, schema: ScheduleDetail },
      handler: (context, input) => schedules.get(scopeOf(context), input.params.scheduleId),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/schedules/:scheduleId',
      operationId: 'scheduleUpdate',
      summary: 'Change a schedule; it acts with the permissions of who saves it',
      access: write,
      params,
      body: ScheduleBody,
      answer: { status: 200, schema: Schedule },
      problems: ['already_exists', 'plan_required'],
      handler: (context, input) =>
        schedules.update(scopeOf(context), saverOf(context), input.params.scheduleId, input.body),
    }),
    workspaceRoute({
      method: 'PATCH',
      path: '/schedules/:scheduleId',
      operationId: 'scheduleEnable',
      summary: 'Switch a schedule on or off',
      access: write,
      params,
      body: EnableScheduleBody,
      answer: { status: 200, schema: Schedule },
      problems: ['plan_required'],
      handler: (context, input) =>
        schedules.enable(scopeOf(context), saverOf(context), input.params.scheduleId, input.body),
    }),
    workspaceRoute({
      method: 'POST',
      path: '/schedules/:scheduleId/duplicate',
      operationId: 'scheduleDuplicate',
      summary: 'Copy a schedule under another name, switched off',
      access: add,
      params,
      body: DuplicateScheduleBody,
      answer: { status: 201, schema: Schedule },
      problems: ['already_exists', 'limit_reached', 'plan_required'],
      handler: (context, input) =>
        schedules.duplicate(scopeOf(context), saverOf(context), input.params.scheduleId, input.body.name),
    }),
    workspaceRoute({
      method: 'DELETE',
      path: '/schedules/:scheduleId',
      operationId: 'scheduleRemove',
      summary: 'Remove a schedule with its history',
      access: { permission: 'schedules:write' },
      params,
      answer: { status: 204 },
      handler: (context, input) =>
        schedules.remove(scopeOf(context), actingOf(context), input.params.scheduleId),
    }),
  ];
}

/** What is to come, and the exceptions people make of it. */
export function outlookRoutes(
  schedules: Schedules,
  outlook: Outlook,
  overrides: Overrides,
  events: Events,
): Route[] {
  return [
    workspaceRoute({
      method: 'GET',
      path: '/schedules/upcoming',
      operationId: 'scheduleUpcoming',
      summary: 'List the next five scheduled actions',
      access: read,
      answer: { status: 200, schema: UpcomingRuns },
      handler: async (context) => ({ items: await outlook.upcoming(scopeOf(context), upcomingShown) }),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/schedules/timeline',
      operationId: 'scheduleTimeline',
      summary: 'List every occurrence between two instants, at most 16 days apart',
      access: read,
      query: TimelineQuery,
      answer: { status: 200, schema: Timeline },
      handler: (context, { query }) => outlook.timeline(scopeOf(context), query),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/schedules/export',
      operationId: 'scheduleExport',
      summary: 'Download the schedules as a table',
      access: read,
      query: ScheduleQuery.omit({ cursor: true, limit: true }),
      answer: { status: 200, download: 'text/csv' },
      handler: async (context, { query }) => ({
        filename: 'schedules.csv',
        body: csvOf(schedules.all(scopeOf(context), query)),
      }),
    }),
    workspaceRoute({
      method: 'GET',
      path: '/schedules/live',
      operationId: 'scheduleLive',
      summary: 'Stream changes of schedules and runs of this workspace, as server-sent events',
      access: read,
      answer: { status: 200, live: true },
      handler: async (context): Promise<AsyncIterable<LiveEvent>> =>
        liveFeed(events, scopeOf(context), context.signal),
    }),
    workspaceRoute({
      method: 'PUT',
      path: '/schedules/:scheduleId/override',
      operationId: 'scheduleOverride',
      summary: 'Keep the resources of a schedule on until an instant',
      access: write,
      params,
      body: OverrideBody,
      answer: { status: 200, schema: ScheduleOverride },
      problems: ['conflict', 'plan_required'],
      handler: (context, input) =>
        overrides.put(scopeOf(context), saverOf(context), input.params.scheduleId, input.body),
    }),
    workspaceRoute({
      method: 'DELETE',
      path: '/schedules/:scheduleId/override',
      operationId: 'scheduleOverrideEnd',
      summary: 'End an override early; stops it held back run now',
      access: { permission: 'schedules:write' },
      params,
      answer: { status: 204 },
      handler: (context, input) =>
        overrides.remove(scopeOf(context), saverOf(context), input.params.scheduleId),
    }),
  ];
}

async function* csvOf(all: AsyncIterable<z.output<typeof Schedule>>): AsyncIterable<string> {
  yield csvLine([
    'name',
    'action',
    'enabled',
    'days',
    'time',
    'time_zone',
    'next_run_utc',
    'next_run_local',
    'resources',
    'tags',
    'holidays',
    'last_run_utc',
    'last_run_status',
    'estimated_saving',
    'currency',
    'acts_as',
  ]);
  for await (const schedule of all) {
    const [saving] = schedule.savings;
    yield csvLine([
      schedule.name,
      schedule.operation,
      schedule.enabled,
      schedule.recurrence.days.join(' '),
      schedule.time,
      schedule.timeZone,
      schedule.nextRun?.at ?? null,
      schedule.nextRun?.local ?? null,
      schedule.targets.resourceIds.length,
      schedule.targets.tags.map(({ key, value }) => (value === null ? key : `${key}=${value}`)).join(' '),
      schedule.holidays.join(' '),
      schedule.lastRun?.at ?? null,
      schedule.lastRun?.status ?? null,
      saving?.amount ?? null,
      saving?.currency ?? null,
      schedule.actsAs,
    ]);
  }
}

/** Schedules, their runs and the holiday calendars: reads and writes. */
import type {
  HolidayCalendar,
  HolidayCalendarBody,
  HolidayCountry,
  NationalHolidays,
  OverrideBody,
  Schedule,
  ScheduleBody,
  ScheduleDetail,
  SchedulePairBody,
  SchedulePreview,
  SchedulePreviewBody,
  ScheduleRun,
  ScheduleRunDetail,
  Timeline,
} from '@cloudatlas/contracts/schedules';
import type { ResourceRow } from '@cloudatlas/contracts/inventory';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { call, path, withQuery } from '@/app/api.ts';
import { workspaceKey, workspaceUrl, type WorkspacePlace } from '@/features/accounts/queries.ts';

export type ScheduleInput = z.input<typeof ScheduleBody>;
export type PairInput = z.input<typeof SchedulePairBody>;
export type PreviewInput = z.input<typeof SchedulePreviewBody>;
export type PreviewView = z.infer<typeof SchedulePreview>;
export type TimelineView = z.infer<typeof Timeline>;
export type CalendarInput = z.input<typeof HolidayCalendarBody>;
type NationalView = z.infer<typeof NationalHolidays>;

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface ScheduleFilters {
  q?: string | undefined;
  operation?: string | undefined;
  enabled?: string | undefined;
}

/** Key of everything about schedules, to have it read again. */
export const schedulesKey = (place: WorkspacePlace, ...parts: string[]) =>
  workspaceKey(place, 'schedules', ...parts);

const url = (place: WorkspacePlace, ...segments: string[]): string =>
  workspaceUrl(place, 'schedules', ...segments);

export const schedulesQuery = (place: WorkspacePlace, filters: ScheduleFilters) =>
  infiniteQueryOptions({
    queryKey: [...schedulesKey(place, 'list'), filters],
    queryFn: ({ signal, pageParam }) =>
      call<Page<Schedule>>('GET', url(place), {
        query: { ...filters, limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

export const scheduleQuery = (place: WorkspacePlace, id: string) =>
  queryOptions({
    queryKey: schedulesKey(place, 'one', id),
    queryFn: ({ signal }) => call<ScheduleDetail>('GET', url(place, id), { signal }),
  });

export const runsQuery = (place: WorkspacePlace, id: string) =>
  infiniteQueryOptions({
    queryKey: schedulesKey(place, 'one', id, 'runs'),
    queryFn: ({ signal, pageParam }) =>
      call<Page<ScheduleRun>>('GET', url(place, id, 'runs'), {
        query: { limit: 30, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

export const runQuery = (place: WorkspacePlace, runId: string) =>
  queryOptions({
    queryKey: schedulesKey(place, 'run', runId),
    queryFn: ({ signal }) =>
      call<ScheduleRunDetail>('GET', workspaceUrl(place, 'schedule-runs', runId), { signal }),
  });

/** Everything that happens between two instants; `from` in whole days, so that the answer can be kept. */
export const timelineQuery = (place: WorkspacePlace, from: string, to: string) =>
  queryOptions({
    queryKey: schedulesKey(place, 'timeline', from, to),
    queryFn: ({ signal }) =>
      call<TimelineView>('GET', url(place, 'timeline'), { query: { from, to }, signal }),
    placeholderData: keepPreviousData,
  });

export const previewQuery = (place: WorkspacePlace, body: PreviewInput) =>
  queryOptions({
    queryKey: [...schedulesKey(place, 'preview'), body],
    queryFn: ({ signal }) => call<PreviewView>('POST', url(place, 'preview'), { body, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

/** What computes or stores data can be started and stopped; networks and keys cannot. */
const targetCategories = ['compute', 'container', 'database'];

/** Resources whose name, id or tags hold the words, for the picker. */
export const targetSearchQuery = (place: WorkspacePlace, q: string) =>
  queryOptions({
    queryKey: workspaceKey(place, 'resources', 'targets', q),
    queryFn: async ({ signal }) => {
      const params = new URLSearchParams({ limit: '20', q });
      for (const category of targetCategories) params.append('category', category);
      return call<Page<ResourceRow>>('GET', `${workspaceUrl(place, 'resources')}?${params.toString()}`, {
        signal,
      });
    },
    placeholderData: keepPreviousData,
  });

export const calendarsQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'schedule-calendars'],
    queryFn: async ({ signal }) =>
      (await call<{ items: HolidayCalendar[] }>('GET', path('orgs', org, 'schedule-calendars'), { signal }))
        .items,
  });

export const nationalQuery = (org: string, country: HolidayCountry, year: number) =>
  queryOptions({
    queryKey: ['org', org, 'schedule-calendars', country, year],
    queryFn: async ({ signal }) =>
      (
        await call<NationalView>('GET', path('orgs', org, 'schedule-calendars', 'countries', country), {
          query: { year },
          signal,
        })
      ).items,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Address of the schedules as CSV. */
export const schedulesCsvUrl = (place: WorkspacePlace, filters: ScheduleFilters): string =>
  withQuery(url(place, 'export'), { ...filters });

export const liveUrl = (place: WorkspacePlace): string => url(place, 'live');

/** Writes; callers have `schedulesKey(place)` read again. */
export const schedulesApi = {
  create: (place: WorkspacePlace, body: ScheduleInput) => call<Schedule>('POST', url(place), { body }),
  createPair: (place: WorkspacePlace, body: PairInput) =>
    call<{ start: Schedule; stop: Schedule }>('POST', url(place, 'pairs'), { body }),
  update: (place: WorkspacePlace, id: string, body: ScheduleInput) =>
    call<Schedule>('PUT', url(place, id), { body }),
  enable: (place: WorkspacePlace, id: string, enabled: boolean) =>
    call<Schedule>('PATCH', url(place, id), { body: { enabled } }),
  duplicate: (place: WorkspacePlace, id: string, name: string) =>
    call<Schedule>('POST', url(place, id, 'duplicate'), { body: { name } }),
  remove: (place: WorkspacePlace, id: string) => call<undefined>('DELETE', url(place, id)),
  run: (place: WorkspacePlace, id: string) => call<ScheduleRun>('POST', url(place, id, 'runs')),
  keepOn: (place: WorkspacePlace, id: string, body: z.input<typeof OverrideBody>) =>
    call<unknown>('PUT', url(place, id, 'override'), { body }),
  release: (place: WorkspacePlace, id: string) => call<undefined>('DELETE', url(place, id, 'override')),
  createCalendar: (org: string, body: CalendarInput) =>
    call<HolidayCalendar>('POST', path('orgs', org, 'schedule-calendars'), { body }),
  updateCalendar: (org: string, id: string, body: CalendarInput) =>
    call<HolidayCalendar>('PUT', path('orgs', org, 'schedule-calendars', id), { body }),
  removeCalendar: (org: string, id: string) =>
    call<undefined>('DELETE', path('orgs', org, 'schedule-calendars', id)),
};

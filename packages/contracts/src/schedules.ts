import { FieldValues } from '@cloudatlas/cloud/fields';
import { ResourceState } from '@cloudatlas/cloud/resource';
import { z } from 'zod';
import { TimeZone } from './identity.ts';
import { DisplayName, Id, Instant, PageLimit, Cursor, pageOf } from './common.ts';

/** Most resources that a schedule names one by one. */
export const maxScheduleResources = 200;
/** Most resources that one run acts on; a tag that matches more is cut there, and the run says so. */
export const maxRunTargets = 500;
/** A resource with this tag and the value `off` is left alone by every schedule. */
export const excludeTag = { key: 'cloudatlas:schedule', value: 'off' } as const;

/** IANA time zone, e.g. `America/Sao_Paulo`, or `UTC`; an offset such as `+03:00` knows no summer time. */
export const ZoneName = TimeZone.regex(/^[A-Za-z]/, 'is not a time zone such as America/Sao_Paulo');
/** Date without a zone, YYYY-MM-DD. */
export const CalendarDate = z.iso.date();
/** 24-hour wall clock time, HH:MM. */
export const WallTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 08:30');

export const scheduleOperations = ['start', 'stop', 'resize'] as const;
export const ScheduleOperation = z.enum(scheduleOperations);
export type ScheduleOperation = z.infer<typeof ScheduleOperation>;

export const recurrenceKinds = ['daily', 'weekdays', 'weekends', 'days'] as const;
/** On which days; `days` are ISO weekdays, 1 Monday to 7 Sunday, and count for the kind `days` alone. */
export const Recurrence = z
  .strictObject({
    kind: z.enum(recurrenceKinds),
    days: z.array(z.number().int().min(1).max(7)).max(7).default([]),
  })
  .refine(({ kind, days }) => kind !== 'days' || days.length > 0, {
    path: ['days'],
    message: 'choose at least one day',
  });
export type Recurrence = z.infer<typeof Recurrence>;

/** A tag that resources must have; null: whatever its value. */
export const TagMatch = z.strictObject({
  key: z.string().trim().min(1).max(128),
  value: z.string().max(256).nullable().default(null),
});
/** Resources named one by one, and those that have all the tags when the schedule runs. */
export const ScheduleTargets = z
  .strictObject({
    resourceIds: z.array(Id).max(maxScheduleResources).default([]),
    tags: z.array(TagMatch).max(10).default([]),
  })
  .refine(({ resourceIds, tags }) => resourceIds.length + tags.length > 0, {
    path: ['resourceIds'],
    message: 'choose a resource or a tag',
  });

/** What happens to an occurrence that nobody carried out in time, e.g. because the server was down. */
export const MissedPolicy = z.strictObject({
  policy: z.enum(['skip', 'run']),
  /** With `run`: carried out when it is less late than this. */
  withinMinutes: z.number().int().min(5).max(1440).default(60),
});

export const holidayCountries = ['BR', 'PT', 'US'] as const;
export const HolidayCountry = z.enum(holidayCountries);
export type HolidayCountry = z.infer<typeof HolidayCountry>;
/** National holidays of a country, or the id of a calendar of the organization. */
export const HolidayRef = z.union([HolidayCountry, Id]);

const when = {
  timeZone: ZoneName,
  /** First and last day, both included, in the schedule's zone. */
  validFrom: CalendarDate.nullable().default(null),
  validUntil: CalendarDate.nullable().default(null),
  /** Days on which it does not run. */
  holidays: z.array(HolidayRef).max(10).default([]),
  missed: MissedPolicy.default({ policy: 'run', withinMinutes: 60 }),
};
const validity = {
  check: ({ validFrom, validUntil }: { validFrom: string | null; validUntil: string | null }) =>
    validFrom === null || validUntil === null || validFrom <= validUntil,
  problem: { path: ['validUntil'], message: 'is before the first day' },
};

/** POST …/schedules, PUT …/schedules/{scheduleId}. */
export const ScheduleBody = z
  .strictObject({
    name: DisplayName,
    enabled: z.boolean().default(true),
    operation: ScheduleOperation,
    /** Fields of the operation, e.g. the size for `resize`. */
    parameters: FieldValues.default({}),
    targets: ScheduleTargets,
    recurrence: Recurrence,
    time: WallTime,
    ...when,
  })
  .refine(validity.check, validity.problem);
export type ScheduleBody = z.output<typeof ScheduleBody>;

const HalfOfPair = z.strictObject({ recurrence: Recurrence, time: WallTime });
/**
 * POST …/schedules/pairs: one schedule that starts and one that stops the same resources. Holidays keep the start
 * from running; the stop runs on every day of its own, because what is off already is left alone.
 */
export const SchedulePairBody = z
  .strictObject({
    name: DisplayName,
    enabled: z.boolean().default(true),
    targets: ScheduleTargets,
    start: HalfOfPair,
    stop: HalfOfPair,
    ...when,
  })
  .refine(validity.check, validity.problem);
export type SchedulePairBody = z.output<typeof SchedulePairBody>;

export const runStatuses = ['pending', 'running', 'succeeded', 'partial', 'failed', 'skipped'] as const;
export const RunStatus = z.enum(runStatuses);
export type ScheduleRunStatus = z.infer<typeof RunStatus>;
/** Why a run or a target was not acted on. */
export const skipReasons = [
  'holiday',
  'override',
  'missed',
  'superseded',
  'disabled',
  'plan',
  'permission',
  'no_targets',
  'gone',
  'excluded',
  'unsupported',
  'account_disabled',
  'feature_off',
  'busy',
  'started_since',
  'state',
] as const;
export const SkipReason = z.enum(skipReasons);
export type ScheduleSkipReason = z.infer<typeof SkipReason>;

/** A moment in UTC and as the clock on the wall of the schedule's zone shows it, `YYYY-MM-DDTHH:MM`. */
const Moment = z.object({ at: Instant, local: z.string() });

export const Occurrence = Moment.extend({
  /** Name of the holiday on which it will not run. */
  holiday: z.string().nullable(),
});

/** An estimate: hours for which a schedule kept resources off × their list price per hour (a month has 730 hours). */
export const ScheduleSaving = z.object({
  currency: z.string(),
  /** Decimal. */
  amount: z.string(),
  hours: z.number(),
  basis: z.literal('list_price'),
});

export const ScheduleTarget = z.object({
  id: Id,
  name: z.string(),
  type: z.string(),
  typeLabel: z.string(),
  provider: z.string(),
  region: z.string(),
  state: ResourceState,
  /** Not at the provider any more. */
  gone: z.boolean(),
  /** Has the tag that keeps schedules away. */
  excluded: z.boolean(),
  /** Its type knows the schedule's operation. */
  supported: z.boolean(),
});
export type ScheduleTarget = z.infer<typeof ScheduleTarget>;

export const ScheduleOverride = z.object({
  id: Id,
  until: Instant,
  note: z.string(),
  createdBy: z.string(),
  createdAt: Instant,
});

export const Schedule = z.object({
  id: Id,
  /** The schedules that start and stop the same resources share it. */
  pairId: Id.nullable(),
  name: z.string(),
  enabled: z.boolean(),
  operation: ScheduleOperation,
  parameters: FieldValues,
  targets: z.object({
    resourceIds: z.array(Id),
    tags: z.array(z.object({ key: z.string(), value: z.string().nullable() })),
    /** Names of the first resources that are named one by one. */
    names: z.array(z.string()),
  }),
  recurrence: z.object({ kind: z.enum(recurrenceKinds), days: z.array(z.number().int()) }),
  time: z.string(),
  timeZone: z.string(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
  holidays: z.array(HolidayRef),
  missed: z.object({ policy: z.enum(['skip', 'run']), withinMinutes: z.number().int() }),
  /** The next occurrence that is no holiday; null when it is disabled or over. */
  nextRun: Moment.nullable(),
  lastRun: z.object({ id: Id, status: RunStatus, reason: SkipReason.nullable(), at: Instant }).nullable(),
  /** Stops are held back until then. */
  override: ScheduleOverride.nullable(),
  savings: z.array(ScheduleSaving),
  /** Whose permission it acts with: the person who saved it last. */
  actsAs: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Schedule = z.infer<typeof Schedule>;

/** GET …/schedules. */
export const ScheduleQuery = z.strictObject({
  q: z.string().trim().max(200).optional(),
  operation: ScheduleOperation.optional(),
  enabled: z.stringbool().optional(),
  /** Schedules that name this resource. */
  resourceId: Id.optional(),
  cursor: Cursor.optional(),
  limit: PageLimit,
});
export type ScheduleQuery = z.output<typeof ScheduleQuery>;
export const ScheduleList = pageOf(Schedule);

/** GET …/schedules/{scheduleId}. */
export const ScheduleDetail = Schedule.extend({
  /** The next five occurrences, holidays among them. */
  occurrences: z.array(Occurrence),
  /** What it would act on now, by name, at most 500. */
  resources: z.array(ScheduleTarget),
  /** More resources match than a run acts on. */
  truncated: z.boolean(),
});
export type ScheduleDetail = z.infer<typeof ScheduleDetail>;

export const SchedulePair = z.object({ start: Schedule, stop: Schedule });

/** POST …/schedules/preview: when it would run and on what, before it is saved. */
export const SchedulePreviewBody = z.strictObject({
  operation: ScheduleOperation,
  targets: z.strictObject({
    resourceIds: z.array(Id).max(maxScheduleResources),
    tags: z.array(TagMatch).max(10),
  }),
  recurrence: Recurrence,
  time: WallTime,
  timeZone: ZoneName,
  validFrom: CalendarDate.nullable().default(null),
  validUntil: CalendarDate.nullable().default(null),
  holidays: z.array(HolidayRef).max(10).default([]),
});
export const SchedulePreview = z.object({
  occurrences: z.array(Occurrence),
  resources: z.array(ScheduleTarget),
  truncated: z.boolean(),
});

/** PATCH …/schedules/{scheduleId}. */
export const EnableScheduleBody = z.strictObject({ enabled: z.boolean() });
/** POST …/schedules/{scheduleId}/duplicate. */
export const DuplicateScheduleBody = z.strictObject({ name: DisplayName });

/** POST …/schedules/{scheduleId}/overrides: keep its resources on until then, at most 31 days. */
export const OverrideBody = z.strictObject({
  until: Instant,
  note: z.string().trim().max(200).default(''),
});

/** One occurrence, or one run on demand. */
export const ScheduleRun = z.object({
  id: Id,
  scheduleId: Id,
  /** `override_ended`: a stop that was held back until then. */
  trigger: z.enum(['schedule', 'manual', 'override_ended']),
  operation: ScheduleOperation,
  /** When it was due. */
  dueAt: Instant,
  status: RunStatus,
  reason: SkipReason.nullable(),
  /** What the reason names: the holiday, or who held it back. */
  note: z.string().nullable(),
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  requestedBy: z.string().nullable(),
  /** Resources by what came of them. */
  counts: z.object({
    total: z.number().int(),
    open: z.number().int(),
    done: z.number().int(),
    already: z.number().int(),
    failed: z.number().int(),
    skipped: z.number().int(),
  }),
  /** More resources matched than it acted on. */
  truncated: z.boolean(),
});
export type ScheduleRun = z.infer<typeof ScheduleRun>;
export const ScheduleRunList = pageOf(ScheduleRun);
/** GET …/schedules/{scheduleId}/runs. */
export const ScheduleRunQuery = z.strictObject({
  status: RunStatus.optional(),
  cursor: Cursor.optional(),
  limit: PageLimit,
});

export const ScheduleRunTarget = z.object({
  resourceId: Id,
  name: z.string(),
  type: z.string(),
  outcome: z.enum(['pending', 'ordered', 'done', 'already', 'failed', 'skipped']),
  reason: SkipReason.nullable(),
  /** What the provider said. */
  message: z.string().nullable(),
  orderId: Id.nullable(),
  finishedAt: Instant.nullable(),
});
/** GET …/schedule-runs/{runId}. */
export const ScheduleRunDetail = ScheduleRun.extend({
  scheduleName: z.string(),
  timeZone: z.string(),
  targets: z.array(ScheduleRunTarget),
});
export type ScheduleRunDetail = z.infer<typeof ScheduleRunDetail>;

/** GET …/schedules/upcoming: the next five actions over all schedules. */
export const UpcomingRun = Moment.extend({
  scheduleId: Id,
  name: z.string(),
  operation: ScheduleOperation,
  timeZone: z.string(),
  /** Names of the first resources, and the tags. */
  targets: z.array(z.string()),
});
export type UpcomingRun = z.infer<typeof UpcomingRun>;
export const UpcomingRuns = z.object({ items: z.array(UpcomingRun) });

/** GET …/schedules/timeline: what happens between two instants, at most 16 days apart, for a picture of the week. */
export const TimelineQuery = z.strictObject({ from: Instant, to: Instant });
export const Timeline = z.object({
  items: z.array(
    z.object({ scheduleId: Id, at: Instant, operation: ScheduleOperation, holiday: z.string().nullable() }),
  ),
  /** There are more enabled schedules than the picture shows. */
  truncated: z.boolean(),
});

/** A holiday calendar of the organization. GET, POST /schedule-calendars. */
export const HolidayCalendarBody = z.strictObject({
  name: DisplayName,
  dates: z
    .array(z.strictObject({ date: CalendarDate, name: z.string().trim().max(120).default('') }))
    .max(400),
});
export const HolidayCalendar = z.object({
  id: Id,
  name: z.string(),
  dates: z.array(z.object({ date: z.string(), name: z.string() })),
  /** Schedules that keep to it. */
  usedBy: z.number().int(),
});
export type HolidayCalendar = z.infer<typeof HolidayCalendar>;
export const HolidayCalendarList = z.object({ items: z.array(HolidayCalendar) });
/** GET /schedule-calendars/countries/{country}?year=2026. */
export const NationalHolidays = z.object({
  items: z.array(z.object({ date: z.string(), name: z.string() })),
});

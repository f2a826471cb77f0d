/** A schedule while it is being filled in, and the bodies it becomes. */
import type { FieldValues } from '@cloudatlas/contracts/cloud';
import type { Recurrence, ScheduleDetail, ScheduleOperation } from '@cloudatlas/contracts/schedules';
import type { PairInput, PreviewInput, ScheduleInput } from '../queries.ts';

export type DraftKind = 'pair' | ScheduleOperation;

/** A resource as the picker shows it. */
export interface Chosen {
  id: string;
  name: string;
  type: string;
}
export interface DraftTag {
  key: string;
  value: string;
}
export interface Half {
  recurrence: Recurrence;
  time: string;
}

export interface Draft {
  kind: DraftKind;
  name: string;
  enabled: boolean;
  resources: readonly Chosen[];
  tags: readonly DraftTag[];
  /** When a pair starts, and when a schedule alone that starts or resizes runs. */
  start: Half;
  stop: Half;
  timeZone: string;
  validFrom: string;
  validUntil: string;
  holidays: readonly string[];
  missed: { policy: 'skip' | 'run'; withinMinutes: number };
  parameters: FieldValues;
}

const weekdays: Recurrence = { kind: 'weekdays', days: [] };

export function emptyDraft(resources: readonly Chosen[], timeZone: string): Draft {
  return {
    kind: 'pair',
    name: resources[0]?.name ?? '',
    enabled: true,
    resources,
    tags: [],
    start: { recurrence: weekdays, time: '08:00' },
    stop: { recurrence: weekdays, time: '20:00' },
    timeZone,
    validFrom: '',
    validUntil: '',
    holidays: [],
    missed: { policy: 'run', withinMinutes: 60 },
    parameters: {},
  };
}

export function draftOf(schedule: ScheduleDetail): Draft {
  const named = new Map(schedule.resources.map((resource) => [resource.id, resource]));
  const half = { recurrence: schedule.recurrence, time: schedule.time };
  return {
    kind: schedule.operation,
    name: schedule.name,
    enabled: schedule.enabled,
    resources: schedule.targets.resourceIds.map((id) => {
      const resource = named.get(id);
      return { id, name: resource?.name ?? id, type: resource?.type ?? '' };
    }),
    tags: schedule.targets.tags.map(({ key, value }) => ({ key, value: value ?? '' })),
    start: half,
    stop: half,
    timeZone: schedule.timeZone,
    validFrom: schedule.validFrom ?? '',
    validUntil: schedule.validUntil ?? '',
    holidays: schedule.holidays,
    missed: schedule.missed,
    parameters: schedule.parameters,
  };
}

/** The half that a schedule alone uses. */
export function halfOf(draft: Draft): Half {
  return draft.kind === 'stop' ? draft.stop : draft.start;
}

export function halfName(kind: DraftKind): 'start' | 'stop' {
  return kind === 'stop' ? 'stop' : 'start';
}

function targetsOf(draft: Draft) {
  return {
    resourceIds: draft.resources.map(({ id }) => id),
    tags: draft.tags
      .filter(({ key }) => key.trim() !== '')
      .map(({ key, value }) => ({ key: key.trim(), value: value === '' ? null : value })),
  };
}

function bodyOfHalf({ recurrence, time }: Half) {
  return {
    recurrence: { kind: recurrence.kind, days: recurrence.kind === 'days' ? recurrence.days : [] },
    time,
  };
}

function common(draft: Draft) {
  return {
    name: draft.name,
    enabled: draft.enabled,
    targets: targetsOf(draft),
    timeZone: draft.timeZone,
    validFrom: draft.validFrom === '' ? null : draft.validFrom,
    validUntil: draft.validUntil === '' ? null : draft.validUntil,
    holidays: [...draft.holidays],
    missed: draft.missed,
  };
}

export function pairBody(draft: Draft): PairInput {
  return { ...common(draft), start: bodyOfHalf(draft.start), stop: bodyOfHalf(draft.stop) };
}

export function scheduleBody(draft: Draft, operation: ScheduleOperation): ScheduleInput {
  return {
    ...common(draft),
    ...bodyOfHalf(halfOf(draft)),
    operation,
    parameters: operation === 'resize' ? draft.parameters : {},
  };
}

/** What to ask for a preview; null while something needed is missing. */
export function previewBody(draft: Draft): PreviewInput | null {
  const targets = targetsOf(draft);
  const half = bodyOfHalf(halfOf(draft));
  if (half.time === '' || (half.recurrence.kind === 'days' && half.recurrence.days.length === 0)) return null;
  const { timeZone, validFrom, validUntil, holidays } = common(draft);
  return {
    operation: draft.kind === 'pair' ? 'start' : draft.kind,
    targets,
    ...half,
    timeZone,
    validFrom,
    validUntil,
    holidays,
  };
}

export type DraftProblem = 'name' | 'targets' | 'start' | 'stop' | 'validUntil';

/** What must be filled in before it can be sent. */
export function problemsOf(draft: Draft): ReadonlySet<DraftProblem> {
  const found = new Set<DraftProblem>();
  if (draft.name.trim() === '') found.add('name');
  const { resourceIds, tags } = targetsOf(draft);
  if (resourceIds.length + tags.length === 0) found.add('targets');
  const halves = draft.kind === 'pair' ? (['start', 'stop'] as const) : [halfName(draft.kind)];
  for (const half of halves) {
    const { recurrence, time } = draft[half];
    if (time === '' || (recurrence.kind === 'days' && recurrence.days.length === 0)) found.add(half);
  }
  if (draft.validFrom !== '' && draft.validUntil !== '' && draft.validUntil < draft.validFrom)
    found.add('validUntil');
  return found;
}

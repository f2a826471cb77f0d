import { expect, test } from 'vitest';
import { emptyDraft, pairBody, previewBody, problemsOf, scheduleBody, type Draft } from './draft.ts';

const chosen = { id: '01900000-0000-7000-8000-000000000001', name: 'api-1', type: 'some.machine' };

function draft(more: Partial<Draft> = {}): Draft {
  return { ...emptyDraft([chosen], 'UTC'), ...more };
}

test('a new one is a pair over the working days, named after its resource', () => {
  const body = pairBody(draft());
  expect(body).toMatchObject({
    name: 'api-1',
    targets: { resourceIds: [chosen.id], tags: [] },
    start: { recurrence: { kind: 'weekdays', days: [] }, time: '08:00' },
    stop: { time: '20:00' },
    validFrom: null,
  });
  expect(problemsOf(draft()).size).toBe(0);
});

test('tags without a value ask for the key alone, and empty rows are left out', () => {
  const tags = [
    { key: ' env ', value: 'dev' },
    { key: 'team', value: '' },
    { key: '  ', value: 'x' },
  ];
  expect(scheduleBody(draft({ kind: 'stop', tags }), 'stop').targets).toEqual({
    resourceIds: [chosen.id],
    tags: [
      { key: 'env', value: 'dev' },
      { key: 'team', value: null },
    ],
  });
});

test('days that were chosen and given up again are not sent', () => {
  const start = { recurrence: { kind: 'daily' as const, days: [1, 2] }, time: '06:00' };
  expect(scheduleBody(draft({ kind: 'start', start }), 'start').recurrence).toEqual({
    kind: 'daily',
    days: [],
  });
});

test('what is missing is named, and nothing is asked for before it is there', () => {
  const none = { recurrence: { kind: 'days' as const, days: [] }, time: '08:00' };
  const incomplete = draft({
    name: ' ',
    resources: [],
    start: none,
    validFrom: '2026-02-01',
    validUntil: '2026-01-01',
  });
  expect([...problemsOf(incomplete)].toSorted()).toEqual(['name', 'start', 'targets', 'validUntil']);
  expect(previewBody(incomplete)).toBeNull();
  // The other half is of no concern to a stop alone.
  expect([...problemsOf({ ...incomplete, kind: 'stop' })].toSorted()).toEqual([
    'name',
    'targets',
    'validUntil',
  ]);
});

test('parameters belong to resizing', () => {
  const parameters = { instanceType: 't3.small' };
  expect(scheduleBody(draft({ parameters }), 'start').parameters).toEqual({});
  expect(scheduleBody(draft({ parameters }), 'resize').parameters).toEqual(parameters);
});

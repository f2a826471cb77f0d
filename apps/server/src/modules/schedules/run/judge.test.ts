import { describe, expect, test } from 'vitest';
import type { TargetResource } from '../port.ts';
import { judge, refusal, stateDecides, statusOf } from './judge.ts';

function resource(more: Partial<TargetResource> = {}): TargetResource {
  return {
    id: 'a',
    name: 'api-1',
    provider: 'some',
    type: 'some.machine',
    typeLabel: 'Machine',
    region: 'here',
    state: 'running',
    tags: {},
    gone: false,
    changedAt: new Date(),
    monthly: null,
    operations: [
      { id: 'start', parameters: [] },
      { id: 'stop', parameters: [] },
    ],
    ...more,
  };
}
const none = new Set<string>();

describe('one resource', () => {
  test.each([
    ['is stopped', resource(), 'stop', none, 'pending', null],
    ['is off already', resource({ state: 'stopped' }), 'stop', none, 'already', null],
    ['is going off', resource({ state: 'stopping' }), 'stop', none, 'already', null],
    ['is on already', resource(), 'start', none, 'already', null],
    ['is gone', resource({ gone: true }), 'stop', none, 'skipped', 'gone'],
    [
      'is excluded',
      resource({ tags: { 'cloudatlas:schedule': 'OFF' } }),
      'stop',
      none,
      'skipped',
      'excluded',
    ],
    [
      'has another value of that tag',
      resource({ tags: { 'cloudatlas:schedule': 'on' } }),
      'stop',
      none,
      'pending',
      null,
    ],
    ['cannot be resized', resource(), 'resize', none, 'skipped', 'unsupported'],
    ['is kept on', resource(), 'stop', new Set(['a']), 'skipped', 'override'],
    ['is kept on, as another is', resource(), 'stop', new Set(['b']), 'pending', null],
  ] as const)('%s', (_what, one, operation, held, outcome, reason) => {
    expect(judge(one, operation, held)).toEqual({ outcome, reason });
  });

  test('only a state that would keep it from acting is asked for again', () => {
    expect(stateDecides(resource(), 'stop')).toBe(false);
    expect(stateDecides(resource({ state: 'stopped' }), 'stop')).toBe(true);
    expect(stateDecides(resource({ state: 'stopped', gone: true }), 'stop')).toBe(false);
  });
});

describe('the whole run', () => {
  const done = { outcome: 'done', reason: null } as const;
  const already = { outcome: 'already', reason: null } as const;
  const failed = { outcome: 'failed', reason: null } as const;
  const gone = { outcome: 'skipped', reason: 'gone' } as const;
  const excluded = { outcome: 'skipped', reason: 'excluded' } as const;

  test.each([
    ['nothing to act on', [], 'skipped', 'no_targets'],
    ['all done', [done, already], 'succeeded', null],
    ['some left alone on purpose', [done, excluded], 'succeeded', null],
    ['all left alone on purpose', [excluded, excluded], 'skipped', 'excluded'],
    ['one failed', [done, failed], 'partial', null],
    ['one is gone', [done, gone], 'partial', null],
    ['all are gone', [gone, gone], 'failed', 'gone'],
    ['nothing worked', [failed, excluded], 'failed', null],
  ] as const)('%s', (_what, targets, status, reason) => {
    expect(statusOf(targets)).toEqual({ status, reason });
  });

  test('a refusal that nobody foresaw is a failure', () => {
    expect(refusal('role')).toEqual({ outcome: 'skipped', reason: 'permission' });
    expect(refusal('invalid')).toEqual({ outcome: 'failed', reason: null });
  });
});

import { describe, expect, test } from 'vitest';
import { Coverage } from './coverage.ts';
import { Exchange, priorityOf } from './money.ts';
import { Tally } from './tally.ts';

const services = [
  {
    id: 'disks',
    label: 'Disks',
    scope: 'regional' as const,
    resourceTypes: [
      { id: 'x.disk', label: 'disk', category: 'storage' as const, taggable: true },
      { id: 'x.snapshot', label: 'snapshot', category: 'storage' as const, taggable: true },
    ],
  },
  {
    id: 'names',
    label: 'Names',
    scope: 'global' as const,
    resourceTypes: [{ id: 'x.zone', label: 'zone', category: 'network' as const, taggable: true }],
  },
];
const finishedAt = new Date('2026-01-01T00:00:00.000Z');
const denied = { kind: 'denied' as const, message: 'no', action: 'disks:List' };
const coverage = (scopes: ConstructorParameters<typeof Coverage>[0]) => new Coverage(scopes, services);

describe('coverage', () => {
  test('knows what was listed, what was refused and what was never asked', () => {
    const found = coverage({
      finishedAt,
      problem: null,
      scopes: [
        { service: 'disks', region: 'a', problems: [{ type: 'x.disk', problem: denied }] },
        { service: 'disks', region: 'b', problems: [] },
        { service: 'names', region: 'global', problems: [] },
      ],
    });
    expect(found.gap('x.disk', 'a')).toMatchObject({ reason: 'missing_permission', detail: 'disks:List' });
    expect(found.gap('x.snapshot', 'a')).toBeNull();
    expect(found.gap('x.disk', 'b')).toBeNull();
    expect(found.gap('x.disk', 'c')).toMatchObject({ reason: 'not_synchronised' });
    expect(found.gap('x.zone', 'a')).toBeNull();
    expect(found.gapsOf('x.disk').map(({ region }) => region)).toEqual(['a']);
    expect(found.gapsOf('x.zone')).toEqual([]);
  });

  test('says so for every type when nothing was listed at all, or never', () => {
    const never = coverage(null);
    expect(never.gap('x.disk', 'a')).toMatchObject({ reason: 'not_synchronised' });
    expect(never.gapsOf('x.zone')).toMatchObject([{ region: '*' }]);
    const failed = coverage({ finishedAt, problem: { kind: 'expired', message: 'old keys' }, scopes: [] });
    expect(failed.gap('x.zone', 'global')).toMatchObject({
      reason: 'not_synchronised',
      detail: 'expired: old keys',
    });
  });

  test('a fault of the whole scope is one of each of its types', () => {
    const found = coverage({
      finishedAt,
      problem: null,
      scopes: [
        {
          service: 'disks',
          region: 'a',
          problems: [{ type: '*', problem: { kind: 'unavailable', message: 'timed out' } }],
        },
      ],
    });
    expect(found.gap('x.snapshot', 'a')).toMatchObject({ reason: 'not_synchronised' });
  });
});

describe('the tally', () => {
  test('counts verdicts, and skips by reason and detail', () => {
    const tally = new Tally();
    tally.add('rule', 'a', { kind: 'clear' });
    tally.add('rule', 'a', { kind: 'skip', reason: 'too_young', detail: '7 days' });
    tally.add('rule', 'a', { kind: 'skip', reason: 'too_young', detail: '7 days' });
    tally.add('rule', 'a', { kind: 'skip', reason: 'no_cost' });
    tally.note('rule', 'b', { kind: 'skip', reason: 'missing_permission', detail: 'x:List' }, 0);
    expect(tally.rows()).toEqual([
      {
        rule_id: 'rule',
        region: 'a',
        examined: 4,
        found: 0,
        clear: 1,
        skipped: [
          { reason: 'too_young', detail: '7 days', count: 2 },
          { reason: 'no_cost', detail: null, count: 1 },
        ],
      },
      {
        rule_id: 'rule',
        region: 'b',
        examined: 0,
        found: 0,
        clear: 0,
        skipped: [{ reason: 'missing_permission', detail: 'x:List', count: 0 }],
      },
    ]);
  });

  test('is bounded however many details there are', () => {
    const tally = new Tally();
    for (let i = 0; i < 1000; i += 1)
      tally.add('rule', 'a', { kind: 'skip', reason: 'no_price', detail: `${i}` });
    const [row] = tally.rows();
    expect(row?.skipped.length).toBe(21);
    expect(row?.skipped.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
  });
});

describe('money of findings', () => {
  test.each([
    [null, 'low'],
    ['9.999999', 'low'],
    ['10', 'medium'],
    ['50', 'medium'],
    ['50.000001', 'high'],
  ] as const)('%s a month is of priority %s', (monthly, priority) => {
    expect(priorityOf(monthly)).toBe(priority);
  });

  test('is converted by the newest rate, exactly, or not at all', () => {
    const exchange = new Exchange('BRL', new Map([['USD', '5.4321']]));
    expect(exchange.convert('10', 'USD')).toBe('54.321');
    expect(exchange.convert('10', 'BRL')).toBe('10');
    expect(exchange.convert('10', 'EUR')).toBeNull();
  });
});

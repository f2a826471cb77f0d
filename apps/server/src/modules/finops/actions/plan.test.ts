import type { OperationDescriptor } from '@cloudatlas/cloud/operations';
import { describe, expect, test } from 'vitest';
import { differenceOf, foundOf } from './found.ts';
import {
  effectOf,
  featuresFor,
  filledParameters,
  isMarked,
  planSteps,
  quarantineMark,
  reverseSteps,
  shownParameters,
  undoEffectOf,
} from './plan.ts';

const disk = { type: 'x.disk', nativeId: 'x:disk/1', id: '1', region: 'here' };
const finalAt = new Date('2026-03-02T10:00:00.000Z');

function operation(id: string, more: Partial<OperationDescriptor> = {}): OperationDescriptor {
  return {
    id,
    type: 'x.disk',
    label: id,
    parameters: [],
    confirm: 'none',
    dryRun: false,
    actions: [`x:${id}`],
    ...more,
  };
}

const text = { label: '', kind: 'text' as const, required: false };
const operations = [
  operation('detach', { undo: 'attach' }),
  operation('attach', { undo: 'detach' }),
  operation('snapshot'),
  operation('tag', { undo: 'tag' }),
  operation('delete', { confirm: 'typed', undo: 'restore', parameters: [{ ...text, name: 'snapshotId' }] }),
  operation('restore'),
];
const names = (steps: readonly { operation: string; later: boolean }[]) =>
  steps.map((step) => `${step.operation}${step.later ? ' later' : ''}`);

describe('the steps of an action', () => {
  test('operations are made as planned, undo in reverse where there is one', () => {
    const planned = planSteps(
      {
        kind: 'operations',
        operations: [
          { operation: 'detach', parameters: { force: true } },
          { operation: 'snapshot', parameters: {} },
        ],
      },
      disk,
      operations,
      finalAt,
    );
    expect(planned[0]).toEqual({
      operation: 'detach',
      target: disk,
      parameters: { force: true },
      calls: ['x:detach'],
      later: false,
    });
    expect(names(reverseSteps(planned, operations))).toEqual(['attach']);
    expect(featuresFor(planned, operations)).toEqual(['operate']);
  });

  test('a deletion that keeps the data makes a snapshot first and hands it on', () => {
    const planned = planSteps(
      { kind: 'snapshot_delete', operations: [{ operation: 'detach', parameters: {} }] },
      disk,
      operations,
      finalAt,
    );
    expect(names(planned)).toEqual(['detach', 'snapshot', 'delete']);
    expect(names(reverseSteps(planned, operations))).toEqual(['restore', 'attach']);
    expect(featuresFor(planned, operations)).toEqual(['operate', 'delete']);
    const made = { ...disk, type: 'x.snapshot', id: 'snap-1' };
    expect(filledParameters(operations[4]!, {}, [made])).toEqual({ snapshotId: 'snap-1' });
    expect(filledParameters(operations[4]!, { snapshotId: 'mine' }, [made])).toEqual({ snapshotId: 'mine' });
    expect(filledParameters(operations[0]!, {}, [made])).toEqual({});
    expect(filledParameters(operations[4]!, {}, [])).toEqual({});
  });

  test('where the provider keeps a final snapshot itself there is none before', () => {
    const final = operation('delete', {
      parameters: [{ ...text, name: 'finalSnapshot', kind: 'boolean' }],
    });
    const planned = planSteps(
      { kind: 'snapshot_delete', operations: [] },
      disk,
      [final, operations[2]!],
      finalAt,
    );
    expect(planned.map((step) => [step.operation, step.parameters])).toEqual([
      ['delete', { finalSnapshot: true }],
    ]);
  });

  test('a quarantine is tagged with its end, and the deletion comes later', () => {
    const planned = planSteps(
      { kind: 'quarantine_delete', operations: [{ operation: 'detach', parameters: {} }] },
      disk,
      operations,
      finalAt,
    );
    expect(names(planned)).toEqual(['detach', 'tag', 'delete later']);
    expect(planned[1]!.parameters).toEqual({
      tags: { 'cloudatlas-quarantine': '2026-03-02t10-00-00z' },
    });
    expect(names(reverseSteps(planned, operations))).toEqual(['tag', 'attach']);
  });

  test('the mark fits the strictest provider, whatever the instant', () => {
    for (const at of ['2026-03-02T10:00:00.000Z', '2026-12-31T23:59:59.999Z'])
      for (const [name, value] of Object.entries(quarantineMark(new Date(at)))) {
        expect(name).toMatch(/^[a-z][a-z0-9_-]{0,62}$/);
        expect(value).toMatch(/^[a-z0-9_-]{0,63}$/);
      }
  });

  test('marks of this and of older releases count, others do not', () => {
    expect(isMarked(quarantineMark(finalAt))).toBe(true);
    expect(isMarked({ 'cloudatlas:quarantine': '2026-03-02T10:00:00.000Z' })).toBe(true);
    expect(isMarked({ quarantine: 'yes', Name: 'cloudatlas-quarantine' })).toBe(false);
  });

  test('what the provider cannot do is refused', () => {
    expect(() =>
      planSteps(
        { kind: 'operations', operations: [{ operation: 'paint', parameters: {} }] },
        disk,
        operations,
        finalAt,
      ),
    ).toThrow('x.disk has no operation paint');
    expect(() =>
      planSteps({ kind: 'snapshot_delete', operations: [] }, disk, [operations[4]!], finalAt),
    ).toThrow('cannot be saved');
  });

  test('captured configurations and secrets are not shown', () => {
    const fields = [
      { ...text, name: 'size' },
      { ...text, name: 'configuration', kind: 'json' as const },
      { ...text, name: 'environment', kind: 'tags' as const, sensitive: true },
    ];
    expect(
      shownParameters(fields, { size: 'm', configuration: { a: 1 }, environment: { PASSWORD: 'x' }, odd: 1 }),
    ).toEqual({ size: 'm', configuration: '…', environment: '…', odd: '…' });
  });

  test('every kind says what it does and what undo gives back, in both languages', () => {
    for (const kind of ['operations', 'snapshot_delete', 'quarantine_delete', 'schedule'] as const) {
      for (const said of [effectOf(kind, 'web-1'), undoEffectOf(kind, 'R', true)])
        expect(said.en).not.toBe(said['pt-BR']);
      expect(effectOf(kind, 'web-1')['pt-BR']).toContain('web-1');
    }
  });
});

describe('what was found', () => {
  const relations = [
    { kind: 'attached_to' as const, targetNativeId: 'b' },
    { kind: 'attached_to' as const, targetNativeId: 'a' },
    { kind: 'in_subnet' as const, targetNativeId: 's' },
  ];

  test('is state, size and attachments; their order does not matter', () => {
    const found = foundOf({ state: 'in_use', relations });
    expect(found).toEqual({ state: 'in_use', size: null, attachments: ['a', 'b'] });
    expect(differenceOf(found, foundOf({ state: 'in_use', relations: relations.toReversed() }))).toBeNull();
  });

  test('a difference is named', () => {
    const before = foundOf({ state: 'in_use', size: { sku: 'm', cpus: 2 }, relations });
    const now = foundOf({ state: 'available', size: { sku: 'l', cpus: 2 }, relations: [] });
    expect(differenceOf(before, now)).toBe('state in_use → available, sku m → l, attached to a, b → nothing');
  });
});

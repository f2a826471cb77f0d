import { Evidence, type Grade, type SkipReason } from '@cloudatlas/contracts/finops';
import { describe, expect, test } from 'vitest';
import type { Finding, PlannedAction, Rule, RuleResource } from '../rule.ts';
import { makeFacts, type KnownFacts } from './facts.ts';
import { ago } from './resource.ts';

/** One row of a rule's table: a situation and the verdict. */
export interface Row extends KnownFacts {
  readonly when: string;
  readonly resource: RuleResource;
  readonly verdict: 'found' | 'clear' | SkipReason;
  /** Detail of a skip. */
  readonly detail?: string;
  /** Amount of a finding, exact; null when none is claimed. */
  readonly monthly?: string | null;
  readonly confidence?: Grade;
  readonly action?: PlannedAction | null;
  /** What the reason (English) says. */
  readonly why?: RegExp;
  /** Values of the recommended specification. */
  readonly recommended?: readonly string[];
}

/** What holds for every finding of every rule. */
function checkFinding(rule: Rule, finding: Finding): void {
  const texts = [
    finding.why,
    finding.explanation,
    ...finding.current.map((s) => s.label),
    ...finding.evidence.map((e) => e.label),
  ];
  for (const text of texts) {
    for (const written of [text.en, text['pt-BR']]) {
      expect(written.length).toBeGreaterThan(1);
      expect(written).not.toMatch(/undefined|NaN|null|Infinity|\[object/);
    }
  }
  expect(finding.why.en).not.toBe(finding.why['pt-BR']);
  expect(finding.method).toBe(rule.saving);
  if (finding.monthly !== null) expect(finding.monthly).toMatch(/^\d+(\.\d+)?$/);
  for (const item of [...finding.current, ...finding.recommended])
    expect(item.value).not.toMatch(/undefined|NaN|null|Infinity|\[object|^$/);
  for (const evidence of finding.evidence) Evidence.parse(evidence);
  if (finding.action) {
    expect(finding.action.kind).toBe(rule.action);
    if (finding.action.kind !== 'schedule')
      for (const { operation, target } of finding.action.operations)
        expect(rule.operations).toContainEqual(
          target && target.type !== rule.resourceType ? { operation, type: target.type } : { operation },
        );
  }
}

/** Runs a rule over its table. */
export function describeRule(rule: Rule, rows: readonly Row[]): void {
  describe(`rule ${rule.id}`, () => {
    test.each(rows.map((row) => [row.when, row] as const))('%s', (_, row) => {
      const verdict = rule.examine(row.resource, makeFacts(rule, row, row.resource));
      if (row.verdict === 'clear') {
        expect(verdict).toEqual({ kind: 'clear' });
        return;
      }
      if (row.verdict !== 'found') {
        expect(verdict).toMatchObject({
          kind: 'skip',
          reason: row.verdict,
          ...(row.detail ? { detail: row.detail } : {}),
        });
        return;
      }
      expect(verdict.kind).toBe('finding');
      if (verdict.kind !== 'finding') return;
      checkFinding(rule, verdict);
      if (row.monthly !== undefined) expect(verdict.monthly).toBe(row.monthly);
      if (row.confidence) expect(verdict.confidence ?? rule.confidence).toBe(row.confidence);
      if (row.action !== undefined) expect(verdict.action).toEqual(row.action);
      if (row.why) expect(verdict.why.en).toMatch(row.why);
      if (row.recommended) expect(verdict.recommended.map((s) => s.value)).toEqual(row.recommended);
    });
  });
}

/** What a rule about something unused is shown: its resource and the metrics, all of which are at rest. */
export interface Unused {
  readonly resource: RuleResource;
  /** `metric.statistic` of each. */
  readonly metrics: readonly string[];
  readonly days: number;
  readonly known?: KnownFacts;
}

/** The rows every rule about something unused has: at rest, a single use, not measured, too young, not in the bill. */
export function unusedRows({ resource, metrics, days, known = {} }: Unused): Row[] {
  const rest = Object.fromEntries(metrics.map((metric) => [metric, 0]));
  const base = { cost: '2', ...known };
  const [first = '', ...others] = metrics;
  return [
    { when: 'at rest', resource, ...base, metrics: rest, verdict: 'found' },
    ...metrics.map((metric): Row => ({
      when: `in use by ${metric}`,
      resource,
      ...base,
      metrics: { ...rest, [metric]: 1_000_000_000 },
      verdict: 'clear',
    })),
    { when: 'never measured', resource, ...base, verdict: 'no_metrics', detail: first.split('.')[0] ?? '' },
    ...(others.length === 0
      ? []
      : [
          {
            when: 'measured in part',
            resource,
            ...base,
            metrics: Object.fromEntries(metrics.slice(0, -1).map((metric) => [metric, 0])),
            verdict: 'no_metrics',
          } satisfies Row,
        ]),
    {
      when: `exactly ${days} days old`,
      resource: { ...resource, createdAt: ago(days) },
      ...base,
      metrics: rest,
      verdict: 'found',
    },
    {
      when: 'an hour younger',
      resource: { ...resource, createdAt: ago(days - 0.05) },
      ...base,
      metrics: rest,
      verdict: 'too_young',
      detail: `${days} days`,
    },
  ];
}

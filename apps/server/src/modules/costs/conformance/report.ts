import { FOCUS_COLUMNS } from '../focus/columns.ts';
import type { Row } from '../lake/duck.ts';
import type { PartitionVersion } from '../lake/manifest.ts';
import type { CostStore } from '../lake/store.ts';
import { CONFORMANCE_RULES, type ConformanceRule, type Feature } from './rules.ts';

export interface RuleOutcome {
  id: string;
  keyword: ConformanceRule['keyword'];
  column: string;
  text: string;
  /** `absent`: the column is not in the data, so its rows cannot be judged (its presence rule tells). */
  status: 'passed' | 'violated' | 'absent' | 'not-asked';
  violations: number;
  /** Some violating rows, the columns that matter. */
  samples: Row[];
}

export interface ConformanceReport {
  /** Version of the specification whose rules are checked. */
  version: '1.2';
  rows: number;
  /** Passed ÷ (passed + violated) over MUST and MUST NOT rules, 0 to 1; undefined without data. */
  score: number | undefined;
  passed: number;
  violated: number;
  rules: RuleOutcome[];
}

export interface ConformanceOptions {
  /** Features the provider lacks; rules about them are not asked. */
  without?: readonly Feature[];
  /** Violating rows shown per rule. Default 3. */
  samples?: number;
  signal?: AbortSignal;
}

const CONTEXT = [
  'BillingAccountId',
  'ServiceName',
  'ChargeCategory',
  'ChargePeriodStart',
  'BilledCost',
  'ResourceId',
];

/**
 * Checks the FOCUS 1.2 rules on stored data and counts the rows that break each. A column counts as
 * present when any row has a value in it: the store keeps all columns of the superset, so an
 * all-null column and a missing one look alike.
 */
export async function conformanceReport(
  store: CostStore,
  partitions: readonly PartitionVersion[],
  options: ConformanceOptions = {},
): Promise<ConformanceReport> {
  const rows = partitions.flatMap((p) => p.sums).reduce((n, s) => n + s.rows, 0);
  if (rows === 0) return { version: '1.2', rows: 0, score: undefined, passed: 0, violated: 0, rules: [] };
  const without = new Set<string>(options.without ?? []);
  const asked = CONFORMANCE_RULES.filter((r) => !r.feature || !without.has(r.feature));

  // One pass over the data for presence and all row rules.
  const columns = [...new Set(asked.map((r) => r.column))];
  const rowRules = asked.filter((r) => r.check.kind === 'row');
  const [counts = {}] = await store.select(
    partitions,
    'rows',
    (from, dialect) => {
      const presence = columns.map((c, i) => `${dialect.text(`count(${c})`)} AS c${i}`);
      const violations = rowRules.map(
        (r, i) =>
          `${dialect.text(`sum(CASE WHEN ${r.check.kind === 'row' ? r.check.violation : 'false'} THEN 1 ELSE 0 END)`)} AS v${i}`,
      );
      return { sql: `SELECT ${[...presence, ...violations].join(', ')} FROM ${from}`, params: {} };
    },
    options.signal,
  );
  const present = new Set(columns.filter((_, i) => Number(counts[`c${i}`]) > 0));
  const violations = new Map(rowRules.map((r, i) => [r, Number(counts[`v${i}`])]));

  const outcomes: RuleOutcome[] = [];
  for (const rule of CONFORMANCE_RULES) {
    const outcome: RuleOutcome = {
      id: rule.id,
      keyword: rule.keyword,
      column: rule.column,
      text: rule.text,
      status: 'passed',
      violations: 0,
      samples: [],
    };
    outcomes.push(outcome);
    const { check } = rule;
    if (!asked.includes(rule)) outcome.status = 'not-asked';
    else if (check.kind === 'present') {
      // A column that may be null in every row is not missed when it is.
      const mayBeEmpty = rule.column === 'ChargeClass';
      if (!present.has(rule.column) && !mayBeEmpty)
        Object.assign(outcome, { status: 'violated', violations: 1 });
    } else if (!present.has(rule.column)) outcome.status = 'absent';
    else if (check.kind === 'row') outcome.violations = violations.get(rule) ?? 0;
    else
      outcome.violations = present.has(check.other)
        ? await countMany(store, partitions, rule.column, check.other, options.signal)
        : 0;
    if (outcome.violations > 0 && check.kind !== 'present') {
      outcome.status = 'violated';
      outcome.samples = await samples(store, partitions, rule, options);
    }
  }
  const strict = outcomes.filter((o) => o.keyword === 'MUST' || o.keyword === 'MUST NOT');
  const passed = strict.filter((o) => o.status === 'passed').length;
  const violated = strict.filter((o) => o.status === 'violated').length;
  return {
    version: '1.2',
    rows,
    score: passed + violated === 0 ? undefined : passed / (passed + violated),
    passed,
    violated,
    rules: outcomes,
  };
}

/** How many values of `column` go with more than one value of `other`. */
async function countMany(
  store: CostStore,
  partitions: readonly PartitionVersion[],
  column: string,
  other: string,
  signal?: AbortSignal,
): Promise<number> {
  const [found] = await store.select(
    partitions,
    'rows',
    (from, dialect) => ({
      sql: `SELECT ${dialect.text('count(*)')} AS n FROM (${manySql(from, column, other)}) AS m`,
      params: {},
    }),
    signal,
  );
  return Number(found?.['n'] ?? 0);
}

function manySql(from: string, column: string, other: string): string {
  return `SELECT ${column}, count(DISTINCT ${other}) AS many FROM ${from} WHERE ${column} IS NOT NULL GROUP BY ${column} HAVING count(DISTINCT ${other}) > 1`;
}

async function samples(
  store: CostStore,
  partitions: readonly PartitionVersion[],
  rule: ConformanceRule,
  options: ConformanceOptions,
): Promise<Row[]> {
  const limit = options.samples ?? 3;
  const { check } = rule;
  return store.select(
    partitions,
    'rows',
    (from, dialect) => {
      if (check.kind === 'single-value')
        return {
          sql: `SELECT ${rule.column}, ${dialect.text('many')} AS ${check.other} FROM (${manySql(from, rule.column, check.other)}) AS m ORDER BY ${rule.column} LIMIT ${limit}`,
          params: {},
        };
      const violation = check.kind === 'row' ? check.violation : 'false';
      const shown = FOCUS_COLUMNS.filter(
        (c) => CONTEXT.includes(c.name) || c.name === rule.column || violation.includes(c.name),
      );
      const list = shown
        .map((c) =>
          c.type === 'string' || c.type === 'json'
            ? `t.${c.name}`
            : `${dialect.text(`t.${c.name}`)} AS ${c.name}`,
        )
        .join(', ');
      return {
        sql: `SELECT ${list} FROM (SELECT * FROM ${from} WHERE ${violation} LIMIT ${limit}) AS t`,
        params: {},
      };
    },
    options.signal,
  );
}

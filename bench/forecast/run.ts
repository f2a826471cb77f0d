/** Back-tests the forecast on seeded series and writes RESULTS.md beside this file. `node bench/forecast/run.ts [series per scenario, default 20]` */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { backtest } from '../../apps/server/src/modules/costs/forecast/backtest.ts';
import {
  forecast,
  runRate,
  seasonalPredictor,
  straightLine,
  type Predictor,
} from '../../apps/server/src/modules/costs/forecast/forecast.ts';
import { SCENARIOS, simulate, type Labelled } from '../../apps/server/src/modules/costs/forecast/simulate.ts';

const count = Number(process.argv[2] ?? 20);
const FIRST_SEED = 1000;
const HORIZONS = [7, 14, 30];
const METHODS: [string, Predictor][] = [
  ['seasonal', seasonalPredictor],
  ['run-rate', runRate],
  ['straight line', straightLine],
];

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const cases = new Map(
  SCENARIOS.map((scenario) => [
    scenario,
    Array.from({ length: count }, (_, i) => simulate(scenario, FIRST_SEED + i)),
  ]),
);

const sections = HORIZONS.map((horizon) => {
  const results = METHODS.map(([, predictor]) =>
    [...cases.values()].map((list) => list.map((s) => backtest(s, predictor, horizon))),
  );
  const columns = results.map((scenarios) =>
    scenarios.map((list) => mean(list.map((r) => r.totalMape).filter(Number.isFinite))),
  );
  const daily = results.map((scenarios) =>
    mean(
      scenarios
        .flat()
        .map((r) => r.dailySmape)
        .filter(Number.isFinite),
    ),
  );
  const rows = SCENARIOS.map((scenario, i) => {
    const values = columns.map((c) => c[i] ?? Number.NaN);
    const best = Math.min(...values);
    return `| ${scenario} | ${values.map((v) => (v === best ? `**${percent(v)}**` : percent(v))).join(' | ')} |`;
  });
  return [
    `## ${horizon} days ahead`,
    '',
    `| scenario | ${METHODS.map(([name]) => name).join(' | ')} |`,
    `|---|${'---|'.repeat(METHODS.length)}`,
    ...rows,
    `| **all, MAPE of the sum** | ${columns.map((c) => percent(mean(c))).join(' | ')} |`,
    `| all, sMAPE of single days | ${daily.map(percent).join(' | ')} |`,
    '',
  ].join('\n');
});

/** How often the sum of the next days lay in the 80 % interval. */
function coverage(list: readonly Labelled[]): number {
  let inside = 0;
  let all = 0;
  for (const series of list)
    for (const cut of [90, 120, 150]) {
      const next = series.values.slice(cut, cut + 14);
      if (next.length < 14 || next.includes(null)) continue;
      const { total } = forecast({ start: series.start, values: series.values.slice(0, cut) }, 14);
      const actual = next.reduce<number>((n, v) => n + (v ?? 0), 0);
      all += 1;
      if (actual >= total.low && actual <= total.high) inside += 1;
    }
  return inside / all;
}
const covered = [...cases].map(
  ([scenario, list]) => `| ${scenario} | ${percent(coverage(list.slice(0, 10)))} |`,
);

await writeFile(
  path.join(import.meta.dirname, 'RESULTS.md'),
  `# Forecast

Made by \`bench/forecast/run.ts ${count}\`. ${count} seeded series of 180 days per scenario (seeds ${FIRST_SEED} to ${FIRST_SEED + count - 1}); rolling origin from day 35, every 7 days. The error is that of the sum over the horizon, the figure a budget is held against. *run-rate* is the mean of the last 30 days, *straight line* least squares over the last 30 days.
Scenarios with spikes, drops, steps or a new service hold events that no method can foresee; the errors there are mostly theirs.

${sections.join('\n')}
## Interval

Share of cases in which the sum of the next 14 days lay inside the 80 % interval:

| scenario | inside |
|---|---|
${covered.join('\n')}
`,
);

/** Back-tests the forecast on seeded series and writes RESULTS.md beside this file. `node bench/forecast/run.ts [series per scenario, default 20]` */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { backtest } from '../../apps/server/src/modules/costs/forecast/backtest.ts';
import {
  forecast,
  projectMonth,
  runRate,
  seasonalPredictor,
  straightLine,
  type Predictor,
} from '../../apps/server/src/modules/costs/forecast/forecast.ts';
import { dayAt } from '../../apps/server/src/modules/costs/forecast/series.ts';
import { SCENARIOS, simulate, type Labelled } from '../../apps/server/src/modules/costs/forecast/simulate.ts';

const seriesCount = Number(process.argv[2] ?? 20);
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
    Array.from({ length: seriesCount }, (_, i) => simulate(scenario, FIRST_SEED + i)),
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

/**
 * Whether days hold an event that the days before `cut` do not foretell: a step or a new service, or a spike or drop of
 * which there were not two before. What began in the five days before the cut is not known as what it is either.
 */
function isNews({ anomalies }: Labelled, cut: number, to: number): boolean {
  return anomalies.some(
    ({ index, kind }) =>
      index >= cut - 5 &&
      index < to &&
      (kind === 'step' ||
        kind === 'new' ||
        anomalies.filter((other) => other.kind === kind && other.index < cut - 5).length < 2),
  );
}

interface Count {
  inside: number;
  all: number;
  width: number;
}
const counted = (): { told: Count; news: Count } => ({
  told: { inside: 0, all: 0, width: 0 },
  news: { inside: 0, all: 0, width: 0 },
});
type Coverage = ReturnType<typeof counted>;

function count(to: Count, actual: number, low: number, high: number, amount: number): void {
  to.all += 1;
  if (actual >= low && actual <= high) to.inside += 1;
  to.width += (high - low) / Math.max(1e-9, amount);
}

/** Missing days count as the mean of the others. */
function total(values: readonly (number | null)[]): number {
  const known = values.filter((v) => v !== null);
  return known.length === 0 ? 0 : mean(known) * values.length;
}

/** How often the sum of the next days, and each of them, lay in the interval. */
function coverage(list: readonly Labelled[], horizon: number): { sums: Coverage; days: Coverage } {
  const sums = counted();
  const days = counted();
  for (const series of list)
    for (let cut = 45; cut + horizon <= series.values.length; cut += 9) {
      const found = forecast({ start: series.start, values: series.values.slice(0, cut) }, horizon);
      if (found.total.amount <= 0) continue;
      const next = series.values.slice(cut, cut + horizon);
      const kind = isNews(series, cut, cut + horizon) ? 'news' : 'told';
      count(sums[kind], total(next), found.total.low, found.total.high, found.total.amount);
      for (const [i, value] of next.entries()) {
        const day = found.days[i];
        if (value !== null && day) count(days[kind], value, day.low, day.high, day.amount);
      }
    }
  return { sums, days };
}

/** How often the month's bill lay in the interval given when 5, 10, 15, 20 or 25 days of it had come. */
function monthCoverage(list: readonly Labelled[]): Coverage {
  const found = counted();
  for (const series of list) {
    const daily = series.values.flatMap((v, i) =>
      v === null ? [] : [{ day: dayAt(series.start, i), amount: v.toFixed(6) }],
    );
    for (let cut = 45; cut < series.values.length; cut += 1) {
      const last = dayAt(series.start, cut - 1);
      if (Number(last.slice(8)) % 5 !== 0 || last.endsWith('30')) continue;
      const end = cut + 31 - Number(last.slice(8));
      if (end > series.values.length) break;
      const month = projectMonth(
        daily.filter(({ day }) => day <= last),
        last.slice(0, 7),
        last,
      );
      if (month.projected === undefined) continue;
      // Days without data are in the bill with nothing, and in the forecast of the days ahead as usual ones.
      const left = series.values
        .slice(cut)
        .filter((_, i) => dayAt(series.start, cut + i).startsWith(month.month));
      const actual = Number(month.actual) + total(left);
      count(
        found[isNews(series, cut, cut + left.length) ? 'news' : 'told'],
        actual,
        Number(month.low),
        Number(month.high),
        Number(month.projected),
      );
    }
  }
  return found;
}

const share = ({ inside, all }: Count): string => (all === 0 ? '–' : percent(inside / all));
const width = ({ width: sum, all }: Count): string =>
  all === 0 ? '–' : `±${((sum / all) * 50).toFixed(0)} %`;
const covered = [...cases].map(([scenario, list]) => {
  const some = list.slice(0, 12);
  const horizons = HORIZONS.map((horizon) => coverage(some, horizon));
  const month = monthCoverage(some);
  const fortnight = horizons[1];
  return {
    told: `| ${scenario} | ${horizons.map(({ sums }) => share(sums.told)).join(' | ')} | ${share(month.told)} | ${fortnight ? share(fortnight.days.told) : ''} | ${fortnight ? width(fortnight.sums.told) : ''} |`,
    news: horizons.every(({ sums }) => sums.news.all === 0)
      ? undefined
      : `| ${scenario} | ${horizons.map(({ sums }) => share(sums.news)).join(' | ')} | ${share(month.news)} |`,
  };
});

await writeFile(
  path.join(import.meta.dirname, 'RESULTS.md'),
  `# Forecast

Made by \`bench/forecast/run.ts ${seriesCount}\`. ${seriesCount} seeded series of 180 days per scenario (seeds ${FIRST_SEED} to ${FIRST_SEED + seriesCount - 1}, others than those the method was tuned on); rolling origin from day 35, every 7 days. The error is that of the sum over the horizon, the figure a budget is held against. *run-rate* is the mean of the last 30 days, *straight line* least squares over the last 30 days.
Scenarios with spikes, drops, steps or a new service hold events that no method can foresee; the errors there are mostly theirs.

${sections.join('\n')}
## Does the 80 % interval hold?

Share of cases in which what came lay inside the 80 % interval, first ${Math.min(12, seriesCount)} series of each scenario, origins from day 45 every 9 days. *Month* is the bill of the month, asked when 5, 10, 15, 20 and 25 days of it had come. *Single days* and the mean half *width* are those of the 14 days ahead. Too narrow an interval shows as less than 80 %, a timid one as more.

### Where the past tells the future

| scenario | sum of 7 days | sum of 14 days | sum of 30 days | month | single days | width |
|---|---|---|---|---|---|---|
${covered.map(({ told }) => told).join('\n')}

### Where it does not

Windows with news: a step, a new service, or a spike or drop of which there had not been two before. No interval from the past can hold these, and this one does not: the day after such an event the anomaly page and the budget alerts speak, not the forecast.

| scenario | sum of 7 days | sum of 14 days | sum of 30 days | month |
|---|---|---|---|---|
${covered.flatMap(({ news }) => news ?? []).join('\n')}
`,
);

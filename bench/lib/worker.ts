/**
 * The clouds as a process of their own: `fork(worker.ts, [options as JSON])`. Tells its addresses by message when it is
 * ready. The clock stands still, so nothing changes between two runs by itself.
 */
import { startSimulator, type SimulatorOptions } from '../../packages/simulator/src/server.ts';
import type { ScenarioReport } from '../../packages/simulator/src/scenarios/scenarios.ts';

/** What the process tells when it is ready. */
export interface CloudsReady {
  readonly aws: string;
  readonly microsoft: string;
  /** PEM that clients of `microsoft` must trust. */
  readonly ca: string;
  readonly google: string;
  readonly report: ScenarioReport;
}

const options = JSON.parse(process.argv[2] ?? '{}') as SimulatorOptions;
const simulator = await startSimulator({ ...options, clock: { factor: 0 } });
const { report } = simulator.control;
if (report === undefined || process.send === undefined) throw new Error('not started by a benchmark');
const ready: CloudsReady = {
  aws: simulator.url,
  microsoft: simulator.microsoft.url,
  ca: simulator.microsoft.ca,
  google: simulator.google.url,
  report,
};
process.send(ready);
process.once('disconnect', () => process.exit(0));

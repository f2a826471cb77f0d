import { World, type WorldOptions } from '../aws/world.ts';
import {
  buildScenario,
  type ScenarioName,
  type ScenarioOptions,
  type ScenarioReport,
} from '../scenarios/scenarios.ts';
import type { ActiveFault, FaultBoard, FaultSpec } from './faults.ts';
import type { RequestLog } from './request-log.ts';

/** Steers a running simulator: scenarios, clock, faults, requests seen. */
export class Control {
  readonly #options: WorldOptions;
  readonly faults: FaultBoard;
  readonly requests: RequestLog;
  #world: World;
  #report: ScenarioReport | undefined;

  constructor(world: World, faults: FaultBoard, requests: RequestLog, options: WorldOptions) {
    this.#world = world;
    this.faults = faults;
    this.requests = requests;
    this.#options = options;
  }

  get world(): World {
    return this.#world;
  }

  /** Replaces the world by a scenario; faults and the request log are cleared. */
  loadScenario(
    name: ScenarioName,
    options: ScenarioOptions & { seed?: string | number } = {},
  ): ScenarioReport {
    const seed = options.seed ?? this.#options.seed;
    const world = new World({ ...this.#options, ...(seed === undefined ? {} : { seed }) });
    const report = buildScenario(world, name, options);
    this.#world = world;
    this.#report = report;
    this.faults.clear();
    this.requests.clear();
    for (const fault of report.faults ?? []) this.faults.add(fault);
    return report;
  }

  /** What the current scenario holds: credentials, planted waste, counts. */
  get report(): ScenarioReport | undefined {
    return this.#report;
  }

  set report(report: ScenarioReport | undefined) {
    this.#report = report;
  }

  /** Moves the simulated clock by seconds. */
  advance(seconds: number): void {
    this.#world.clock.advance(seconds * 1000);
  }

  addFault(spec: FaultSpec): string {
    return this.faults.add(spec);
  }

  listFaults(): ActiveFault[] {
    return this.faults.list();
  }

  /** Ends temporary credentials now; returns how many were ended. */
  expireSessions(): number {
    let count = 0;
    for (const [key, credential] of this.#world.credentials) {
      if (credential.expiresAt === undefined || credential.expiresAt <= Date.now()) continue;
      this.#world.credentials.set(key, { ...credential, expiresAt: Date.now() - 1 });
      count += 1;
    }
    return count;
  }
}

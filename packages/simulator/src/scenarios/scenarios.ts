import type { World } from '../aws/world.ts';
import type { FaultSpec } from '../control/faults.ts';
import { buildDemo } from './demo/demo.ts';
import { buildEmpty } from './empty.ts';
import { buildFaults } from './faults.ts';
import { buildLarge } from './large.ts';
import { buildMixed } from './mixed.ts';

/** Scenarios that can be loaded by name. */
export const SCENARIOS = ['empty', 'demo', 'large', 'mixed', 'faults'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export interface ScenarioOptions {
  /** Number of resources; `large` and `mixed` only. Default 10,000 and 50,000. */
  readonly resources?: number;
  /** Number of accounts of AWS; `large` and `mixed` only. Default 3 and 2. */
  readonly accounts?: number;
  /** `volumes` makes all of them EBS volumes; `large` only. Default `mixed`. */
  readonly mix?: 'mixed' | 'volumes';
}

/** An access key a scenario made. It opens nothing but the simulator. */
export interface ScenarioKey {
  /** What the key stands for, e.g. `admin`, `read-only`. */
  readonly label: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A role a scenario made for AssumeRole. */
export interface ScenarioRole {
  readonly label: string;
  readonly arn: string;
  readonly externalId: string | undefined;
}

/** An application a scenario registered in a tenant of Entra ID. It opens nothing but the simulator. */
export interface ScenarioApplication {
  /** What it stands for, e.g. `m365-admin`, `m365-read-only`. */
  readonly label: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Azure subscription it has a role in. */
  readonly subscriptionId?: string;
}

/** A service account a scenario made in a Google Cloud project. It opens nothing but the simulator. */
export interface ScenarioServiceAccount {
  /** What it stands for, e.g. `gcp-admin`, `gcp-read-only`. */
  readonly label: string;
  readonly projectId: string;
  /** Text of its key file. */
  readonly key: string;
  /** `project.dataset.table` of the billing export. */
  readonly billingTable: string;
}

/** One planted piece of waste: what an optimiser should find. */
export interface PlantedWaste {
  readonly kind: string;
  readonly service: string;
  readonly region: string;
  readonly resourceId: string;
  readonly note: string;
}

/** What a scenario built. */
export interface ScenarioReport {
  readonly scenario: ScenarioName;
  readonly keys: readonly ScenarioKey[];
  readonly roles: readonly ScenarioRole[];
  readonly applications?: readonly ScenarioApplication[];
  readonly serviceAccounts?: readonly ScenarioServiceAccount[];
  readonly waste: readonly PlantedWaste[];
  /** What looks like waste of a kind and is none: an optimiser that finds it is wrong. */
  readonly decoys?: readonly PlantedWaste[];
  /** Number of objects by kind, e.g. `ec2:instance`. */
  readonly counts: Readonly<Record<string, number>>;
  /** Faults the scenario starts with. */
  readonly faults?: readonly FaultSpec[];
}

type Builder = (world: World, options: ScenarioOptions) => Omit<ScenarioReport, 'scenario'>;

const BUILDERS: Readonly<Record<ScenarioName, Builder>> = {
  empty: buildEmpty,
  demo: buildDemo,
  large: buildLarge,
  mixed: buildMixed,
  faults: buildFaults,
};

/** Fills a fresh world. Equal seeds and options give equal worlds. */
export function buildScenario(
  world: World,
  name: ScenarioName,
  options: ScenarioOptions = {},
): ScenarioReport {
  return { scenario: name, ...BUILDERS[name](world, options) };
}

import tls from 'node:tls';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/src/server.ts';
import { azure } from '../src/azure/provider.ts';
import type { Connection, ConnectOptions } from '../src/contract.ts';
import type { FieldValues } from '../src/fields.ts';
import { gcp } from '../src/gcp/provider.ts';
import { m365 } from '../src/m365/provider.ts';
import type { Resource, ResourceState } from '../src/resource.ts';
import { applicationOf, listAll, QUICK, serviceAccountOf } from './support.ts';

const PROVIDERS = { azure, gcp, m365 } as const;

/** A provider over the demo estate. */
export interface DemoCloud {
  readonly simulator: Simulator;
  /** A connection with the credentials of a label, the administrator's unless told; it is closed at the end. */
  readonly connect: (label?: string, options?: ConnectOptions) => Connection;
  /** Has a connection closed at the end. */
  readonly opened: (connection: Connection) => Connection;
  readonly all: (connection: Connection, service: string) => Promise<readonly Resource[]>;
  /** @param of a type of resources, or a service @throws Error when nothing has this name */
  readonly named: (connection: Connection, of: string, name: string) => Promise<Resource>;
  readonly order: (
    resource: Resource,
    operation: string,
    parameters?: FieldValues,
  ) => Parameters<Connection['operate']>[0];
  readonly settled: (
    connection: Connection,
    resource: Resource,
    states: readonly ResourceState[],
  ) => ReturnType<Connection['waitFor']>;
}

/** Starts the demo estate for the tests of a file; before each it is as it was at first. */
export function demoCloud(id: keyof typeof PROVIDERS, options: SimulatorOptions = {}): DemoCloud {
  let simulator: Simulator;
  let tokens = 0;
  const connections: Connection[] = [];
  beforeAll(async () => {
    simulator = await startSimulator({ scenario: 'demo', transitionScale: 0, ...options });
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), simulator.microsoft.ca]);
  });
  beforeEach(() => simulator.control.loadScenario('demo'));
  afterAll(async () => {
    for (const connection of connections) connection.close();
    await simulator.close();
  });
  const cloud: DemoCloud = {
    get simulator() {
      return simulator;
    },
    connect(label = `${id}-admin`, more = {}) {
      const google = id === 'gcp';
      const credentials = google ? serviceAccountOf(simulator, label) : applicationOf(simulator, label);
      const endpoint = (google ? simulator.google : simulator.microsoft).url;
      const limits = { ...QUICK, ...more.limits };
      return cloud.opened(PROVIDERS[id].connect(credentials, { endpoint, ...more, limits }));
    },
    opened(connection) {
      connections.push(connection);
      return connection;
    },
    async all(connection, service) {
      return (await listAll(connection, { service, region: 'global' })).resources;
    },
    async named(connection, of, name) {
      const service = connection.services.find((one) => one.resourceTypes.some((type) => type.id === of));
      const found = (await cloud.all(connection, service?.id ?? of)).find(
        (one) => (service === undefined || one.type === of) && one.name === name,
      );
      if (!found) throw new Error(`no ${name}`);
      return found;
    },
    order({ type, nativeId, id: shortId, region }, operation, parameters = {}) {
      tokens += 1;
      return {
        operation,
        resource: { type, nativeId, id: shortId, region },
        parameters,
        clientToken: `${id}-test-${String(tokens).padStart(6, '0')}`,
      };
    },
    settled: (connection, resource, states) => connection.waitFor({ resource, states, timeoutMs: 60_000 }),
  };
  return cloud;
}

import { afterAll, beforeAll } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import type { Connection } from '../src/contract.ts';
import type { FieldValues } from '../src/fields.ts';
import type { OperationResult } from '../src/operations.ts';
import type { Resource, ResourceRef } from '../src/resource.ts';
import { connect, listAll } from './support.ts';

export const running = (r: Resource): boolean => r.state === 'running';
/** Not one of the caches of a group. */
export const standalone = (r: Resource): boolean =>
  r.type !== 'aws.elasticache.cluster' || r.attributes['ReplicationGroupId'] === undefined;

type Order = Parameters<Connection['operate']>[0];

/** Operations on the demo estate and their undos. */
export interface Undoing {
  readonly simulator: Simulator;
  readonly connection: Connection;
  readonly act: (resource: ResourceRef, operation: string, parameters?: FieldValues) => Order;
  readonly all: (type: string, region?: string) => Promise<Resource[]>;
  /** The first of a type that is wanted, as it is in full. @throws Error when there is none */
  readonly one: (
    type: string,
    wanted?: (resource: Resource) => boolean,
    region?: string,
  ) => Promise<Resource>;
  /** The undo of a result as an order. */
  readonly back: (resource: ResourceRef, done: OperationResult) => Order;
}

/** Starts the demo estate for the tests of a file. */
export function undoing(): Undoing {
  let simulator: Simulator;
  let connection: Connection;
  let tokens = 0;
  beforeAll(async () => {
    // Transitions are over at the next look; the states on the way have their own tests.
    simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
    connection = connect(simulator);
  });
  afterAll(async () => {
    connection.close();
    await simulator.close();
  });
  const stage: Undoing = {
    get simulator() {
      return simulator;
    },
    get connection() {
      return connection;
    },
    act(resource, operation, parameters = {}) {
      tokens += 1;
      return { operation, resource, parameters, clientToken: `undo-${String(tokens).padStart(8, '0')}` };
    },
    async all(type, region = 'us-east-1') {
      const service = connection.services.find((s) => s.resourceTypes.some((t) => t.id === type));
      if (!service) throw new Error(`no service lists ${type}`);
      const place = service.scope === 'global' ? 'global' : region;
      return [
        ...(await listAll(connection, { service: service.id, region: place, types: [type] })).resources,
      ];
    },
    async one(type, wanted = () => true, region) {
      const found = (await stage.all(type, region)).find(wanted);
      if (!found) throw new Error(`the estate has no such ${type}`);
      return connection.inspect(found);
    },
    back(resource, done) {
      if (!done.undo) throw new Error('there is no undo');
      return stage.act(resource, done.undo.operation, done.undo.parameters);
    },
  };
  return stage;
}

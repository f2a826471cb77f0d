import type { Connection, ConnectOptions, Credentials, ListEvent, ListRequest } from '../src/contract.ts';
import { CloudError } from '../src/errors.ts';
import type { Resource } from '../src/resource.ts';
import { aws } from '../src/aws/provider.ts';
import type { Simulator } from '../../simulator/src/server.ts';

/** The credentials of a scenario key, as a form gives them. */
export function keysOf(simulator: Simulator, label: string): Credentials {
  const key = simulator.control.report?.keys.find((k) => k.label === label);
  if (!key) throw new Error(`the scenario has no key ${label}`);
  return { method: 'keys', values: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey } };
}

/** The credentials of a scenario application, as a form gives them. */
export function applicationOf(simulator: Simulator, label: string): Credentials {
  const found = simulator.control.report?.applications?.find((one) => one.label === label);
  if (!found) throw new Error(`the scenario has no application ${label}`);
  const { tenantId, clientId, clientSecret, subscriptionId } = found;
  const values = { tenantId, clientId, clientSecret };
  return {
    method: 'client_secret',
    values: subscriptionId === undefined ? values : { ...values, subscriptionId },
  };
}

/** Limits that keep tests short: pauses of milliseconds instead of seconds. */
export const QUICK = {
  retryDelayMs: { first: 2, largest: 10 },
  retryForMs: 5_000,
  pollDelayMs: { first: 5, largest: 20 },
};

/** A connection to a simulator with short pauses. */
export function connect(simulator: Simulator, label = 'admin', options: ConnectOptions = {}): Connection {
  return aws.connect(keysOf(simulator, label), {
    endpoint: simulator.url,
    ...options,
    limits: { ...QUICK, ...options.limits },
  });
}

/** A finished listing. */
export interface Listing {
  readonly resources: readonly Resource[];
  readonly ends: ReadonlyMap<string, Extract<ListEvent, { kind: 'end' }>>;
}

/** Reads a listing to its end. */
export async function listAll(connection: Connection, request: ListRequest): Promise<Listing> {
  const resources: Resource[] = [];
  const ends = new Map<string, Extract<ListEvent, { kind: 'end' }>>();
  for await (const event of connection.list(request)) {
    if (event.kind === 'batch') resources.push(...event.resources);
    else ends.set(event.type, event);
  }
  return { resources, ends };
}

/** The CloudError a promise rejects with. */
export async function failure(work: Promise<unknown>): Promise<CloudError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CloudError) return error;
    throw error;
  }
  throw new Error('it should have failed');
}

/** Lines a connection logged. */
export class Lines {
  readonly all: { level: string; fields: Record<string, unknown>; message: string }[] = [];
  readonly log = {
    debug: (fields: Record<string, unknown>, message: string) =>
      void this.all.push({ level: 'debug', fields, message }),
    info: (fields: Record<string, unknown>, message: string) =>
      void this.all.push({ level: 'info', fields, message }),
    warn: (fields: Record<string, unknown>, message: string) =>
      void this.all.push({ level: 'warn', fields, message }),
  };

  has(message: string): boolean {
    return this.all.some((line) => line.message.includes(message));
  }
}

/** The credentials of a scenario's service account, as a form gives them. */
export function serviceAccountOf(simulator: Simulator, label: string): Credentials {
  const found = simulator.control.report?.serviceAccounts?.find((one) => one.label === label);
  if (!found) throw new Error(`the scenario has no service account ${label}`);
  return {
    method: 'service_account',
    values: { serviceAccountKey: found.key, billingTable: found.billingTable },
  };
}

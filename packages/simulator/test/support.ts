import { EC2Client } from '@aws-sdk/client-ec2';
import type { Simulator } from '../src/server.ts';

/** A key of the simulator for an SDK client. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The credentials of a scenario key by label. */
export function credentialsOf(simulator: Simulator, label: string): Credentials {
  const key = simulator.control.report?.keys.find((k) => k.label === label);
  if (!key) throw new Error(`the scenario has no key ${label}`);
  return { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey };
}

/** The configuration that points an SDK client at the simulator; one attempt, so that errors surface. */
export function clientConfig(simulator: Simulator, label = 'admin', region = 'us-east-1') {
  return { region, endpoint: simulator.url, credentials: credentialsOf(simulator, label), maxAttempts: 1 };
}

export function ec2Client(simulator: Simulator, label = 'admin', region = 'us-east-1'): EC2Client {
  return new EC2Client(clientConfig(simulator, label, region));
}

/** Name, status and message of the error a call ends with. */
export async function failure(
  call: Promise<unknown>,
): Promise<{ name: string; status: number | undefined; message: string }> {
  try {
    await call;
  } catch (error) {
    const e = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name: e.name, status: e.$metadata?.httpStatusCode, message: e.message };
  }
  throw new Error('the call succeeded');
}

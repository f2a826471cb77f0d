import type { ChildProcess } from 'node:child_process';
import { type Client, postgresCpu, until, usage } from '../lib/product.ts';

/** A scan as the server wrote it, with what it used. */
export interface MeasuredScan {
  seconds: number;
  examined: number;
  found: number;
  opened: number;
  /** CPU seconds of the server and of PostgreSQL. */
  cpu: number;
  postgresCpu: number;
}

/** No scan but those that are asked for. */
export async function scanByHandOnly(client: Client, base: string): Promise<void> {
  const settings = await client.call('GET', `${base}/finops/settings`);
  await client.call('PUT', `${base}/finops/settings`, { ...settings, scanEveryHours: null });
}

/** Scans a workspace and waits for the end. @throws Error when it does not succeed */
export async function measureScan(
  client: Client,
  base: string,
  server: ChildProcess,
  postgresPid: number,
): Promise<MeasuredScan> {
  const before = await usage(server);
  const postgresBefore = await postgresCpu(postgresPid);
  const { id } = await client.call('POST', `${base}/finops/scans`);
  const ended = await until(
    () => client.call('GET', `${base}/finops/scans/${id}`),
    ({ status }) => status !== 'running',
  );
  if (ended.status !== 'succeeded') throw new Error(`the scan: ${JSON.stringify(ended)}`);
  return {
    seconds: (Date.parse(ended.finishedAt) - Date.parse(ended.startedAt)) / 1000,
    examined: ended.examined,
    found: ended.found,
    opened: ended.opened,
    cpu: (await usage(server)).cpu - before.cpu,
    postgresCpu: (await postgresCpu(postgresPid)) - postgresBefore,
  };
}

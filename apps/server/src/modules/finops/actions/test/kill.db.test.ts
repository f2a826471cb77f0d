import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  connectAccount,
  eventually,
  startCloudStage,
  type CloudStage,
} from '../../../../../test/support/cloud.ts';
import { newId } from '../../../../platform/ids/ids.ts';
import { foundOf } from '../found.ts';
import { createOutcomes } from '../outcome.ts';
import type { ActionTables } from '../tables.ts';
import { createActionTick } from '../tick.ts';
import { recommend } from './driver.ts';
import { Estate, type Planted } from './estate.ts';

// The product's own worker process is killed with SIGKILL while it applies one action, undoes a second and deletes at
// the end of the quarantine of a third, each held at the provider between sending and answering. Another process goes
// on. What happens at every other instant is in crash.db.test.ts.

const program = fileURLToPath(new URL('../../../../../test/support/mortal-worker.ts', import.meta.url));
let stage: CloudStage;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  stage = await startCloudStage({ work: false });
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await stage.close();
});

async function startWorker(): Promise<ChildProcess> {
  const worker = fork(program, {
    env: { ...process.env, ...stage.atlas.application.platform.env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  workers.push(worker);
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  return worker;
}

test('a killed worker leaves no action half way', async () => {
  const estate = new Estate(stage.simulator);
  const accountId = (await connectAccount(stage)).id;
  const { platform, services } = stage.atlas.application;
  const workspaceId = await services.tenancy.workspaceId(stage.organizationId, 'main');
  const base = `${stage.base}/finops`;
  const connection = estate.connect();

  async function apply(planted: Planted): Promise<string> {
    const resource = await connection.inspect(planted.ref);
    const id = await recommend(stage, accountId, workspaceId ?? '', planted, {
      name: resource.name,
      fingerprint: foundOf(resource),
    });
    const { status, body } = await stage.owner.post(`${base}/recommendations/${id}/apply`, {
      idempotencyKey: newId(),
      confirmName: resource.name,
    });
    expect(status, JSON.stringify(body)).toBe(202);
    return body.id;
  }
  const become = (id: string, status: string) =>
    eventually(
      () => stage.owner.get(`${base}/actions/${id}`),
      ({ body }) => body.status === status,
      150_000,
    );

  const worker = await startWorker();
  const undone = estate.kinds['stop']!();
  const before = await undone.state();
  const undoneId = await apply(undone);
  const deleted = estate.kinds['quarantine']!();
  const deletedId = await apply(deleted);
  await become(undoneId, 'applied');
  await become(deletedId, 'quarantined');

  const { control } = stage.simulator;
  const hold = (action: string) =>
    control.addFault({ effect: { kind: 'latency', milliseconds: 10_000 }, target: { actions: [action] } });
  const holds = ['ec2:StopInstances', 'ec2:StartInstances', 'ec2:TerminateInstances'].map(hold);
  const applied = estate.kinds['resize']!();
  const appliedId = await apply(applied);
  expect((await stage.owner.post(`${base}/actions/${undoneId}/undo`)).status).toBe(202);
  stage.advance(25 * 3_600_000);
  await createActionTick(
    platform,
    platform.db.withTables<ActionTables>(),
    createOutcomes(platform, platform.db.withTables<ActionTables>(), services.audit),
  )();
  await eventually(
    async () => control.listFaults().filter(({ id }) => holds.includes(id)),
    (faults) => faults.length === 3 && faults.every(({ hits }) => hits > 0),
    90_000,
  );
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  worker.kill('SIGKILL');
  await ended;
  control.faults.clear();
  // On a slow machine the first may have got its answer before the last was sent; not all of them have.
  const left = await Promise.all(
    [appliedId, undoneId, deletedId].map((id) => stage.owner.get(`${base}/actions/${id}`)),
  );
  expect(left.filter(({ body }) => ['running', 'undoing'].includes(body.status)).length).toBeGreaterThan(0);

  await startWorker();
  await become(appliedId, 'applied');
  await become(undoneId, 'undone');
  await become(deletedId, 'final');
  expect(await applied.state()).toBe('m5.large running Name');
  expect(await undone.state()).toBe(before);
  expect(await deleted.state()).toContain('terminated');
}, 300_000);

import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../../../../test/support/cloud.ts';
import { schedule, startSchedules, type SchedulesStage } from './harness.ts';

// The product's own worker is killed with SIGKILL in the middle of runs: some orders are placed and not written down,
// others not placed at all. Another worker goes on. Every resource gets one order, and every run comes to an end.

const program = fileURLToPath(new URL('../../../../test/support/mortal-worker.ts', import.meta.url));
const machines = 120;
const patienceMs = 240_000;

describe('a worker that is killed while it carries out runs', () => {
  let stage: SchedulesStage;
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    stage = await startSchedules();
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

  async function count(sql: string): Promise<number> {
    return (await stage.sql.query(`select count(*)::int as n from ${sql}`)).rows[0].n;
  }

  test('orders nothing twice and leaves no run without an end', async () => {
    const ids = await stage.addResources(machines);
    // Half of them one by one, half in one run; all of them are due on the clock of the worker, which is the real one.
    const at = new Date(Date.now() - 3_600_000).toISOString().slice(0, 16);
    const due = { time: at.slice(11), timeZone: 'UTC', missed: { policy: 'run', withinMinutes: 1440 } };
    for (const id of ids.slice(0, machines / 2)) await stage.call('POST', '/schedules', schedule([id], due));
    await stage.call('POST', '/schedules', schedule(ids.slice(machines / 2), due));
    await stage.sql.query('update schedules.schedule set next_run_at = $1', [`${at}:00Z`]);
    // The worker stands still with its orders placed and not written down: the rows of the targets are locked.
    const lock = await stage.sql.connect();
    await stage.tick();
    await stage.sql.query(
      'create function public.hold() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(4711); return new; end $$',
    );
    await stage.sql.query(
      "create trigger hold before update on schedules.run_target for each row when (new.outcome = 'ordered') execute function public.hold()",
    );
    await lock.query('begin');
    await lock.query('select pg_advisory_xact_lock(4711)');
    const worker = await startWorker();
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    await eventually(
      () => count('inventory.cloud_order'),
      (n) => n > 0,
      patienceMs,
    );
    worker.kill('SIGKILL');
    await ended;
    expect(await count("schedules.run_target where outcome = 'ordered'")).toBe(0);
    await lock.query('rollback');
    lock.release();
    await stage.sql.query('drop trigger hold on schedules.run_target');

    await startWorker();
    await eventually(
      () => count("schedules.run where status in ('pending', 'running')"),
      (n) => n === 0,
      patienceMs,
    );
    const { rows } = await stage.sql.query(
      'select resource_id, count(*)::int as n from inventory.cloud_order group by resource_id having count(*) > 1',
    );
    expect(rows).toEqual([]);
    expect(await count('inventory.cloud_order')).toBe(machines);
    expect(await count('schedules.run')).toBe(machines / 2 + 1);
    const finished = await stage.sql.query(
      "select payload->>'runId' as run, count(*)::int as n from platform.event where name like 'schedules.run_%' group by 1",
    );
    expect(finished.rows).toHaveLength(machines / 2 + 1);
    expect(finished.rows.every(({ n }) => n === 1)).toBe(true);
  }, 600_000);
});

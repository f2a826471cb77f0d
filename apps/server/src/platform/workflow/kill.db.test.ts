import { fork } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { newId } from '../ids/ids.ts';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import {
  makeWorker,
  provision,
  provisionKind,
  TestProvider,
  watchJournal,
  type TestWorker,
} from './testing/fixture.ts';
import type { RunDetail } from './workflow.ts';

// Worker processes are killed with SIGKILL right behind each journal transaction, in some before their commit, and
// before and behind each effect of a step and of an undo. Then another worker goes on. Whatever the instant was, the
// run must end in the state it would have had anyway, and the provider must hold exactly what the journal says.

const organizationId = newId();
const atOnce = 4;
const terminal = new Set(['succeeded', 'failed', 'cancelled', 'needs_attention']);

interface Stage {
  database: TestDatabase;
  provider: TestProvider;
  runId: string;
}

async function prepare(failAt: string | undefined): Promise<Stage> {
  const database = await createTestDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(`grant usage on schema public to public; ${TestProvider.schema}`);
  await owner.end();
  const provider = new TestProvider(database.appUrl);
  const starter = makeWorker({ appUrl: database.appUrl });
  starter.workflows.register([provision(provider)]);
  await starter.jobs.start({ work: false });
  const input = failAt === undefined ? {} : { failAt };
  const runId = await starter.db.inTenant({ organizationId }, (tx) =>
    starter.workflows.start(tx, provisionKind, { organizationId, key: 'one', input }),
  );
  await starter.close();
  return { database, provider, runId };
}

/** Runs a new worker until the run is over. With `wrap` it is the only one there ever was, and nothing is to recover. */
async function finish(
  { database, provider, runId }: Stage,
  wrap?: ReturnType<typeof watchJournal>,
): Promise<RunDetail> {
  const worker: TestWorker = makeWorker({ appUrl: database.appUrl, ...(wrap === undefined ? {} : { wrap }) });
  worker.workflows.register([provision(provider)]);
  await worker.jobs.start({ work: true });
  try {
    const end = Date.now() + 60_000;
    for (;;) {
      // What the job that runs every minute does.
      if (wrap === undefined) await worker.workflows.recover();
      const run = await worker.db.inTenant({ organizationId }, (tx) => worker.workflows.get(tx, runId));
      if (run !== undefined && terminal.has(run.status)) return run;
      if (Date.now() > end) throw new Error(`The run did not end: ${JSON.stringify(run)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    await worker.close();
  }
}

async function clear({ database, provider }: Stage): Promise<void> {
  await provider.close();
  await database.drop();
}

async function expectTruth({ provider }: Stage, run: RunDetail, failAt: string | undefined): Promise<void> {
  const things = await provider.things();
  if (failAt === undefined) {
    expect(run).toMatchObject({ status: 'succeeded', message: null });
    expect(run.steps.map((each) => each.status)).toEqual(['done', 'done', 'done']);
    expect(things.map((thing) => thing.name)).toEqual(['a', 'b', 'c']);
    expect(run.steps.map((each) => each.result)).toEqual(things.map(({ key }) => ({ key })));
  } else {
    expect(run).toMatchObject({ status: 'failed', message: `Step ${failAt} failed: quota is used up` });
    expect(run.steps.map((each) => each.status)).toEqual(['undone', 'undone', 'undone']);
    expect(things).toEqual([]);
    // Undone in reverse: the last deletion of each thing comes after that of every later one.
    const calls = await provider.calls();
    const lasts = ['a', 'b', 'c'].map((name) => calls.lastIndexOf(`delete ${name}`));
    expect(lasts).toEqual(lasts.toSorted((one, other) => other - one));
  }
}

async function killAt(moment: string, place: string, failAt: string | undefined): Promise<void> {
  const stage = await prepare(failAt);
  try {
    const child = fork(
      new URL('./testing/mortal-worker.ts', import.meta.url),
      [stage.database.appUrl, moment, place],
      { stdio: 'ignore' },
    );
    const timer = setTimeout(() => child.kill('SIGTERM'), 60_000);
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    clearTimeout(timer);
    expect(signal, `the worker must die at ${moment} ${place}`).toBe('SIGKILL');
    await expectTruth(stage, await finish(stage), failAt);
  } finally {
    await clear(stage);
  }
}

async function killAtEach(
  places: readonly (readonly [string, string])[],
  failAt: string | undefined,
): Promise<string[]> {
  const queue = [...places];
  const failures: string[] = [];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [moment, place] = next;
      await killAt(moment, place, failAt).catch((error: unknown) =>
        failures.push(`${moment} ${place}: ${String(error)}`),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return failures;
}

async function countTransactions(failAt: string | undefined): Promise<number> {
  const stage = await prepare(failAt);
  let transactions = 0;
  const run = await finish(
    stage,
    watchJournal(async (_moment, count) => {
      transactions = Math.max(transactions, count);
    }),
  );
  await expectTruth(stage, run, failAt);
  await clear(stage);
  return transactions;
}

const numbered = (moment: string, count: number): (readonly [string, string])[] =>
  Array.from({ length: count }, (_, index) => [moment, String(index + 1)] as const);

describe('a killed worker', () => {
  test(
    'behind any journal transaction, and in some, of a run that fails and is undone',
    { timeout: 400_000 },
    async () => {
      const count = await countTransactions('c');
      expect(count).toBeGreaterThan(15);
      // A kill before a commit leaves what the commit before it left, unless an effect lies between: those are below.
      const inside = numbered('inside', count).filter((_place, index) => index % 3 === 0);
      const failures = await killAtEach([...numbered('after', count), ...inside], 'c');
      expect(failures).toEqual([]);
    },
  );

  test('inside any step and any undo', { timeout: 200_000 }, async () => {
    const moments = ['run-before', 'run-after', 'undo-before', 'undo-after'];
    const failures = await killAtEach(
      moments.flatMap((moment) => ['a', 'b', 'c'].map((name) => [moment, name] as const)),
      'c',
    );
    expect(failures).toEqual([]);
  });

  test('at the boundaries and effects of a run that succeeds', { timeout: 200_000 }, async () => {
    const count = await countTransactions(undefined);
    const effects = ['a', 'b', 'c'].map((name) => ['run-after', name] as const);
    // Up to the last step it is the same as a run that fails.
    const failures = await killAtEach(
      [...numbered('after', count).slice(-5), ...effects, ['inside', String(count)]],
      undefined,
    );
    expect(failures).toEqual([]);
  });
});

test(
  'a worker that slept beyond its lease cannot write into a run that another one has taken',
  { timeout: 120_000 },
  async () => {
    const stage = await prepare(undefined);
    const child = fork(
      new URL('./testing/mortal-worker.ts', import.meta.url),
      [stage.database.appUrl, 'run-before', 'b', 'pause'],
      { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
    );
    try {
      await once(child, 'message');
      child.kill('SIGSTOP');
      const run = await finish(stage);
      await expectTruth(stage, run, undefined);
      child.kill('SIGCONT');
      child.send('go on');
      // It wakes up in the middle of step b, repeats the effect with the same key, and is refused by the journal.
      const end = Date.now() + 10_000;
      const creations = async () =>
        (await stage.provider.calls()).filter((call) => call === 'create b').length;
      while ((await creations()) < 2 && Date.now() < end)
        await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await creations()).toBe(2);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const reader = makeWorker({ appUrl: stage.database.appUrl });
      const after = await reader.db.inTenant({ organizationId }, (tx) =>
        reader.workflows.get(tx, stage.runId),
      );
      await reader.close();
      expect(after).toEqual(run);
      await expectTruth(stage, after!, undefined);
      expect((await stage.provider.calls()).filter((call) => call === 'create c')).toHaveLength(1);
    } finally {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      await clear(stage);
    }
  },
);

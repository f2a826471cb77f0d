import { makeWorker, provision, TestProvider, watchJournal } from './fixture.ts';

/**
 * A worker process for tests that kills itself, as the kernel would (SIGKILL), at the place its arguments name:
 * `inside 4` in the fourth journal transaction before its commit, `after 4` right behind it, or `run-after b` in the
 * step b right behind its effect. With `pause`, it tells its parent instead and waits to be stopped and continued.
 */
const [appUrl = '', moment = '', place = '', action = 'kill'] = process.argv.slice(2);

async function die(): Promise<void> {
  if (action === 'pause') {
    process.send?.('here');
    await new Promise<void>((resolve) => process.once('message', () => resolve()));
    return;
  }
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => undefined);
}

const worker = makeWorker({
  appUrl,
  wrap: watchJournal(async (when, count) => {
    if (when === moment && String(count) === place) await die();
  }),
});
const provider = new TestProvider(appUrl);
worker.workflows.register([
  provision(provider, async (when, context) => {
    if (when === moment && context.stepId === place) await die();
  }),
]);
await worker.jobs.start({ work: true });

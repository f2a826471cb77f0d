/** Test support: a process that works on jobs and may be killed at any instant. Settings come by environment. */
import { createApplication } from '../../src/bootstrap.ts';
import { createLogger } from '../../src/platform/log/log.ts';

const application = createApplication({
  defaultPublicUrl: 'http://localhost:4700',
  log: createLogger('silent'),
});
await application.platform.jobs.start({ work: true });
process.send?.('working');

import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { createApplication, migrateDatabase, type Application } from './bootstrap.ts';
import { createAtlasHttp } from './http-app.ts';
import { moduleSections } from './modules.ts';
import { ConfigError, printConfig, readConfig } from './platform/config/config.ts';
import { platformSection, readPlatformConfig } from './platform/config/platform-config.ts';
import { messageOf } from './platform/errors/app-error.ts';
import { demoCredentials, seedDemo } from './seed/demo.ts';

const roles = ['all', 'api', 'worker'] as const;
type Role = (typeof roles)[number];

/** How long requests and jobs may take to finish after a stop signal, in milliseconds. */
const drainMs = 20_000;

function readArguments(): { role: Role; demo: boolean; printConfig: boolean } {
  const { values } = parseArgs({
    options: {
      role: { type: 'string', default: 'all' },
      'no-demo': { type: 'boolean' },
      'print-config': { type: 'boolean' },
    },
  });
  const role = roles.find((name) => name === values.role);
  if (role === undefined) throw new ConfigError(`--role is ${roles.join(', ')}, not ${values.role}.`);
  return { role, demo: values['no-demo'] !== true, printConfig: values['print-config'] === true };
}

/** Messages to the launcher; without one (a container), or when it is gone, the log says it all. */
function tell(message: Record<string, unknown>): void {
  if (process.connected) process.send?.(message);
}

async function main(): Promise<void> {
  const { role, demo, printConfig: print } = readArguments();
  const config = readPlatformConfig(process.env);
  if (print) {
    const modules = moduleSections.flatMap((section) =>
      printConfig(section, readConfig(section, process.env)),
    );
    process.stdout.write(`${[...printConfig(platformSection, config), ...modules].join('\n')}\n`);
    return;
  }
  tell({ type: 'progress', text: 'Preparing the database' });
  const applied = await migrateDatabase(config);
  const port = await choosePort(config.ATLAS_HOST, config.ATLAS_PORT);
  const name = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(config.ATLAS_HOST)
    ? 'localhost'
    : config.ATLAS_HOST;
  const application = createApplication({ defaultPublicUrl: `http://${name}:${port}` });
  const { platform } = application;
  if (applied.length > 0) platform.log.info({ applied }, 'database migrated');
  const http = await createAtlasHttp(application, { api: role !== 'worker' });
  const stop = stopper(application, http);
  process.once('SIGTERM', () => void stop('SIGTERM'));
  process.once('SIGINT', () => void stop('SIGINT'));
  // The launcher is gone: nobody could stop this process any more.
  process.once('disconnect', () => void stop('disconnect'));
  await platform.jobs.start({ work: role !== 'api' });
  await platform.events.start({ relay: role !== 'api' });
  if (demo && role !== 'worker' && config.NODE_ENV !== 'production') {
    tell({ type: 'progress', text: 'Preparing the demo organization' });
    application.demo.current = await seedDemo(application, demoCredentials(process.env, config.SECRET_KEY));
  }
  await http.listen({ host: config.ATLAS_HOST, port });
  platform.log.info({ url: platform.publicUrl, role, pid: process.pid }, 'ready');
  tell({ type: 'ready', url: platform.publicUrl, demo: application.demo.current });
}

/** Stops once: no new requests, drain what runs, then close. A second signal ends the process at once. */
function stopper(application: Application, http: FastifyInstance): (reason: string) => Promise<void> {
  let stopping = false;
  return async (reason) => {
    if (stopping) return;
    stopping = true;
    const { platform } = application;
    platform.log.info({ reason }, 'stopping');
    process.once('SIGINT', () => process.exit(130));
    const force = setTimeout(() => process.exit(1), drainMs + 4_000);
    force.unref();
    // A request that does not end in time is cut off, so that everything else still closes in order.
    const late = setTimeout(() => http.server.closeAllConnections(), drainMs);
    try {
      // Together: they do not wait for each other, and what is not drained in time is killed by whoever stops us.
      await Promise.all([http.close(), platform.jobs.stop({ drainMs })]);
      clearTimeout(late);
      await platform.events.stop();
      await application.close();
      platform.log.info('stopped');
      process.exit(0);
    } catch (error) {
      platform.log.error({ err: error }, 'stopping failed');
      process.exit(1);
    }
  };
}

/** Port 0 means any free one; it must be known before links are made. @throws when the wanted one is taken */
async function choosePort(host: string, port: number): Promise<number> {
  const probe = createServer();
  try {
    return await new Promise<number>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen({ host, port }, () => {
        const address = probe.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new ConfigError(`Port ${port} is taken. Stop what uses it, or set ATLAS_PORT to another one.`);
    if (code === 'EACCES')
      throw new ConfigError(`Port ${port} needs more rights. Set ATLAS_PORT to one above 1024.`);
    if (code === 'EADDRNOTAVAIL') throw new ConfigError(`ATLAS_HOST ${host} is no address of this machine.`);
    throw error;
  } finally {
    await new Promise((resolve) => probe.close(resolve));
  }
}

main().catch((error: unknown) => {
  const message = messageOf(error);
  tell({ type: 'fatal', message });
  const stack =
    error instanceof Error && !(error instanceof ConfigError) && process.env.LOG_LEVEL === 'debug'
      ? error.stack
      : undefined;
  process.stderr.write(`${stack ?? message}\n`);
  process.exit(1);
});

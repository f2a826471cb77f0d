import { createApplication, migrateDatabase } from '../bootstrap.ts';
import { ConfigError } from '../platform/config/config.ts';
import { readPlatformConfig } from '../platform/config/platform-config.ts';
import { messageOf } from '../platform/errors/app-error.ts';
import { demoCredentials, seedDemo } from '../seed/demo.ts';

/** `npm run seed`: makes the demo organization and its sign-in where they are missing, as `npm start` does. */
try {
  const config = readPlatformConfig(process.env);
  // The demo sign-in is printed and offered to everybody: nothing for a place with real accounts.
  if (config.NODE_ENV === 'production')
    throw new ConfigError('There is no demo in production (NODE_ENV=production).');
  await migrateDatabase(config);
  const application = createApplication({ defaultPublicUrl: 'http://localhost' });
  const { jobs } = application.platform;
  try {
    await jobs.start({ work: false });
    const { email, password } = await seedDemo(application, demoCredentials(process.env, config.SECRET_KEY));
    process.stdout.write(`Demo sign-in: ${email} / ${password}\n`);
  } finally {
    await jobs.stop({ drainMs: 0 });
    await application.close();
  }
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

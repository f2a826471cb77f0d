import { createApplication } from '../bootstrap.ts';
import { messageOf } from '../platform/errors/app-error.ts';

/**
 * `npm run rotate-keys`: wraps every organization's data key with the first key of ENCRYPTION_KEY. Safe to repeat and to
 * run beside the server; afterwards the older keys may leave ENCRYPTION_KEY. See docs/runbooks/keys.md.
 */
try {
  const application = createApplication({ defaultPublicUrl: 'http://localhost' });
  try {
    const count = await application.platform.envelope.rotateKek();
    process.stdout.write(`${count} data keys wrapped anew; none is left under an older key.\n`);
  } finally {
    await application.close();
  }
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

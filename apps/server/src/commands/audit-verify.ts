import { createApplication } from '../bootstrap.ts';
import { listChains, verifyChain } from '../modules/audit/verify.ts';
import { messageOf } from '../platform/errors/app-error.ts';

/** `npm run audit:verify`: recomputes every hash chain; exits with 1 when one is broken. */
try {
  const application = createApplication({ defaultPublicUrl: 'http://localhost' });
  const { database, config } = application;
  const chains = await database.inSystem('list audit chains', listChains);
  let broken = 0;
  for (const organizationId of chains) {
    const result = await database.inSystem('verify an audit chain', (tx) =>
      verifyChain(tx, organizationId, config.SECRET_KEY),
    );
    const verdict = result.valid ? 'ok' : `BROKEN at ${result.brokenAt}: ${result.reason}`;
    process.stdout.write(`${organizationId}  ${result.entries} entries  ${verdict}\n`);
    if (!result.valid) broken += 1;
  }
  process.stdout.write(`${chains.length} chains, ${broken} broken\n`);
  if (broken > 0) process.exitCode = 1;
  await application.close();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

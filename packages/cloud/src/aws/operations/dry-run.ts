import { CloudError } from '../../errors.ts';

/**
 * Runs an EC2 call with DryRun. Success is told as an error: `DryRunOperation`, HTTP 412.
 * @throws CloudError what the call would fail with
 */
export async function passes(call: Promise<unknown>): Promise<true> {
  try {
    await call;
  } catch (error) {
    if (error instanceof CloudError && error.problem.providerCode === 'DryRunOperation') return true;
    throw error;
  }
  throw new CloudError({ kind: 'unknown', message: 'AWS answered a dry run as if it had acted.' });
}

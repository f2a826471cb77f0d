import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../src/server.ts';
import { pythonWith, runScript } from './python.ts';

/*
 * boto3, operation by operation: what it parses, its waiters, codes and statuses of refusals, signatures. Each script
 * prints what is not as AWS documents it, which must be nothing.
 */

const python = await pythonWith('import boto3');
if (python === undefined) console.warn('boto3 is not installed: its interop tests are skipped.');

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ scenario: 'empty', transitionScale: 0.01 });
});
afterEach(() => simulator.close());

function facts(): object {
  const report = simulator.control.report;
  const keys = report?.keys ?? [];
  const [account] = keys;
  const of = (label: string, own: boolean): string[] => {
    const key = keys.find((k) => k.label === label && (k.accountId === account?.accountId) === own);
    if (!key) throw new Error(`the scenario has no key ${label}`);
    return [key.accessKeyId, key.secretAccessKey];
  };
  const role = (name: string) => report?.roles.find((r) => r.arn.endsWith(`:role/${name}`))?.arn;
  return {
    url: simulator.url,
    admin: of('admin', true),
    nobody: of('no-access', true),
    other: of('admin', false),
    role: role('CloudAtlas'),
    readOnlyRole: role('CloudAtlasReadOnly'),
  };
}

describe.skipIf(python === undefined)('boto3', () => {
  test.each(['ec2_reads', 'ec2', 's3', 'identity', 'rds', 'services'])(
    'finds nothing to object to: %s',
    async (part) => {
      expect(await runScript(python ?? '', `./aws_${part}_client.py`, facts())).toEqual([]);
    },
  );
});

import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../src/server.ts';
import { pythonWith, runScript } from './python.ts';

/*
 * Google's API client for Python with its discovery documents as schemas of every answer. Install with
 * `pip install google-api-python-client` (into a virtual environment that INTEROP_PYTHON names); distributions leave
 * the documents out, and without them the tests are skipped.
 */

const python = await pythonWith(
  'import google.oauth2.service_account\nfrom googleapiclient.discovery_cache import get_static_doc\nassert get_static_doc("compute", "v1")',
);
if (python === undefined)
  console.warn(
    'Google’s API client for Python is not installed with its documents: its interop tests are skipped.',
  );

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
}, 120_000);
afterAll(() => simulator.close());

const keyOf = (label: string): string => {
  const found = simulator.control.report?.serviceAccounts?.find((one) => one.label === label);
  if (!found) throw new Error(`the scenario has no service account ${label}`);
  return found.key;
};

interface Answers {
  readonly problems: readonly string[];
  readonly disks: readonly [pages: boolean, count: number, distinct: number];
  readonly asked: number;
}

describe.skipIf(python === undefined)('Google API client for Python', () => {
  test('reads, stops, resizes and starts; every answer is as the discovery documents say', async () => {
    const facts = {
      url: simulator.google.url,
      key: keyOf('gcp-admin'),
      readerKey: keyOf('gcp-read-only'),
      // A good key of somebody else.
      strangeKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
        type: 'pkcs8',
        format: 'pem',
      }),
    };
    const found = (await runScript(python ?? '', './google_client.py', facts)) as Answers;
    const [project] = simulator.control.world.projects.values();
    const disks = project?.of('compute.disks').length ?? 0;
    expect(found.problems).toEqual([]);
    expect(found.asked).toBeGreaterThan(20);
    expect(found).toMatchObject({
      disks: [true, disks, disks],
      states: ['RUNNING', 'TERMINATED', 'RUNNING'],
      size: 'n2-standard-2',
      permissions: { permissions: ['compute.instances.list'] },
      errors: {
        missing: [404, 'notFound'],
        denied: [403, 'forbidden'],
        foreign: [403, 'CONSUMER_INVALID'],
        forged: 'invalid_grant',
      },
      control: [
        'vm.disks[].boot is no boolean',
        'vm.id is no string',
        'vm.status is none of its words: ASLEEP',
        'vm.stranger is unknown',
      ],
    });
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../src/server.ts';
import { pythonWith, runScript } from './python.ts';

/*
 * Microsoft's identity library for Python and plain HTTP against the sign-in host and Microsoft Graph. Install with
 * `apt-get install python3-msal python3-requests`; without them the tests are skipped.
 */

const python = await pythonWith('import msal, requests');
if (python === undefined) console.warn('MSAL for Python is not installed: its interop tests are skipped.');

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
}, 120_000);
afterAll(() => simulator.close());

const application = (label: string) => {
  const found = simulator.control.report?.applications?.find((one) => one.label === label);
  if (!found) throw new Error(`the scenario has no application ${label}`);
  return found;
};

describe.skipIf(python === undefined)('MSAL for Python and Microsoft Graph', () => {
  test('signs in, pages, filters, counts, waits, changes a licence, and reads refusals', async () => {
    const { tenantId, clientId, clientSecret } = application('m365-admin');
    const { clientId: readerId, clientSecret: readerSecret } = application('m365-read-only');
    const directory = simulator.control.world.directories.get(tenantId);
    const users = [...(directory?.users.values() ?? [])];
    simulator.control.addFault({
      effect: { kind: 'throttle', retryAfterSeconds: 1 },
      target: { actions: ['graph:ListUsers'] },
      times: 2,
    });
    const { url, ca } = simulator.microsoft;
    const reader = { clientId: readerId, clientSecret: readerSecret };
    const facts = { url, tenantId, clientId, clientSecret, reader };
    expect(await runScript(python ?? '', './graph_client.py', facts, ca)).toEqual({
      token: ['Bearer', true],
      users: [Math.ceil(users.length / 20), users.length, users.length, ['id', 'userPrincipalName']],
      waits: ['1', '1'],
      uncounted: [400, 'Request_BadRequest', true],
      counted: users.length,
      filtered: [users.filter(({ displayName }) => displayName.startsWith('Ana')).length, true],
      disabled: [users.filter(({ accountEnabled }) => !accountEnabled).length, false],
      badFilter: [400, 'Request_BadRequest', true],
      badTop: [400, 'Request_BadRequest', true],
      missing: [404, 'Request_ResourceNotFound', true],
      unsigned: [401, 'InvalidAuthenticationToken', true],
      forged: [401, 'InvalidAuthenticationToken', true],
      licences: [200, 1, 200, 0],
      report: [302, 'Report Refresh Date'],
      denied: [403, 'Authorization_RequestDenied', true],
      wrongSecret: [7000215],
      wrongClient: [700016],
      wrongTenant: true,
    });
  });
});

import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FaultEffect } from '../../simulator/src/control/faults.ts';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import { azure } from '../src/azure/provider.ts';
import type { Connection } from '../src/contract.ts';
import type { CloudError } from '../src/errors.ts';
import { applicationOf, QUICK } from './support.ts';

const TYPE = 'azure.compute.vm';
const GROUP = 'rg-analytics-dev';
const REGION = 'brazilsouth';
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGtleWZvcnRlc3RzAAAAAAAAAAAAAAAAAAAAAAAA someone@example';

let simulator: Simulator;
let connection: Connection;
let subnetId = '';
const trusted = tls.getCACertificates('default');

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
  tls.setDefaultCACertificates([...trusted, simulator.microsoft.ca]);
  connection = azure.connect(applicationOf(simulator, 'azure-admin'), {
    endpoint: simulator.microsoft.url,
    limits: QUICK,
  });
  const subnets = await connection.options({ creatable: TYPE, field: 'subnetId', region: REGION, input: {} });
  subnetId = subnets[0]?.value ?? '';
});
afterAll(async () => {
  connection.close();
  tls.setDefaultCACertificates(trusted);
  await simulator.close();
});
afterEach(() => simulator.control.faults.clear());

/** Everything there is in the subscription. */
const resources = () =>
  [...simulator.control.world.subscriptions.values()].flatMap((one) => [...one.resources.values()]);

describe('a machine under faults', () => {
  const writes = [
    'Microsoft.Network/publicIPAddresses/write',
    'Microsoft.Network/networkInterfaces/write',
    'Microsoft.Compute/virtualMachines/write',
  ];
  const effects: readonly FaultEffect[] = [
    { kind: 'reset' },
    { kind: 'reset-after-work' },
    { kind: 'truncate' },
    { kind: 'throttle' },
    { kind: 'html-error' },
    { kind: 'error', code: 'InternalServerError', status: 500 },
  ];
  const cases = writes.flatMap((action) => effects.map((effect) => [action, effect] as const));

  test.each(cases)('%s, %j: each part once, whatever is sent again', async (action, effect) => {
    const name = `vm-f${cases.findIndex(([a, e]) => a === action && e === effect)}`;
    const input = {
      name,
      resourceGroup: GROUP,
      size: 'Standard_B1s',
      subnetId,
      publicAddress: true,
      adminUsername: 'operator',
      sshPublicKey: KEY,
    };
    const request = { creatable: TYPE, region: REGION, input, clientToken: `azure-fault-${name}` };
    simulator.control.addFault({ effect, target: { actions: [action] }, times: 8 });
    const told: string[] = [];
    for (let tries = 0; ; tries += 1) {
      try {
        const made = await connection.create({ ...request, onCreated: ({ id }) => void told.push(id) });
        expect(made.resources.map(({ id }) => id)).toEqual([name, `${name}-nic`, `${name}-ip`]);
        break;
      } catch (error) {
        // A try that gives up leaves nothing behind that it does not tell.
        const { leftovers } = error as CloudError;
        const there = resources().map((one) => one.name);
        const known = new Set([...told, ...leftovers.map(({ id }) => id)]);
        const unsure = new Set([name, `${name}-nic`, `${name}-ip`].filter((one) => there.includes(one)));
        for (const one of unsure)
          if (!known.has(one)) expect(['unavailable', 'throttled']).toContain((error as CloudError).kind);
        expect(tries, String(error)).toBeLessThan(8);
      }
    }
    const same = resources().filter((one) => one.name.startsWith(`${name}-`) || one.name === name);
    expect(new Set(same.map(({ type: kind }) => kind.split('/')[1]))).toEqual(
      new Set(['networkInterfaces', 'publicIPAddresses', 'virtualMachines']),
    );
    expect(same).toHaveLength(3);
    expect(await connection.reconcileCreate(request)).toMatchObject({ happened: 'yes' });
  });
});

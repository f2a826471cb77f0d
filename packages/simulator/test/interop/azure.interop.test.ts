import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../src/server.ts';
import { pythonWith, runScript } from './python.ts';

/*
 * Microsoft's Azure SDK for Python (another identity library, other pollers, other models) against the simulator's
 * token endpoint and Resource Manager, over TLS. Install with `apt-get install python3-azure`; without it the tests
 * are skipped.
 */

const python = await pythonWith('import azure.identity, azure.mgmt.compute, azure.mgmt.costmanagement');
if (python === undefined)
  console.warn('The Azure SDK for Python is not installed: its interop tests are skipped.');

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
}, 120_000);
beforeEach(() => simulator.control.loadScenario('demo'));
afterAll(() => simulator.close());

const application = (label: string) => {
  const found = simulator.control.report?.applications?.find((one) => one.label === label);
  if (!found) throw new Error(`the scenario has no application ${label}`);
  return found;
};

async function ask<T>(what: string, more: object = {}): Promise<T> {
  const { url, ca } = simulator.microsoft;
  const { tenantId, clientId, clientSecret, subscriptionId } = application('azure-admin');
  const facts = { what, url, tenantId, clientId, clientSecret, subscriptionId, ...more };
  return (await runScript(python ?? '', './azure_client.py', facts, ca)) as T;
}

const subscription = () => {
  const [found] = simulator.control.world.subscriptions.values();
  if (!found) throw new Error('the demo has a subscription');
  return found;
};

describe.skipIf(python === undefined)('Azure SDK for Python', () => {
  test('reads the whole subscription as it is', async () => {
    const found = await ask<Record<string, unknown> & { readonly machines: readonly string[][] }>(
      'inventory',
    );
    const of = (type: string): number => subscription().ofType(type).length;
    expect(found.machines).toHaveLength(of('Microsoft.Compute/virtualMachines'));
    expect(found.machines.find(([name]) => name === 'vm-gateway')).toEqual([
      'vm-gateway',
      'Standard_D8s_v5',
      'PowerState/running',
    ]);
    expect(found).toMatchObject({
      disks: expect.arrayContaining([['disk-erp-old', 512, 'Unattached', expect.any(String), true]]),
      snapshots: of('Microsoft.Compute/snapshots'),
      networks: { 'vnet-brazilsouth': [['10.40.0.0/16'], expect.arrayContaining(['apps', 'data'])] },
      interfaces: of('Microsoft.Network/networkInterfaces'),
      balancers: expect.arrayContaining(['lb-poc']),
      storage: { aurorabackups: ['Standard_LRS', 'StorageV2', 'Hot'] },
      databases: expect.arrayContaining([['crm-archive', 'Online']]),
      apps: expect.arrayContaining([['portal-aurora', 'Running']]),
      plans: expect.arrayContaining([['plan-poc', 'S1']]),
      clusters: expect.arrayContaining([['aks-dev', 2]]),
      groups: expect.arrayContaining(['rg-analytics-prod']),
      resources: subscription().resources.size,
      subscriptions: [[subscription().id, 'Enabled']],
    });
    expect(found['addresses']).toHaveLength(of('Microsoft.Network/publicIPAddresses'));
  });

  test('follows pages, and waits where it is told to', async () => {
    simulator.control.addFault({ effect: { kind: 'partial-pages', maxItems: 7 } });
    simulator.control.addFault({ effect: { kind: 'throttle', retryAfterSeconds: 1 }, times: 2 });
    const disks = subscription().ofType('Microsoft.Compute/disks').length;
    expect(await ask('pages')).toEqual({ pages: Math.ceil(disks / 7), ids: disks, distinct: disks });
  });

  test('pollers see changes to their end: machines, disks, snapshots, networks, groups', async () => {
    expect(await ask('life')).toEqual({
      before: 'PowerState/running',
      deallocated: 'PowerState/deallocated',
      resized: 'Standard_B2s',
      started: 'PowerState/running',
      stopped: 'PowerState/stopped',
      restart: [409, 'OperationNotAllowed'],
      disk: [32, 'Unattached', 'Succeeded', { name: 'ação 🚀' }],
      tagged: { team: 'x' },
      snapshot: 32,
      gone: [404, 'ResourceNotFound'],
      vnet: ['Succeeded', ['a']],
      exists: [true, false],
      groupGone: false,
    });
  });

  test('errors arrive with their codes, also of an operation that fails when it was accepted', async () => {
    const { clientId, clientSecret } = application('azure-read-only');
    expect(await ask('errors', { reader: { clientId, clientSecret } })).toEqual({
      noMachine: [404, 'ResourceNotFound'],
      noGroup: [404, 'ResourceGroupNotFound'],
      noSubscription: [404, 'SubscriptionNotFound'],
      denied: [403, 'AuthorizationFailed'],
      wrongSecret: expect.stringContaining('AADSTS7000215'),
    });
    simulator.control.addFault({
      effect: { kind: 'operation-fails', code: 'AllocationFailed', message: 'no capacity' },
      target: { actions: ['Microsoft.Compute/virtualMachines/deallocate/action'] },
    });
    expect(await ask('failing')).toContain('AllocationFailed');
  });

  test('metrics and costs', async () => {
    const to = new Date(simulator.control.world.clock.now()).toISOString();
    const from = new Date(Date.parse(to) - 10 * 86_400_000).toISOString();
    const found = await ask<{ metric: unknown; columns: unknown; total: number }>('observations', {
      from,
      to,
    });
    expect(found.metric).toEqual(['Percentage CPU', 'Percent', expect.any(Number)]);
    expect(found.columns).toEqual(['Cost', 'UsageDate', 'ServiceName', 'Currency']);
    expect(found.total).toBeGreaterThan(10);
  });
});

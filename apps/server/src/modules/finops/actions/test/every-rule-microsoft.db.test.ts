import { afterAll, beforeAll, expect, test } from 'vitest';
import { azure } from '../../../../../../../packages/cloud/src/azure/provider.ts';
import type { Connection } from '../../../../../../../packages/cloud/src/contract.ts';
import { m365 } from '../../../../../../../packages/cloud/src/m365/provider.ts';
import { applicationOf, connectMicrosoft } from '../../test/microsoft.ts';
import { patience, startSavingsStage, type SavingsStage } from '../../test/stage.ts';
import { thereAndBack } from './there-and-back.ts';

// As with the other providers: what the rules plan is what Azure and Microsoft 365 can do, there and back.

let stage: SavingsStage;
let release: () => void;
const connections = new Map<string, Connection>();

beforeAll(async () => {
  stage = await startSavingsStage({ scenario: 'demo' });
  release = await connectMicrosoft(stage);
  await stage.scan();
  const options = { endpoint: stage.simulator.microsoft.url };
  connections.set('azure', azure.connect(applicationOf(stage, 'azure'), options));
  connections.set('m365', m365.connect(applicationOf(stage, 'm365'), options));
}, 2 * patience);
afterAll(async () => {
  for (const connection of connections.values()) connection.close();
  release();
  await stage.close();
}, patience);

test(
  'one finding of every rule with an action is applied and taken back',
  async () => {
    const { tried, ends } = await thereAndBack(stage, (provider) => {
      const connection = connections.get(provider);
      if (!connection) throw new Error(`no connection to ${provider}`);
      return connection;
    });
    expect(tried.size).toBeGreaterThan(20);
    // A machine can't be put back into being stopped but billed: its undo starts it.
    expect(
      ends.filter((end) => !/^azure-vm-stopped-allocated .* state stopped → running$/.test(end)),
    ).toEqual([]);
  },
  2 * patience,
);

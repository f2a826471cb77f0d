import { afterAll, beforeAll, expect, test } from 'vitest';
import { aws } from '../../../../../../../packages/cloud/src/aws/provider.ts';
import type { Connection } from '../../../../../../../packages/cloud/src/contract.ts';
import { keyOf } from '../../../../../test/support/cloud.ts';
import { patience, startSavingsStage, type SavingsStage } from '../../test/stage.ts';
import { thereAndBack } from './there-and-back.ts';

// What the rules plan must be what the provider can do: one finding of every rule with an action is applied in the demo
// estate and taken back, and the resource must be as it was.

let stage: SavingsStage;
let connection: Connection;

beforeAll(async () => {
  stage = await startSavingsStage({ scenario: 'demo' });
  await stage.importCosts(await stage.connect());
  await stage.scan();
  connection = aws.connect(
    { method: 'keys', values: keyOf(stage.simulator) },
    { endpoint: stage.simulator.url },
  );
}, patience);
afterAll(async () => {
  connection.close();
  await stage.close();
});

test(
  'one finding of every rule with an action is applied and taken back',
  async () => {
    const { tried, ends } = await thereAndBack(stage, () => connection);
    expect(tried.size).toBeGreaterThan(10);
    expect(ends).toEqual([]);
  },
  patience,
);

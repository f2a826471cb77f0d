import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connection } from '../../../../../../../packages/cloud/src/contract.ts';
import { gcp } from '../../../../../../../packages/cloud/src/gcp/provider.ts';
import { connectGoogle, serviceAccountOf } from '../../test/google.ts';
import { patience, startSavingsStage, type SavingsStage } from '../../test/stage.ts';
import { thereAndBack } from './there-and-back.ts';

// As with the other providers: what the rules plan is what Google Cloud can do, there and back.

let stage: SavingsStage;
let connection: Connection;

beforeAll(async () => {
  stage = await startSavingsStage({ scenario: 'demo' });
  await connectGoogle(stage);
  await stage.scan();
  connection = gcp.connect(serviceAccountOf(stage), { endpoint: stage.simulator.google.url });
}, 2 * patience);
afterAll(async () => {
  connection.close();
  await stage.close();
}, patience);

test(
  'one finding of every rule with an action is applied and taken back',
  async () => {
    const { tried, ends } = await thereAndBack(stage, () => connection);
    expect(tried.size).toBeGreaterThan(8);
    expect(ends).toEqual([]);
  },
  2 * patience,
);

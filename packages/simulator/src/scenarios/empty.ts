import type { World } from '../aws/world.ts';
import { ADMIN_POLICY, makeKey, makeRole, READ_ONLY_POLICY } from './keys.ts';
import type { ScenarioReport } from './scenarios.ts';

/** Ids of the accounts of the scenario `empty`. */
export const EMPTY_ACCOUNT = '111122223333';
export const SECOND_ACCOUNT = '444455556666';
export const EXTERNAL_ID = 'cloudatlas-demo';

/** Two accounts with keys and a role to assume, but no resources besides what AWS makes itself. */
export function buildEmpty(world: World): Omit<ScenarioReport, 'scenario'> {
  const first = world.addAccount({ id: EMPTY_ACCOUNT, name: 'Empty' });
  const second = world.addAccount({ id: SECOND_ACCOUNT, name: 'Second' });
  return {
    keys: [
      makeKey(world, first, 'admin', ADMIN_POLICY),
      makeKey(world, first, 'read-only', READ_ONLY_POLICY),
      makeKey(world, first, 'no-access', { Version: '2012-10-17', Statement: [] }),
      makeKey(world, second, 'admin', ADMIN_POLICY),
    ],
    roles: [
      makeRole(world, second, 'CloudAtlas', ADMIN_POLICY, { accountId: first.id, externalId: EXTERNAL_ID }),
      makeRole(world, second, 'CloudAtlasReadOnly', READ_ONLY_POLICY, { accountId: first.id }),
    ],
    waste: [],
    counts: {},
  };
}

import type { Account, World } from '../../world.ts';
import type { BillingStore } from '../billing.ts';
import type { Charge } from '../charge.ts';
import { ec2Charges } from './ec2.ts';
import { furtherCharges } from './further.ts';
import { managedCharges } from './managed.ts';
import { rdsCharges } from './rds.ts';
import { storageCharges } from './storage.ts';

/** All charges of an account, computed from what its resources are and were. */
export function* chargesOf(world: World, account: Account, billing: BillingStore): Iterable<Charge> {
  yield* ec2Charges(world, account);
  yield* rdsCharges(account);
  yield* storageCharges(world, account, billing);
  yield* managedCharges(world, account);
  yield* furtherCharges(world, account);
  yield* billing.charges;
}

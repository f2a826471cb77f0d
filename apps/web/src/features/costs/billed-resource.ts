/** Which line of a bill is a resource of the inventory. */
import type { Group } from './queries.ts';

/** A group by account and resource. */
export type BilledResource = Group;

interface Wanted {
  /** The full id: unique, whatever the account. */
  nativeId: string;
  /** The id that some services bill by (`vol-0abc…`, a bucket's name); unique in its account at best. */
  shortId: string;
  /** Id of the account as in the bill; undefined when it was disconnected. */
  account: string | undefined;
}

/**
 * The group that is a resource's: of its full id, else of its short one in its account. Of several currencies the
 * first, which is the largest.
 * @param groups by `account` and `resource`
 */
export function groupOfResource(
  groups: readonly BilledResource[],
  { nativeId, shortId, account }: Wanted,
): BilledResource | undefined {
  return (
    groups.find(({ keys }) => keys[1] === nativeId) ??
    groups.find(({ keys }) => keys[1] === shortId && keys[0] === account)
  );
}

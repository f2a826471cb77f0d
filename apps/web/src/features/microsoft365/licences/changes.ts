/** Licences that are assigned or removed, and what takes it back exactly. */
import type { OperateBody } from '@cloudatlas/contracts/inventory';
import type { z } from 'zod';
import type { HeldLicence } from '../facts.ts';

type Operate = z.input<typeof OperateBody>;
export type Verb = 'assign' | 'remove';

const operations = { assign: 'assign-licenses', remove: 'remove-licenses' } as const;

/** An order that was placed, with what asks for its opposite. */
export interface LicenceChange {
  verb: Verb;
  users: readonly { id: string; name: string }[];
  licences: readonly string[];
  orderIds: readonly string[];
  undo: readonly Operate[];
}

export interface Holder {
  id: string;
  licences: readonly HeldLicence[];
}

/** What is asked for. Users whom it would not change are left out. */
export function changeOf(
  verb: Verb,
  users: readonly Holder[],
  skuIds: readonly string[],
): Operate | undefined {
  const touched = users.filter((user) => affected(verb, user, skuIds).length > 0);
  return touched.length === 0
    ? undefined
    : {
        resourceIds: touched.map(({ id }) => id),
        operation: operations[verb],
        parameters: { skuIds: [...skuIds] },
      };
}

/** Licences of the wish that change for a user: those held for a removal, those not held for an assignment. */
export function affected(verb: Verb, user: Holder, skuIds: readonly string[]): string[] {
  const held = new Set(user.licences.map(({ skuId }) => skuId));
  return skuIds.filter((skuId) => held.has(skuId) === (verb === 'remove'));
}

/**
 * The opposite of a change: each user gets back, or loses, exactly what changed for them, with the service plans that
 * were off. Users with the same are asked for together.
 */
export function undoOf(verb: Verb, users: readonly Holder[], skuIds: readonly string[]): Operate[] {
  const wishes = new Map<string, Operate & { resourceIds: string[] }>();
  for (const user of users) {
    const changed = affected(verb, user, skuIds);
    if (changed.length === 0) continue;
    const plans = Object.fromEntries(
      user.licences
        .filter(({ skuId, disabledPlans }) => changed.includes(skuId) && disabledPlans.length > 0)
        .map(({ skuId, disabledPlans }) => [skuId, [...disabledPlans]]),
    );
    const parameters =
      verb === 'remove' && Object.keys(plans).length > 0
        ? { skuIds: changed, disabledPlans: plans }
        : { skuIds: changed };
    const key = JSON.stringify(parameters);
    const wish = wishes.get(key);
    if (wish !== undefined) wish.resourceIds.push(user.id);
    else
      wishes.set(key, {
        resourceIds: [user.id],
        operation: operations[verb === 'remove' ? 'assign' : 'remove'],
        parameters,
      });
  }
  return [...wishes.values()];
}

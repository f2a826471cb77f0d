import type { Evidence, LocalText } from '@cloudatlas/contracts/finops';
import type { Facts, PlannedAction, RuleResource, Skip, Verdict } from '../rule.ts';
import { standing } from '../shared/ages.ts';
import { found, sizeSpec, stateSpec } from '../shared/finding.ts';
import { wholeCost, type Saving } from '../shared/saving.ts';
import { isSkip, skip } from '../shared/verdict.ts';

/** Something that nothing uses, as its own description shows. */
interface Bare {
  readonly why: LocalText;
  readonly action: PlannedAction | null;
  readonly evidence?: readonly Evidence[];
  /** Where the money is not the resource's own whole cost. */
  readonly saving?: Saving | Skip;
}

/**
 * The verdict on something with nothing behind it for the rule's parameter `days`. Azure tells no time of creation of
 * most network resources: then our first sight counts, which is why the default of `days` is 0 for them.
 */
export function bare(resource: RuleResource, facts: Facts, { why, action, evidence, saving }: Bare): Verdict {
  const limit = facts.parameter('days');
  if (standing(resource, facts.now).days < limit) return skip('too_young', `${limit} days`);
  const worth = saving ?? wholeCost(facts, resource);
  if (isSkip(worth)) return worth;
  return found(worth, {
    why,
    current: [...sizeSpec(resource), stateSpec(resource.state)],
    recommended: [stateSpec('deleted')],
    ...(evidence ? { evidence } : {}),
    action,
  });
}

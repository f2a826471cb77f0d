import type { ResourceState } from '@cloudatlas/cloud/resource';
import type { Evidence, LocalText } from '@cloudatlas/contracts/finops';
import type { Facts, PlannedAction, RuleResource, Verdict } from '../rule.ts';
import { ageDays } from './ages.ts';
import { daily } from './evidence.ts';
import { found, sizeSpec, stateSpec } from './finding.ts';
import { busiestDay, enoughDays, measured, usage } from './measure.ts';
import { wholeCost, type Saving } from './saving.ts';
import { CLEAR, isSkip, skip } from './verdict.ts';
import { local } from './words.ts';

/** What shows that something is not used. */
export interface Rest {
  /** Event counters that must be zero over the look-back. */
  readonly counters?: readonly (readonly [metric: string, label: LocalText])[];
  /** Gauges whose largest figure must stay below a limit on every day. */
  readonly gauges?: readonly (readonly [metric: string, label: LocalText, below: number])[];
  /** What did not happen, in a sentence: `connections`, `conexões`. */
  readonly nothing: LocalText;
  readonly action: PlannedAction | null;
  /** State afterwards. */
  readonly becomes: ResourceState;
  /** Where the money is not the resource's own whole cost. */
  readonly saving?: Saving;
}

/** The verdict on something that must not have been used for the rule's parameter `days`. */
export function unused(resource: RuleResource, facts: Facts, rest: Rest): Verdict {
  const days = facts.parameter('days');
  const young = ageDays(resource, facts.now) < days ? skip('too_young', `${days} days`) : undefined;
  // Where the provider does not say when it was made, figures of the whole time show that it was there.
  if (young && resource.createdAt) return young;
  let proven = rest.counters || rest.gauges ? days : 0;
  const evidence: Evidence[] = [];
  if (rest.counters) {
    const used = usage(facts, resource, rest.counters, days);
    if (isSkip(used)) return used;
    if (used.total > 0) return CLEAR;
    proven = Math.min(proven, used.days);
    evidence.push(...used.evidence);
  }
  for (const [metric, label, below] of rest.gauges ?? []) {
    const profile = measured(facts, resource, metric, 'maximum', days);
    if (isSkip(profile)) return profile;
    if (busiestDay(profile, 'maximum') >= below) return CLEAR;
    evidence.push(daily(label, profile, 'maximum', below));
  }
  if (young && proven < enoughDays(days)) return young;
  return found(rest.saving ?? wholeCost(facts, resource), {
    why: local(
      (f) => `No ${rest.nothing.en} in ${f.days(days)}.`,
      (f) => `Sem ${rest.nothing['pt-BR']} em ${f.days(days)}.`,
    ),
    current: [...sizeSpec(resource), stateSpec(resource.state)],
    recommended: [stateSpec(rest.becomes)],
    evidence,
    action: rest.action,
  });
}

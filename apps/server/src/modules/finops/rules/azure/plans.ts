import type { Evidence, LocalText } from '@cloudatlas/contracts/finops';
import type { Facts, RuleResource, Verdict } from '../rule.ts';
import { found, LABEL, operations, spec } from '../shared/finding.ts';
import { priceRatio } from '../shared/saving.ts';
import { skip } from '../shared/verdict.ts';

export const PLAN = 'azure.web.plan';

/** Another size of an App Service plan; the number of its instances stays. */
export function changePlan(
  plan: RuleResource,
  facts: Facts,
  next: string,
  said: { readonly why: LocalText; readonly evidence?: readonly Evidence[] },
): Verdict {
  const sku = plan.size?.sku;
  if (sku === undefined) return skip('unknown_size');
  const [now, then] = [sku, next].map((size) =>
    facts.price({ product: 'function', region: plan.region, sku: size }),
  );
  if (!now || !then) return skip('no_price', 'plan');
  return found(priceRatio(facts, plan, { now: now.price.amount, next: then.price.amount }), {
    why: said.why,
    current: [spec(LABEL.size, sku)],
    recommended: [spec(LABEL.size, next)],
    evidence: said.evidence ?? [],
    action: operations({ operation: 'resize', parameters: { size: next } }),
  });
}

/** Free and shared plans cost nothing or share their machines. */
export function isFree(plan: RuleResource): boolean {
  return /^(F1|D1|Y1)$/.test(plan.size?.sku ?? '');
}

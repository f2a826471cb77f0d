import type { Evidence, Grade, LocalText } from '@cloudatlas/contracts/finops';
import type { Facts, RuleResource, Skip, Verdict } from '../rule.ts';
import { daysSince, instantIn } from '../shared/ages.ts';
import { objectAt, objectsAt, textAt, textsAt, type JsonObject } from '../shared/attributes.ts';
import { found, operations, spec } from '../shared/finding.ts';
import { isPositive, total } from '../shared/money.ts';
import { listMonthly } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

export const USER = 'm365.users.user';
export const SUBSCRIPTION = 'm365.licensing.subscription';

/** Operation of rules that take licences back. */
export const REMOVE = [{ operation: 'remove-licenses' }] as const;

/** A licence assigned to a user. */
interface Licence {
  readonly skuId: string;
  /** `skuPartNumber`, by which prices are listed. */
  readonly part: string;
  readonly name: string;
  /** Service plans of the product, by name; empty where the tenant does not list the product. */
  readonly plans: readonly string[];
}

export function licencesOf(user: RuleResource): readonly Licence[] {
  return objectsAt(user.attributes, 'licences').map((licence) => ({
    skuId: textAt(licence, 'skuId') ?? '',
    part: textAt(licence, 'skuPartNumber') ?? '',
    name: textAt(licence, 'name') ?? textAt(licence, 'skuPartNumber') ?? '',
    plans: textsAt(licence, 'servicePlans'),
  }));
}

/** What the usage reports tell of a user; a skip where they are refused or conceal names. */
export function usageOf(user: RuleResource): JsonObject | Skip {
  return objectAt(user.attributes, 'usage') ?? skip('no_metrics', 'usage reports');
}

/** Whether it is the account of a shared, room or equipment mailbox: nobody signs in to these. */
export function isMailbox(user: RuleResource): boolean {
  return /^(Shared|Room|Equipment)/.test(textAt(user.attributes, 'usage', 'mailbox', 'recipientType') ?? '');
}

export function isGuest(user: RuleResource): boolean {
  return textAt(user.attributes, 'userType') === 'Guest';
}

/**
 * The newest sign-in of any kind, `at` undefined when there was none. Graph tells it to tenants with Entra ID P1 that
 * consented to `AuditLog.Read.All`.
 */
export function lastSignIn(user: RuleResource): { readonly at: Date | undefined } | Skip {
  const activity = objectAt(user.attributes, 'signInActivity');
  if (!activity) return skip('missing_permission', 'AuditLog.Read.All');
  const [newest] = Object.keys(activity)
    .flatMap((name) => instantIn(textAt(activity, name)) ?? [])
    .toSorted((a, b) => b.getTime() - a.getTime());
  return { at: newest };
}

/** Days since the last activity in one service or in any; Infinity without any in the 180 days of the report. */
export function lastActivity(
  user: RuleResource,
  now: Date,
  service?: string,
): { readonly days: number } | Skip {
  const usage = usageOf(user);
  if (isSkip(usage)) return usage;
  const activity = objectAt(usage, 'activity');
  if (!activity) return skip('no_metrics', 'activity report');
  const days = Object.keys(activity)
    .filter((name) => service === undefined || name === service)
    .flatMap((name) => instantIn(textAt(activity, name)) ?? [])
    .map((at) => daysSince(at, now));
  return { days: Math.min(Infinity, ...days) };
}

/**
 * The verdict on licences a user does not need: M3, seats at the price list in force. Free products and those without a
 * price are left alone; when no price is known at all that is the skip.
 */
export function licenceFinding(
  user: RuleResource,
  facts: Facts,
  licences: readonly Licence[],
  said: {
    readonly why: LocalText;
    readonly evidence?: readonly Evidence[];
    readonly confidence?: Grade;
    /** Nothing is planned. */
    readonly advice?: boolean;
  },
): Verdict {
  if (licences.length === 0) return CLEAR;
  const seats = licences.flatMap((licence) => {
    const price = facts.price({ product: 'licence', region: 'global', sku: licence.part })?.price;
    return price ? [{ ...licence, price }] : [];
  });
  const [first] = seats;
  if (!first) return skip('no_price', 'licence');
  const { currency } = first.price;
  // Prices an organization enters may be in several currencies: those of another one wait for their own run.
  const paid = seats.filter(({ price }) => isPositive(price.amount) && price.currency === currency);
  if (paid.length === 0) return CLEAR;
  const formula = paid.map(({ name, price }) => `${name} ${price.amount}`).join(' + ');
  const label = words('Licence', 'Licença');
  return found(
    listMonthly(facts, user, {
      monthly: total(paid.map(({ price }) => price.amount)),
      currency,
      formula: local(
        () => formula,
        () => formula,
      ),
    }),
    {
      ...said,
      current: paid.map(({ name }) => spec(label, name)),
      evidence: said.evidence ?? [],
      action:
        said.advice === true
          ? null
          : operations({
              operation: 'remove-licenses',
              parameters: { skuIds: paid.map(({ skuId }) => skuId) },
            }),
    },
  );
}

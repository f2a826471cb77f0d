/** What the attributes of a tenant's resources say, read with care: they are a provider's answer. */
import type { Row } from './queries.ts';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

export interface HeldLicence {
  skuId: string;
  sku: string;
  name: string;
  disabledPlans: string[];
}

export const userAttributes = [
  'userPrincipalName',
  'department',
  'jobTitle',
  'userType',
  'usageLocation',
  'licences',
  'signInActivity',
  'mfa',
] as const;

export interface UserFacts {
  principal: string | null;
  department: string | null;
  guest: boolean;
  usageLocation: string | null;
  licences: HeldLicence[];
  /** `unknown`: the tenant or the consent does not tell; `never`: told, and there is none. */
  signIn: { kind: 'at'; at: string } | { kind: 'never' | 'unknown' };
  /** null where it is not told. */
  mfa: { registered: boolean; admin: boolean } | null;
}

export function userFacts({ attributes }: Pick<Row, 'attributes'>): UserFacts {
  const activity = attributes['signInActivity'];
  const at = text(member(activity, 'lastSignInDateTime'));
  const mfa = attributes['mfa'];
  return {
    principal: text(attributes['userPrincipalName']),
    department: text(attributes['department']),
    guest: attributes['userType'] === 'Guest',
    usageLocation: text(attributes['usageLocation']),
    licences: licencesOf(attributes['licences']),
    signIn:
      at !== null
        ? { kind: 'at', at }
        : { kind: activity === null || activity === undefined ? 'unknown' : 'never' },
    mfa:
      typeof mfa === 'object' && mfa !== null
        ? { registered: member(mfa, 'registered') === true, admin: member(mfa, 'admin') === true }
        : null,
  };
}

function licencesOf(value: unknown): HeldLicence[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one): HeldLicence[] => {
    const skuId = text(member(one, 'skuId'));
    if (skuId === null) return [];
    const sku = text(member(one, 'skuPartNumber')) ?? skuId;
    const plans = member(one, 'disabledPlans');
    return [
      {
        skuId,
        sku,
        name: text(member(one, 'name')) ?? sku,
        disabledPlans: Array.isArray(plans) ? plans.filter((plan) => typeof plan === 'string') : [],
      },
    ];
  });
}

export const subscriptionAttributes = [
  'skuId',
  'skuPartNumber',
  'enabledUnits',
  'consumedUnits',
  'unassignedUnits',
  'terms',
] as const;

export interface SubscriptionFacts {
  skuId: string;
  sku: string;
  bought: number;
  assigned: number;
  unused: number;
  /** ISO 8601; the next renewal or end of any order. */
  renewsAt: string | null;
  trial: boolean;
}

export function subscriptionFacts({
  attributes,
  shortId,
}: Pick<Row, 'attributes' | 'shortId'>): SubscriptionFacts {
  const terms = Array.isArray(attributes['terms']) ? attributes['terms'] : [];
  const ends = terms.flatMap((term) => text(member(term, 'nextLifecycleDateTime')) ?? []);
  return {
    skuId: text(attributes['skuId']) ?? shortId,
    sku: text(attributes['skuPartNumber']) ?? shortId,
    bought: number(attributes['enabledUnits']),
    assigned: number(attributes['consumedUnits']),
    unused: number(attributes['unassignedUnits']),
    renewsAt: ends.toSorted()[0] ?? null,
    trial: terms.length > 0 && terms.every((term) => member(term, 'isTrial') === true),
  };
}

export const controlAttributes = [
  'score',
  'maxScore',
  'service',
  'controlCategory',
  'implementationCost',
  'userImpact',
  'remediation',
  'actionUrl',
] as const;

export interface ControlFacts {
  score: number;
  maxScore: number;
  service: string | null;
  cost: string | null;
  impact: string | null;
  /** Plain text; the provider sends markup. */
  remediation: string | null;
  status: 'open' | 'partial' | 'done';
}

export function controlFacts({ attributes }: Pick<Row, 'attributes'>): ControlFacts {
  const score = number(attributes['score']);
  const maxScore = number(attributes['maxScore']);
  return {
    score,
    maxScore,
    service: text(attributes['service']),
    cost: text(attributes['implementationCost']),
    impact: text(attributes['userImpact']),
    remediation: plainText(text(attributes['remediation'])),
    status: score >= maxScore ? 'done' : score > 0 ? 'partial' : 'open',
  };
}

/** The text of markup: nothing of it is ever shown as markup. */
function plainText(markup: string | null): string | null {
  if (markup === null) return null;
  const { body } = new DOMParser().parseFromString(markup, 'text/html');
  return body.textContent?.replaceAll(/\s+/g, ' ').trim() || null;
}

export interface ScoreDay {
  day: string;
  score: number;
  max: number;
}

export function scoreHistory({ attributes }: Pick<Row, 'attributes'>): ScoreDay[] {
  const days = attributes['history'];
  if (!Array.isArray(days)) return [];
  return days.flatMap((one): ScoreDay[] => {
    const day = text(member(one, 'day'));
    return day === null
      ? []
      : [{ day, score: number(member(one, 'currentScore')), max: number(member(one, 'maxScore')) }];
  });
}

/** Exact `amount × count`. @param amount decimal string, not negative @param count whole, not negative */
export function times(amount: string, count: number): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  const digits = (BigInt(whole + fraction) * BigInt(Math.max(0, Math.trunc(count))))
    .toString()
    .padStart(fraction.length + 1, '0');
  return fraction === '' ? digits : `${digits.slice(0, -fraction.length)}.${digits.slice(-fraction.length)}`;
}

import { hash32, SeededRandom } from '../../random.ts';
import { defineStore, type Account, type LoadProfile, type World } from '../world.ts';

/** How a resource is used over time. */
export type UsageKind =
  /** Even use with a daily wave. */
  | 'steady'
  /** Practically no use. */
  | 'idle'
  /** Used, but far below its size. */
  | 'oversized'
  /** Working days from 8 to 19 hours (UTC−3) only. */
  | 'office-hours'
  /** Quiet with short peaks. */
  | 'burst'
  /** Rising month by month. */
  | 'growing'
  /** Busy for some hours of the night. */
  | 'batch';

/** The use of one resource: what its metrics and its usage charges follow from. */
export interface UsageProfile {
  readonly kind: UsageKind;
  /** Mean utilisation over all hours, 0–1. */
  readonly level: number;
  /** Highest utilisation, 0–1. */
  readonly peak: number;
  /** Mean share of memory in use, 0–1. */
  readonly memory: number;
  /** Requests, invocations or connections per hour on average. */
  readonly perHour: number;
  /** Milliseconds of one invocation; functions only. */
  readonly durationMs: number;
}

/** Profiles of managed services by resource id, per account; compute profiles are in `world.loadProfiles`. */
const profileStore = defineStore('usage-profiles', 'account', () => new Map<string, UsageProfile>());

const LEVELS: Readonly<Record<UsageKind, number>> = {
  idle: 0.01,
  oversized: 0.07,
  steady: 0.38,
  'office-hours': 0.25,
  burst: 0.12,
  growing: 0.4,
  batch: 0.3,
};

/** Sets the use of a resource by the id its metrics are listed under (database name, function name, ARN). */
export function setProfile(
  account: Account,
  id: string,
  profile: Partial<UsageProfile> & { readonly kind: UsageKind },
): void {
  const level = profile.level ?? LEVELS[profile.kind];
  const defaults = {
    level,
    peak: Math.min(0.98, level * 4),
    memory: 0.5,
    perHour: profile.kind === 'idle' ? 0 : 600,
    durationMs: 120,
  };
  account.store(profileStore, 'aws-global').set(id, { ...defaults, ...profile });
}

const PATTERNS: Readonly<Record<LoadProfile['pattern'], UsageKind>> = {
  flat: 'steady',
  web: 'steady',
  business: 'office-hours',
  night: 'batch',
};

function fromLoad(load: LoadProfile): UsageProfile {
  const kind = load.cpuAverage < 3 && load.cpuPeak < 10 ? 'idle' : PATTERNS[load.pattern];
  return {
    kind,
    level: load.cpuAverage / 100,
    peak: load.cpuPeak / 100,
    memory: load.memoryAverage / 100,
    perHour: kind === 'idle' ? 0 : Math.round(load.cpuAverage * 40),
    durationMs: 120,
  };
}

const KINDS: readonly UsageKind[] = [
  'steady',
  'steady',
  'steady',
  'office-hours',
  'burst',
  'growing',
  'batch',
];

/** The use of a resource; reproducible from seed, account and id where no scenario set it. */
export function profileOf(world: World, account: Account, id: string): UsageProfile {
  const store = account.store(profileStore, 'aws-global');
  const known = store.get(id);
  if (known) return known;
  const load = world.loadProfiles.get(id);
  const profile = load ? fromLoad(load) : seededProfile(world.seed, account.id, id);
  store.set(id, profile);
  return profile;
}

function seededProfile(seed: string, accountId: string, id: string): UsageProfile {
  const random = SeededRandom.of(seed, 'usage', accountId, id);
  const kind = random.pick(KINDS);
  const level = 0.1 + random.next() * 0.35;
  const perHour = Math.round(50 + random.next() ** 3 * 4000);
  return {
    kind,
    level,
    peak: Math.min(0.98, level * 3),
    memory: 0.25 + random.next() * 0.5,
    perHour,
    durationMs: Math.round(20 + random.next() ** 2 * 900),
  };
}

export const SLOT_MS = 300_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** A number in [0, 1) from two integers (xorshift-multiply finaliser), for noise without stored points. */
export function unit(a: number, b: number): number {
  let h = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return (h >>> 0) / 4294967296;
}

/** The integer a resource's noise is drawn from. */
export function noiseSeed(...parts: readonly string[]): number {
  return hash32(parts.join('\u0000'));
}

/** Whether a day counted from 1970 is a Saturday or Sunday; 1 January 1970 was a Thursday. */
export function isWeekend(day: number): boolean {
  const weekday = (day + 4) % 7;
  return weekday === 0 || weekday === 6;
}

/** A daily wave of mean 1 with its peak in the afternoon of UTC−3. */
function wave(hour: number, depth: number): number {
  return 1 + depth * Math.sin(((hour - 12) / 24) * 2 * Math.PI);
}

/** Growth of `growing` use is counted from here, so that the past never changes. */
const GROWTH_EPOCH = Date.UTC(2026, 10, 1);

/** Use as a multiple of its mean before noise; the mean over a week is 1 (to a few per cent). */
function shape(kind: UsageKind, seed: number, at: number): number {
  const hour = (at % DAY_MS) / HOUR_MS;
  const weekend = isWeekend(Math.floor(at / DAY_MS));
  switch (kind) {
    case 'idle':
      return 1;
    case 'oversized':
    case 'steady':
      return wave(hour, 0.35) * (weekend ? 0.8 : 1.08);
    case 'office-hours':
      return !weekend && hour >= 11 && hour < 22 ? 2.5 + 0.7 * Math.sin(((hour - 11) / 11) * Math.PI) : 0.06;
    case 'burst':
      // About one slot of 40 is a peak.
      return unit(seed ^ 0x5bd1e995, Math.floor(at / SLOT_MS)) > 0.975 ? 7 : 0.85;
    case 'growing':
      return wave(hour, 0.3) * Math.min(3, Math.max(0.3, 1 + (0.6 * (at - GROWTH_EPOCH)) / (365 * DAY_MS)));
    case 'batch':
      return hour >= 3 && hour < 11 ? 2.8 : 0.1;
  }
}

/** Use as a multiple of its mean at a moment; reproducible, with noise of ±12 % per five minutes. */
export function usageFactor(kind: UsageKind, seed: number, at: number): number {
  const noise = 0.88 + 0.24 * unit(seed, Math.floor(at / SLOT_MS));
  return shape(kind, seed, at) * noise;
}

/** Utilisation at a moment, 0–1; the peak is reached but seldom passed. */
export function utilisation(profile: UsageProfile, seed: number, at: number): number {
  const value = profile.level * usageFactor(profile.kind, seed, at);
  return Math.max(
    0.0005,
    Math.min(value, profile.peak * (0.95 + 0.05 * unit(seed ^ 0x68e31da4, Math.floor(at / SLOT_MS)))),
  );
}

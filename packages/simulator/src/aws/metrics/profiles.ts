import { hash32, SeededRandom } from '../../random.ts';
import { defineStore, type Account } from '../world.ts';

/** How a resource is used over time. */
export type LoadKind =
  /** Even use with a daily wave. */
  | 'steady'
  /** Practically no use. */
  | 'idle'
  /** Used, but far below its size. */
  | 'oversized'
  /** Working days from 8 to 19 hours only. */
  | 'office-hours'
  /** Quiet with short peaks. */
  | 'burst'
  /** Rising month by month. */
  | 'growing'
  /** Busy for some hours of the night. */
  | 'batch';

/** The load of one resource: what its metrics and its usage charges follow from. */
export interface LoadProfile {
  readonly kind: LoadKind;
  /** Mean utilisation while in use, 0–1. */
  readonly level: number;
  /** Requests, invocations or connections per hour on average. */
  readonly perHour: number;
  /** Milliseconds of one invocation; functions only. */
  readonly durationMs: number;
}

/** Profiles by resource id, per account. Scenarios set them; everything else gets one from the seed. */
export const profileStore = defineStore('load-profiles', 'account', () => new Map<string, LoadProfile>());

/** Sets the load of a resource by the id its metrics are listed under (`i-…`, database name, function name). */
export function setProfile(account: Account, id: string, profile: Partial<LoadProfile> & { readonly kind: LoadKind }): void {
  const defaults = { idle: 0.01, oversized: 0.07, steady: 0.38, 'office-hours': 0.45, burst: 0.12, growing: 0.4, batch: 0.6 };
  account.store(profileStore, 'aws-global').set(id, { level: defaults[profile.kind], perHour: 600, durationMs: 120, ...profile });
}

const KINDS: readonly LoadKind[] = ['steady', 'steady', 'steady', 'office-hours', 'burst', 'growing', 'batch'];

/** The load of a resource; reproducible from seed, account and id where no scenario set it. */
export function profileOf(account: Account, seed: string, id: string): LoadProfile {
  const store = account.store(profileStore, 'aws-global');
  const known = store.get(id);
  if (known) return known;
  const random = SeededRandom.of(seed, 'load', account.id, id);
  const profile: LoadProfile = {
    kind: random.pick(KINDS),
    level: 0.2 + random.next() * 0.4,
    perHour: Math.round(50 + random.next() ** 3 * 4000),
    durationMs: Math.round(20 + random.next() ** 2 * 900),
  };
  store.set(id, profile);
  return profile;
}

const SLOT_MS = 300_000;
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

function isWeekend(at: number): boolean {
  // 1 January 1970 was a Thursday.
  const weekday = (Math.floor(at / DAY_MS) + 4) % 7;
  return weekday === 0 || weekday === 6;
}

/** Mean of the daily wave is 1; the peak is in the afternoon. */
function wave(at: number, depth: number): number {
  const hour = (at % DAY_MS) / HOUR_MS;
  return 1 + depth * Math.sin(((hour - 9) / 24) * 2 * Math.PI);
}

function shape(kind: LoadKind, seed: number, at: number): number {
  const hour = (at % DAY_MS) / HOUR_MS;
  switch (kind) {
    case 'idle':
      return 1;
    case 'oversized':
    case 'steady':
      return wave(at, 0.35) * (isWeekend(at) ? 0.75 : 1);
    case 'office-hours':
      return !isWeekend(at) && hour >= 11 && hour < 22 ? 1.1 + 0.25 * Math.sin(((hour - 11) / 11) * Math.PI) : 0.02;
    case 'burst':
      // About one slot of 40 is a peak.
      return unit(seed ^ 0x5bd1e995, Math.floor(at / SLOT_MS)) > 0.975 ? 6 : 0.7;
    case 'growing':
      return wave(at, 0.3) * (0.4 + 0.6 * Math.min(2, Math.max(0.2, 1 + (at - GROWTH_EPOCH) / (365 * DAY_MS))));
    case 'batch':
      return hour >= 4 && hour < 7 ? 1.3 : 0.03;
  }
}

/** Growth of `growing` loads is counted from here, so that the past never changes. */
const GROWTH_EPOCH = Date.UTC(2026, 10, 1);

/** Load as a multiple of its mean, at a moment; reproducible, with noise of ±12 % per five minutes. */
export function loadFactor(kind: LoadKind, seed: number, at: number): number {
  const noise = 0.88 + 0.24 * unit(seed, Math.floor(at / SLOT_MS));
  return shape(kind, seed, at) * noise;
}

/** Utilisation at a moment, 0–1. */
export function utilisation(profile: LoadProfile, seed: number, at: number): number {
  return Math.min(0.995, Math.max(0.0005, profile.level * loadFactor(profile.kind, seed, at)));
}

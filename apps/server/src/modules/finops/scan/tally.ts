import type { Skip, Verdict } from '../rules/rule.ts';
import type { SkipCount } from '../tables.ts';

/** More distinct details of one rule in one region than this are counted together. */
const maxDetails = 20;

interface Counts {
  ruleId: string;
  region: string;
  examined: number;
  found: number;
  clear: number;
  skips: Map<string, SkipCount>;
}

export interface TallyRow {
  rule_id: string;
  region: string;
  examined: number;
  found: number;
  clear: number;
  skipped: SkipCount[];
}

/** Counts what became of each rule's examinations by region: the answer to "why is there nothing?". */
export class Tally {
  readonly #counts = new Map<string, Counts>();

  add(ruleId: string, region: string, verdict: Verdict): void {
    const counts = this.#of(ruleId, region);
    counts.examined += 1;
    if (verdict.kind === 'finding') counts.found += 1;
    else if (verdict.kind === 'clear') counts.clear += 1;
    else count(counts, verdict, 1);
  }

  /** Notes why a number of resources, perhaps unknown and then 0, was not looked at. */
  note(ruleId: string, region: string, skip: Skip, resources: number): void {
    const counts = this.#of(ruleId, region);
    counts.examined += resources;
    count(counts, skip, resources);
  }

  has(ruleId: string): boolean {
    for (const counts of this.#counts.values()) if (counts.ruleId === ruleId) return true;
    return false;
  }

  /** A rule that had nothing to look at. */
  empty(ruleId: string): void {
    this.#of(ruleId, '*');
  }

  rows(): TallyRow[] {
    return [...this.#counts.values()].map(({ ruleId, region, examined, found, clear, skips }) => ({
      rule_id: ruleId,
      region,
      examined,
      found,
      clear,
      skipped: [...skips.values()].toSorted((a, b) => b.count - a.count),
    }));
  }

  #of(ruleId: string, region: string): Counts {
    const key = `${ruleId} ${region}`;
    let counts = this.#counts.get(key);
    if (counts === undefined) {
      counts = { ruleId, region, examined: 0, found: 0, clear: 0, skips: new Map() };
      this.#counts.set(key, counts);
    }
    return counts;
  }
}

function count(counts: Counts, skip: Skip, by: number): void {
  const exact = `${skip.reason} ${skip.detail ?? ''}`;
  const full = counts.skips.size >= maxDetails && !counts.skips.has(exact);
  const key = full ? `${skip.reason} ` : exact;
  const known = counts.skips.get(key);
  if (known !== undefined) known.count += by;
  else
    counts.skips.set(key, {
      reason: skip.reason,
      detail: full ? null : (skip.detail?.slice(0, 300) ?? null),
      count: by,
    });
}

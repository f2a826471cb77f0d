import type { SkipReason } from '@cloudatlas/contracts/finops';
import type { Skip, Verdict } from '../rule.ts';

/** Examined, nothing to save. */
export const CLEAR: Verdict = { kind: 'clear' };

/** Not examined and why; `detail` names the metric, age or permission. */
export function skip(reason: SkipReason, detail?: string): Skip {
  return { kind: 'skip', reason, ...(detail === undefined ? {} : { detail }) };
}

/** Tells a reason for not looking from whatever was looked for. */
export function isSkip(value: object): value is Skip {
  return 'kind' in value && value.kind === 'skip';
}

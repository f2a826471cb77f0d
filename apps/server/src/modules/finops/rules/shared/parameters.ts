import type { RuleParameterSpec } from '../rule.ts';
import { words } from './words.ts';

type Bounds = readonly [byDefault: number, minimum: number, maximum: number];

/** A tunable number of a rule. */
export function parameter(
  en: string,
  pt: string,
  unit: string,
  [byDefault, minimum, maximum]: Bounds,
): RuleParameterSpec {
  return { label: words(en, pt), unit, default: byDefault, minimum, maximum };
}

/** Days of metrics that are looked back on. */
export function lookback(...bounds: Bounds): RuleParameterSpec {
  return parameter('Look-back', 'Período analisado', 'days', bounds);
}

/** Days a resource must exist, or have been as it is. */
export function minimumAge(...bounds: Bounds): RuleParameterSpec {
  return parameter('Minimum age', 'Idade mínima', 'days', bounds);
}

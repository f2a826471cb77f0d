import type { Rule } from './rule.ts';

/** Every rule there is, in the order of the catalogue page. */
export const RULES: readonly Rule[] = [];

export function ruleById(id: string): Rule | undefined {
  return RULES.find((rule) => rule.id === id);
}

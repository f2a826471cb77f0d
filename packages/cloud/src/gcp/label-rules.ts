const KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;
/** Labels a resource carries at most. */
export const MAX_LABELS = 64;

/**
 * Why labels are refused; undefined when they are not. Keys and values have 63 letters, digits, `_` and `-`, lower case
 * (Labels, "Requirements"). A null stands for a label to remove.
 */
export function labelIssue(labels: Readonly<Record<string, string | null>>): string | undefined {
  const entries = Object.entries(labels);
  if (entries.length > MAX_LABELS) return `takes at most ${MAX_LABELS} labels`;
  for (const [key, value] of entries) {
    if (!KEY.test(key)) return `${key}: takes lower-case letters, digits, _ and -`;
    if (value !== null && !VALUE.test(value))
      return `${key}: its value takes lower-case letters, digits, _ and -`;
  }
  return undefined;
}

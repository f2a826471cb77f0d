/** Searching in attributes of any shape. */

/** The parts of a value in which a key or a leaf holds the text; undefined when none does. */
export function filterJson(value: unknown, needle: string): unknown {
  if (needle === '') return value;
  const lower = needle.toLowerCase();
  if (typeof value !== 'object' || value === null) {
    return String(value).toLowerCase().includes(lower) ? value : undefined;
  }
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    if (key.toLowerCase().includes(lower) && !Array.isArray(value)) return [[key, inner]];
    const kept = filterJson(inner, needle);
    return kept === undefined ? [] : [[key, kept]];
  });
  if (entries.length === 0) return undefined;
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

const browsers: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
];
const systems: readonly [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** `Firefox · Linux` from a User-Agent header; the start of an unfamiliar one; null for an empty one. */
export function describeUserAgent(header: string): string | null {
  if (header.trim() === '') return null;
  const found = [browsers, systems].flatMap(
    (table) => table.find(([pattern]) => pattern.test(header))?.[1] ?? [],
  );
  return found.length === 0 ? header.slice(0, 60) : found.join(' · ');
}

/*
 * Ends of standard support, from the public release calendars. After them extended support is
 * charged. Versions that are absent were within standard support when this was written down.
 */

/** Date of this table, YYYY-MM-DD. */
export const SUPPORT_AS_OF = '2025-06-30';

/** RDS engines by major version. */
const ENGINES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mysql: { '5.7': '2024-02-29', '8.0': '2026-07-31' },
  postgres: { '11': '2024-02-29', '12': '2025-02-28', '13': '2026-02-28', '14': '2027-02-28' },
};

/** Kubernetes minor versions on EKS. */
const KUBERNETES: Readonly<Record<string, string>> = {
  '1.23': '2023-10-11',
  '1.24': '2024-01-31',
  '1.25': '2024-05-01',
  '1.26': '2024-06-11',
  '1.27': '2024-07-24',
  '1.28': '2024-11-26',
  '1.29': '2025-03-23',
  '1.30': '2025-07-23',
  '1.31': '2025-11-26',
  '1.32': '2026-03-23',
  '1.33': '2026-07-29',
};

function dated(day: string | undefined): Date | undefined {
  return day === undefined ? undefined : new Date(`${day}T00:00:00Z`);
}

/** Major version as the calendar counts it: `13` of 13.9 for PostgreSQL, `8.0` of 8.0.36 for MySQL. */
export function majorOf(engine: string, version: string): string {
  return version
    .split('.')
    .slice(0, engine === 'mysql' ? 2 : 1)
    .join('.');
}

/** End of standard support of a database engine; undefined when not in the table. */
export function engineSupportEnd(engine: string, version: string): Date | undefined {
  const versions = Object.hasOwn(ENGINES, engine) ? ENGINES[engine] : undefined;
  const major = majorOf(engine, version);
  return dated(versions && Object.hasOwn(versions, major) ? versions[major] : undefined);
}

/** End of standard support of a Kubernetes version; undefined when not in the table. */
export function clusterSupportEnd(version: string): Date | undefined {
  return dated(Object.hasOwn(KUBERNETES, version) ? KUBERNETES[version] : undefined);
}

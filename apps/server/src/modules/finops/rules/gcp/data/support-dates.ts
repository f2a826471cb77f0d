/*
 * Starts of extended support of Cloud SQL ("Database version policies"): from then on each vCPU-hour costs more. Versions
 * that are absent were within regular support when this was written down, or have no date yet.
 */

/** Date of this table, YYYY-MM-DD. */
export const SUPPORT_AS_OF = '2025-09-04';

/** By `databaseVersion` of the API. */
const STARTS: Readonly<Record<string, string>> = {
  MYSQL_5_6: '2025-02-01',
  MYSQL_5_7: '2025-02-01',
  MYSQL_8_0: '2026-07-01',
  POSTGRES_9_6: '2025-02-01',
  POSTGRES_10: '2025-02-01',
  POSTGRES_11: '2025-02-01',
  POSTGRES_12: '2025-02-01',
  POSTGRES_13: '2026-02-01',
  POSTGRES_14: '2027-02-01',
  POSTGRES_15: '2028-02-01',
};

/** When extended support of a version starts; undefined when not in the table. Minor versions are those of their major. */
export function extendedSupportStart(version: string): Date | undefined {
  const major = /^(?:MYSQL_\d+_\d+|POSTGRES_9_6|POSTGRES_\d+)/.exec(version)?.[0] ?? '';
  const day = Object.hasOwn(STARTS, major) ? STARTS[major] : undefined;
  return day === undefined ? undefined : new Date(`${day}T00:00:00Z`);
}

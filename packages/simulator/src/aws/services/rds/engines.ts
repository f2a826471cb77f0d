/** One engine with the versions that can be created. */
export interface EngineInfo {
  readonly engine: string;
  readonly description: string;
  readonly port: number;
  readonly versions: readonly string[];
  readonly minimumGb: number;
}

/** Engines of the simulated RDS, newest versions last, as DescribeDBEngineVersions orders them. */
export const ENGINE_LIST: readonly EngineInfo[] = [
  {
    engine: 'aurora-mysql',
    description: 'Aurora MySQL',
    port: 3306,
    versions: ['8.0.mysql_aurora.3.05.2', '8.0.mysql_aurora.3.08.2'],
    minimumGb: 1,
  },
  {
    engine: 'aurora-postgresql',
    description: 'Aurora PostgreSQL',
    port: 5432,
    versions: ['14.18', '15.13', '16.9', '17.5'],
    minimumGb: 1,
  },
  {
    engine: 'mariadb',
    description: 'MariaDB Community Edition',
    port: 3306,
    versions: ['10.6.22', '10.11.13', '11.4.7', '11.8.3'],
    minimumGb: 20,
  },
  {
    engine: 'mysql',
    description: 'MySQL Community Edition',
    port: 3306,
    versions: ['5.7.44', '8.0.42', '8.0.43', '8.4.6'],
    minimumGb: 20,
  },
  {
    engine: 'postgres',
    description: 'PostgreSQL',
    port: 5432,
    versions: ['13.22', '14.19', '15.14', '16.10', '17.6'],
    minimumGb: 20,
  },
  {
    engine: 'sqlserver-ex',
    description: 'SQL Server Express Edition',
    port: 1433,
    versions: ['15.00.4440.1.v1', '16.00.4205.1.v1'],
    minimumGb: 20,
  },
];

export function findEngine(engine: string): EngineInfo | undefined {
  return ENGINE_LIST.find((e) => e.engine === engine);
}

/** Engines whose instances belong to a cluster. */
export function isCluster(engine: string): boolean {
  return engine.startsWith('aurora');
}

export function portOf(engine: string): number {
  return findEngine(engine)?.port ?? 3306;
}

/** The full version a request means: the newest one when absent or only a major version. */
export function resolveVersion(info: EngineInfo, wanted: string | undefined): string | undefined {
  if (wanted === undefined || wanted === '') return info.versions.at(-1);
  return info.versions.includes(wanted) ? wanted : info.versions.findLast((v) => v.startsWith(`${wanted}.`));
}

/** The parameter group family, e.g. `postgres16`, `mysql8.0`. */
export function familyOf(engine: string, version: string): string {
  const parts = version.split('.');
  const major = engine.includes('postgres') || parts.length < 2 ? parts[0] : parts.slice(0, 2).join('.');
  return `${engine}${major}`;
}

/** A region of the commercial partition. */
export interface RegionInfo {
  readonly name: string;
  readonly description: string;
  /** Opt-in regions are disabled until the account enables them. */
  readonly optIn: boolean;
  /** Letters of the availability zones. */
  readonly zones: string;
}

function region(name: string, description: string, zones: string, optIn = false): RegionInfo {
  return { name, description, optIn, zones };
}

/** The simulated regions. */
export const REGIONS: readonly RegionInfo[] = [
  region('us-east-1', 'US East (N. Virginia)', 'abcdef'),
  region('us-east-2', 'US East (Ohio)', 'abc'),
  region('us-west-1', 'US West (N. California)', 'ac'),
  region('us-west-2', 'US West (Oregon)', 'abcd'),
  region('ca-central-1', 'Canada (Central)', 'abd'),
  region('sa-east-1', 'South America (Sao Paulo)', 'abc'),
  region('eu-central-1', 'Europe (Frankfurt)', 'abc'),
  region('eu-west-1', 'Europe (Ireland)', 'abc'),
  region('eu-west-2', 'Europe (London)', 'abc'),
  region('eu-west-3', 'Europe (Paris)', 'abc'),
  region('eu-north-1', 'Europe (Stockholm)', 'abc'),
  region('ap-south-1', 'Asia Pacific (Mumbai)', 'abc'),
  region('ap-northeast-1', 'Asia Pacific (Tokyo)', 'acd'),
  region('ap-northeast-2', 'Asia Pacific (Seoul)', 'abcd'),
  region('ap-northeast-3', 'Asia Pacific (Osaka)', 'abc'),
  region('ap-southeast-1', 'Asia Pacific (Singapore)', 'abc'),
  region('ap-southeast-2', 'Asia Pacific (Sydney)', 'abc'),
  region('af-south-1', 'Africa (Cape Town)', 'abc', true),
  region('ap-east-1', 'Asia Pacific (Hong Kong)', 'abc', true),
  region('eu-south-1', 'Europe (Milan)', 'abc', true),
  region('eu-south-2', 'Europe (Spain)', 'abc', true),
  region('me-south-1', 'Middle East (Bahrain)', 'abc', true),
];

/** Regions every account has without opting in. */
export const DEFAULT_REGIONS: readonly string[] = REGIONS.filter((r) => !r.optIn).map((r) => r.name);

/** Looks a region up; undefined for names that don't exist. */
export function findRegion(name: string): RegionInfo | undefined {
  return REGIONS.find((r) => r.name === name);
}

import type {
  DescribeAccountAttributesResult,
  DescribeAvailabilityZonesRequest,
  DescribeAvailabilityZonesResult,
  DescribeRegionsRequest,
  DescribeRegionsResult,
} from '@aws-sdk/client-ec2';
import type { RequestContext } from '../../context.ts';
import { findRegion, REGIONS, type RegionInfo } from '../../regions.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { zoneId } from './default-vpc.ts';
import { filterBy, type FieldTable } from './query.ts';

function optInStatus(region: RegionInfo, context: RequestContext): string {
  if (!region.optIn) return 'opt-in-not-required';
  return context.account.enabledRegions.has(region.name) ? 'opted-in' : 'not-opted-in';
}

/** Lists enabled regions, with AllRegions also the others. */
export function describeRegions(
  input: DescribeRegionsRequest,
  context: RequestContext,
): DescribeRegionsResult {
  const names = input.RegionNames ?? [];
  const unknown = names.find((name) => !findRegion(name));
  if (unknown !== undefined) throw new AwsError('InvalidParameterValue', `Invalid region '${unknown}'`);
  const fields: FieldTable<RegionInfo> = {
    'region-name': (r) => r.name,
    endpoint: (r) => `ec2.${r.name}.amazonaws.com`,
    'opt-in-status': (r) => optInStatus(r, context),
  };
  const test = filterBy(input.Filters, fields, () => []);
  const regions = REGIONS.filter(
    (r) =>
      (names.length === 0 || names.includes(r.name)) &&
      (input.AllRegions === true || context.account.enabledRegions.has(r.name)) &&
      test(r),
  );
  return {
    Regions: regions.map((r) => ({
      RegionName: r.name,
      Endpoint: `ec2.${r.name}.amazonaws.com`,
      OptInStatus: optInStatus(r, context),
    })),
  };
}

export function describeAvailabilityZones(
  input: DescribeAvailabilityZonesRequest,
  context: RequestContext,
): DescribeAvailabilityZonesResult {
  const letters = [...(findRegion(context.region)?.zones ?? '')];
  const zones = letters.map((letter) => `${context.region}${letter}`);
  const fields: FieldTable<string> = {
    'zone-name': (z) => z,
    'zone-id': (z) => zoneId(z),
    'region-name': () => context.region,
    state: () => 'available',
    'zone-type': () => 'availability-zone',
    'opt-in-status': () => 'opt-in-not-required',
  };
  const test = filterBy(input.Filters, fields, () => []);
  const wanted = input.ZoneNames ?? [];
  const unknown = wanted.find((name) => !zones.includes(name));
  if (unknown !== undefined)
    throw new AwsError('InvalidParameterValue', `Invalid availability zone: [${unknown}]`);
  return {
    AvailabilityZones: zones
      .filter((zone) => (wanted.length === 0 || wanted.includes(zone)) && test(zone))
      .map((zone) => ({
        ZoneName: zone,
        ZoneId: zoneId(zone),
        RegionName: context.region,
        GroupName: context.region,
        NetworkBorderGroup: context.region,
        State: 'available' as const,
        OptInStatus: 'opt-in-not-required' as const,
        ZoneType: 'availability-zone',
        Messages: [],
      })),
  };
}

export function describeAccountAttributes(
  _input: unknown,
  _context: RequestContext,
): DescribeAccountAttributesResult {
  return {
    AccountAttributes: [
      { AttributeName: 'supported-platforms', AttributeValues: [{ AttributeValue: 'VPC' }] },
      { AttributeName: 'max-instances', AttributeValues: [{ AttributeValue: '1000' }] },
    ],
  };
}

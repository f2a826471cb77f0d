import type { VolumeType } from '@aws-sdk/client-ec2';
import { AwsError } from '../../wire/aws-error.ts';

interface VolumeRule {
  readonly size: readonly [number, number];
  /** Allowed IOPS; undefined when the type takes none. */
  readonly iops?: readonly [number, number];
  readonly iopsRequired?: boolean;
  /** Allowed throughput in MiB/s; undefined when the type takes none. */
  readonly throughput?: readonly [number, number];
}

/** Limits per volume type; sizes in GiB. Source: EBS volume types, EC2 User Guide. */
const RULES: Readonly<Record<VolumeType, VolumeRule>> = {
  gp2: { size: [1, 16_384] },
  gp3: { size: [1, 16_384], iops: [3000, 16_000], throughput: [125, 1000] },
  io1: { size: [4, 16_384], iops: [100, 64_000], iopsRequired: true },
  io2: { size: [4, 65_536], iops: [100, 256_000], iopsRequired: true },
  st1: { size: [125, 16_384] },
  sc1: { size: [125, 16_384] },
  standard: { size: [1, 1024] },
};

function outside(value: number, [min, max]: readonly [number, number]): boolean {
  return !Number.isInteger(value) || value < min || value > max;
}

/** Refuses a size, IOPS or throughput the volume type doesn't have. */
export function checkVolume(
  type: VolumeType,
  size: number,
  iops: number | undefined,
  throughput: number | undefined,
): void {
  const rule = Object.hasOwn(RULES, type) ? RULES[type] : undefined;
  if (!rule)
    throw new AwsError('UnknownVolumeType', `Unsupported volume type '${type}' for volume creation.`);
  if (outside(size, rule.size)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Volume of size ${size}GB is not valid for type ${type}; expected ${rule.size[0]} to ${rule.size[1]}.`,
    );
  }
  if (iops === undefined && rule.iopsRequired)
    throw new AwsError('MissingParameter', `The parameter iops must be specified for ${type} volumes.`);
  if (iops !== undefined && !rule.iops)
    throw new AwsError(
      'InvalidParameterCombination',
      `The parameter iops is not supported for ${type} volumes.`,
    );
  if (iops !== undefined && rule.iops && outside(iops, rule.iops)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Volume iops of ${iops} is not valid; expected ${rule.iops[0]} to ${rule.iops[1]}.`,
    );
  }
  if (throughput !== undefined && !rule.throughput) {
    throw new AwsError(
      'InvalidParameterCombination',
      `The parameter throughput is not supported for ${type} volumes.`,
    );
  }
  if (throughput !== undefined && rule.throughput && outside(throughput, rule.throughput)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Volume throughput of ${throughput} is not valid; expected ${rule.throughput[0]} to ${rule.throughput[1]}.`,
    );
  }
}

import type { Facts, RuleResource } from '../rule.ts';
import { numberAt } from '../shared/attributes.ts';
import { INSTANCE } from './instances.ts';

/** Resource type of auto scaling groups. */
export const GROUP = 'aws.autoscaling.group';

/** Sizes of a group. */
export interface GroupSize {
  readonly minimum: number;
  readonly maximum: number;
  readonly desired: number;
}

/** Sizes as described; undefined when one is missing. */
export function groupSize(group: RuleResource): GroupSize | undefined {
  const [minimum, maximum, desired] = ['MinSize', 'MaxSize', 'DesiredCapacity'].map((name) =>
    numberAt(group.attributes, name),
  );
  return minimum === undefined || maximum === undefined || desired === undefined
    ? undefined
    : { minimum, maximum, desired };
}

/** Instances of a group: the money is theirs. */
export function membersOf(group: RuleResource, facts: Facts): RuleResource[] {
  return facts.targets(group, 'uses').filter((r) => r.type === INSTANCE);
}

/** Permissions of a change of sizes. */
export const GROUP_PERMISSIONS = {
  read: ['autoscaling:DescribeAutoScalingGroups', 'cloudwatch:GetMetricData'],
  apply: ['autoscaling:UpdateAutoScalingGroup'],
  undo: ['autoscaling:UpdateAutoScalingGroup'],
} as const;

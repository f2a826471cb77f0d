import type { Facts, RuleResource } from '../rule.ts';

/** Resource types of EBS snapshots and the images that use them. */
export const SNAPSHOT = 'aws.ec2.snapshot';
export const IMAGE = 'aws.ec2.image';

/** Tags of services that make and delete their own snapshots. */
const POLICY_TAGS = ['aws:backup:source-resource', 'aws:dlm:lifecycle-policy-id', 'dlm:managed'];

/** Tag of the service that keeps the snapshot by a policy; undefined for those made by hand. */
export function keptByPolicy(snapshot: RuleResource): string | undefined {
  return POLICY_TAGS.find((tag) => Object.hasOwn(snapshot.tags, tag));
}

/** Whether an image of the account is made of the snapshot: then it can't be deleted. */
export function usedByImage(snapshot: RuleResource, facts: Facts): boolean {
  return facts.sources(snapshot, 'uses').some((r) => r.type === IMAGE);
}

/** Permissions of a snapshot set aside and then deleted. */
export const QUARANTINE_PERMISSIONS = {
  read: ['ec2:DescribeSnapshots', 'ec2:DescribeImages'],
  apply: ['ec2:CreateTags', 'ec2:DeleteSnapshot'],
  undo: ['ec2:DeleteTags'],
} as const;

import type { PriceQuery } from '@cloudatlas/cloud/observations';
import type { RuleResource, Skip } from '../rule.ts';
import { textAt } from '../shared/attributes.ts';
import { instantIn } from '../shared/ages.ts';
import { isSkip, skip } from '../shared/verdict.ts';

/** Resource type of EC2 instances. */
export const INSTANCE = 'aws.ec2.instance';

/** Tags by which something else decides about an instance: stopping or resizing it would be undone or do harm. */
const MANAGED_TAGS = [
  'aws:autoscaling:groupName',
  'eks:cluster-name',
  'eks:nodegroup-name',
  'elasticbeanstalk:environment-name',
];
/** Nodes of Kubernetes clusters carry it with the cluster's name behind. */
const CLUSTER_TAG = 'kubernetes.io/cluster/';

/**
 * Why an instance can't be stopped and started by us: a group or cluster owns it, it is spot, or its root
 * disk does not outlive a stop (EC2 user guide, "Stop and start").
 */
export function unmanageable(instance: RuleResource): Skip | undefined {
  const owner =
    MANAGED_TAGS.find((tag) => Object.hasOwn(instance.tags, tag)) ??
    (Object.keys(instance.tags).some((tag) => tag.startsWith(CLUSTER_TAG)) ? CLUSTER_TAG : undefined);
  if (owner) return skip('excluded', owner);
  if (textAt(instance.attributes, 'InstanceLifecycle') === 'spot') return skip('excluded', 'spot');
  return textAt(instance.attributes, 'RootDeviceType') === 'instance-store'
    ? skip('excluded', 'instance-store')
    : undefined;
}

/** Operating system as prices name it; licences sold with the machine are priced apart and not known. */
export function systemOf(instance: RuleResource): 'linux' | 'windows' | Skip {
  const details = textAt(instance.attributes, 'PlatformDetails');
  if (textAt(instance.attributes, 'Platform')?.toLowerCase() === 'windows' || details === 'Windows')
    return details === undefined || details === 'Windows' ? 'windows' : skip('no_price', details);
  return details === undefined || details === 'Linux/UNIX' ? 'linux' : skip('no_price', details);
}

/** Query of the hourly list price of an instance type. */
export function computePrice(region: string, sku: string, os: 'linux' | 'windows'): PriceQuery {
  return { product: 'compute', region, sku, variant: { os } };
}

/** The type of an instance, when its system has a price of its own. */
export function typeAndSystem(
  instance: RuleResource,
): { readonly type: string; readonly os: 'linux' | 'windows' } | Skip {
  const type = instance.size?.sku;
  if (type === undefined) return skip('unknown_size');
  const os = systemOf(instance);
  return typeof os === 'object' && isSkip(os) ? os : { type, os };
}

/**
 * Since when a stopped instance is stopped: by our history, or by the provider's reason, e.g.
 * `User initiated (2025-01-30 09:12:44 GMT)`.
 */
export function stoppedSince(instance: RuleResource): Date | undefined {
  if (instance.stateSince) return instance.stateSince;
  const told = instantIn(textAt(instance.attributes, 'StoppedAt'));
  if (told) return told;
  const written = /\((\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:GMT|UTC)\)/.exec(
    textAt(instance.attributes, 'StateTransitionReason') ?? '',
  );
  return written ? instantIn(`${written[1]}T${written[2]}Z`) : undefined;
}

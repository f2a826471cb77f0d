import type * as ElasticLoadBalancingV2Sdk from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancer, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Json, Resource, ResourceState } from '../../resource.ts';
import { ELB } from '../clients.ts';
import { relations, resource, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { loadBalancerMonthly } from '../price-table.ts';
import { ec2Arn, type Scope, type TypeReader } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { described, orUnreadable } from './lenient.ts';

type Elb = ServiceHandle<typeof ElasticLoadBalancingV2Sdk>;

const STATES: Readonly<Record<string, ResourceState>> = {
  provisioning: 'creating',
  active: 'running',
  active_impaired: 'running',
  failed: 'failed',
};

const LOAD_BALANCER = {
  id: 'aws.elb.load-balancer',
  label: 'Load balancer',
  category: 'network',
  taggable: true,
} as const;
const TARGET_GROUP = {
  id: 'aws.elb.target-group',
  label: 'Target group',
  category: 'network',
  taggable: true,
} as const;

/** DescribeTags takes at most 20 ARNs. */
const TAGS_PER_CALL = 20;
/** Health is one call per group; more at once would crowd out other listings. */
const HEALTH_AT_ONCE = 4;

/** Tags by ARN; none where they may not be read. */
async function tagsOf(
  elb: Elb,
  arns: readonly string[],
  scope: Scope,
): Promise<Map<string, Record<string, string>>> {
  const found = new Map<string, Record<string, string>>();
  for (let at = 0; at < arns.length; at += TAGS_PER_CALL) {
    const ResourceArns = arns.slice(at, at + TAGS_PER_CALL);
    const read = elb.send(new elb.sdk.DescribeTagsCommand({ ResourceArns }), scope);
    for (const entry of (await orUnreadable(read))?.TagDescriptions ?? [])
      if (entry.ResourceArn) found.set(entry.ResourceArn, tagMap(entry.Tags));
  }
  return found;
}

/** Pairs each listed item with its tags. */
async function* tagged<T>(
  elb: Elb,
  listing: AsyncIterable<readonly T[]>,
  arnOf: (item: T) => string | undefined,
  scope: Scope,
): AsyncGenerator<{ raw: T; tags: Record<string, string> }[]> {
  for await (const items of listing) {
    const tags = await tagsOf(
      elb,
      items.flatMap((item) => arnOf(item) ?? []),
      scope,
    );
    yield items.map((raw) => ({ raw, tags: tags.get(arnOf(raw) ?? '') ?? {} }));
  }
}

function loadBalancerResource(scope: Scope, raw: LoadBalancer, tags: Record<string, string>): Resource {
  const arn = raw.LoadBalancerArn ?? '';
  const state = stateOf(STATES, raw.State?.Code);
  return resource({
    type: LOAD_BALANCER.id,
    nativeId: arn,
    id: arn,
    region: scope.region,
    name: raw.LoadBalancerName,
    state,
    stateRaw: raw.State?.Code,
    tags,
    createdAt: raw.CreatedTime,
    size: { sku: raw.Type },
    relations: relations(
      ['in_network', raw.VpcId && ec2Arn(scope, 'vpc', raw.VpcId)],
      ...(raw.AvailabilityZones ?? []).map(
        (z) => ['in_subnet', z.SubnetId && ec2Arn(scope, 'subnet', z.SubnetId)] as const,
      ),
      ...(raw.SecurityGroups ?? []).map((g) => ['protected_by', ec2Arn(scope, 'security-group', g)] as const),
    ),
    attributes: toAttributes(raw),
    monthly: state === 'running' && raw.Type ? loadBalancerMonthly(scope.region, raw.Type) : undefined,
  });
}

export const loadBalancers: TypeReader = {
  type: LOAD_BALANCER,
  async *list(scope) {
    const elb = await scope.session.open(ELB, scope.region);
    const found = elb.pages('DescribeLoadBalancers', async (Marker) => {
      const answer = await elb.send(
        new elb.sdk.DescribeLoadBalancersCommand({ Marker, PageSize: 400 }),
        scope,
      );
      return { items: answer.LoadBalancers ?? [], next: answer.NextMarker };
    });
    for await (const items of tagged(elb, found, (b) => b.LoadBalancerArn, scope))
      yield items.map(({ raw, tags }) => loadBalancerResource(scope, raw, tags));
  },
  async inspect(scope, ref) {
    const elb = await scope.session.open(ELB, scope.region);
    const answer = await elb.send(
      new elb.sdk.DescribeLoadBalancersCommand({ LoadBalancerArns: [ref.nativeId] }),
      scope,
    );
    const raw = answer.LoadBalancers?.[0];
    return (
      raw &&
      loadBalancerResource(scope, raw, (await tagsOf(elb, [ref.nativeId], scope)).get(ref.nativeId) ?? {})
    );
  },
};

/** Number of targets by health state; null when it may not be read. */
async function healthOf(
  elb: Elb,
  arn: string,
  scope: Scope,
): Promise<{ counts: Record<string, number>; instances: string[] } | null> {
  const read = elb.send(new elb.sdk.DescribeTargetHealthCommand({ TargetGroupArn: arn }), scope);
  const answer = await orUnreadable(read);
  if (!answer) return null;
  const counts: Record<string, number> = {};
  const instances: string[] = [];
  for (const entry of answer.TargetHealthDescriptions ?? []) {
    const state = entry.TargetHealth?.State ?? 'unknown';
    counts[state] = (counts[state] ?? 0) + 1;
    if (entry.Target?.Id?.startsWith('i-')) instances.push(entry.Target.Id);
  }
  return { counts, instances };
}

async function targetGroupResource(
  elb: Elb,
  scope: Scope,
  raw: TargetGroup,
  tags: Record<string, string>,
): Promise<Resource> {
  const arn = raw.TargetGroupArn ?? '';
  const health = await healthOf(elb, arn, scope);
  const counts: Record<string, Json> | null = health && health.counts;
  return resource({
    type: TARGET_GROUP.id,
    nativeId: arn,
    id: arn,
    region: scope.region,
    name: raw.TargetGroupName,
    state: 'active',
    tags,
    relations: relations(
      ['in_network', raw.VpcId && ec2Arn(scope, 'vpc', raw.VpcId)],
      ...(raw.LoadBalancerArns ?? []).map((b) => ['member_of', b] as const),
      ...(health?.instances ?? []).map((id) => ['routes_to', ec2Arn(scope, 'instance', id)] as const),
    ),
    attributes: { ...toAttributes(raw), TargetHealthCounts: counts },
  });
}

export const targetGroups: TypeReader = {
  type: TARGET_GROUP,
  async *list(scope) {
    const elb = await scope.session.open(ELB, scope.region);
    const found = elb.pages('DescribeTargetGroups', async (Marker) => {
      const answer = await elb.send(
        new elb.sdk.DescribeTargetGroupsCommand({ Marker, PageSize: 400 }),
        scope,
      );
      return { items: answer.TargetGroups ?? [], next: answer.NextMarker };
    });
    yield* described(
      tagged(elb, found, (g) => g.TargetGroupArn, scope),
      HEALTH_AT_ONCE,
      ({ raw, tags }) => targetGroupResource(elb, scope, raw, tags),
    );
  },
  async inspect(scope, ref) {
    const elb = await scope.session.open(ELB, scope.region);
    const answer = await elb.send(
      new elb.sdk.DescribeTargetGroupsCommand({ TargetGroupArns: [ref.nativeId] }),
      scope,
    );
    const raw = answer.TargetGroups?.[0];
    return (
      raw &&
      targetGroupResource(elb, scope, raw, (await tagsOf(elb, [ref.nativeId], scope)).get(ref.nativeId) ?? {})
    );
  },
};

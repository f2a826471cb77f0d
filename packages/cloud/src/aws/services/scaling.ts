import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type * as AutoscalingSdk from '@aws-sdk/client-auto-scaling';
import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing';
import type * as ClassicSdk from '@aws-sdk/client-elastic-load-balancing';
import { AUTOSCALING, CLASSIC_ELB } from '../clients.ts';
import { relations, tagMap, toAttributes } from '../../shared/normalise.ts';
import { loadBalancerMonthly } from '../price-table.ts';
import { arn, ec2Arn, type Scope } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { orUnreadable } from './lenient.ts';
import { detailedReader, plainReader } from './reader.ts';

/** Groups; their instances are EC2's and carry the cost. */
export const scalingGroups = plainReader<typeof AutoscalingSdk, AutoScalingGroup>({
  type: { id: 'aws.autoscaling.group', label: 'Auto Scaling group', category: 'compute', taggable: true },
  service: AUTOSCALING,
  call: 'DescribeAutoScalingGroups',
  async page(scaling, scope, NextToken) {
    const answer = await scaling.send(
      new scaling.sdk.DescribeAutoScalingGroupsCommand({ NextToken, MaxRecords: 100 }),
      scope,
    );
    return { items: answer.AutoScalingGroups ?? [], next: answer.NextToken };
  },
  async find(scaling, scope, ref) {
    const input = { AutoScalingGroupNames: [ref.id] };
    return (await scaling.send(new scaling.sdk.DescribeAutoScalingGroupsCommand(input), scope))
      .AutoScalingGroups?.[0];
  },
  facts(scope, raw) {
    const id = raw.AutoScalingGroupName ?? '';
    const template = raw.LaunchTemplate?.LaunchTemplateId;
    return {
      nativeId: raw.AutoScalingGroupARN ?? arn(scope, 'autoscaling', `autoScalingGroup:${id}`),
      id,
      state: raw.Status ? 'deleting' : 'active',
      stateRaw: raw.Status,
      tags: tagMap(raw.Tags),
      createdAt: raw.CreatedTime,
      size: { sku: raw.Instances?.[0]?.InstanceType, nodes: raw.DesiredCapacity },
      relations: relations(
        ['source', template && ec2Arn(scope, 'launch-template', template)],
        ...(raw.Instances ?? []).map(
          (i) => ['uses', i.InstanceId && ec2Arn(scope, 'instance', i.InstanceId)] as const,
        ),
        ...(raw.TargetGroupARNs ?? []).map((group) => ['routes_to', group] as const),
        ...(raw.VPCZoneIdentifier ?? '')
          .split(',')
          .map((s) => ['in_subnet', s && ec2Arn(scope, 'subnet', s)] as const),
      ),
      attributes: toAttributes(raw, ['Tags']),
    };
  },
});

interface Classic extends LoadBalancerDescription {
  readonly TagMap: Record<string, string>;
}

async function withTags(
  elb: ServiceHandle<typeof ClassicSdk>,
  scope: Scope,
  raw: LoadBalancerDescription,
): Promise<Classic> {
  const LoadBalancerNames = [raw.LoadBalancerName ?? ''];
  const answer = await orUnreadable(elb.send(new elb.sdk.DescribeTagsCommand({ LoadBalancerNames }), scope));
  return { ...raw, TagMap: tagMap(answer?.TagDescriptions?.[0]?.Tags) };
}

export const classicBalancers = detailedReader<typeof ClassicSdk, LoadBalancerDescription, Classic>({
  type: {
    id: 'aws.elb.classic-load-balancer',
    label: 'Classic load balancer',
    category: 'network',
    taggable: true,
  },
  service: CLASSIC_ELB,
  call: 'DescribeLoadBalancers',
  async page(elb, scope, Marker) {
    const answer = await elb.send(new elb.sdk.DescribeLoadBalancersCommand({ Marker, PageSize: 400 }), scope);
    return { items: answer.LoadBalancerDescriptions ?? [], next: answer.NextMarker };
  },
  detail: withTags,
  async find(elb, scope, ref) {
    const input = { LoadBalancerNames: [ref.id] };
    const answer = await elb.send(new elb.sdk.DescribeLoadBalancersCommand(input), scope);
    return answer.LoadBalancerDescriptions?.[0] && withTags(elb, scope, answer.LoadBalancerDescriptions[0]);
  },
  facts(scope, raw) {
    const id = raw.LoadBalancerName ?? '';
    return {
      nativeId: arn(scope, 'elasticloadbalancing', `loadbalancer/${id}`),
      id,
      state: 'running',
      tags: raw.TagMap,
      createdAt: raw.CreatedTime,
      size: { sku: 'classic' },
      relations: relations(
        ['in_network', raw.VPCId && ec2Arn(scope, 'vpc', raw.VPCId)],
        ...(raw.Subnets ?? []).map((s) => ['in_subnet', ec2Arn(scope, 'subnet', s)] as const),
        ...(raw.SecurityGroups ?? []).map(
          (g) => ['protected_by', ec2Arn(scope, 'security-group', g)] as const,
        ),
        ...(raw.Instances ?? []).map(
          (i) => ['routes_to', i.InstanceId && ec2Arn(scope, 'instance', i.InstanceId)] as const,
        ),
      ),
      attributes: toAttributes(raw, ['TagMap']),
      monthly: loadBalancerMonthly(scope.region, 'classic'),
    };
  },
});

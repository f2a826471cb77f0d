import type {
  AddTagsInput,
  DescribeAccessPointsInput,
  DescribeAccessPointsOutput,
  DescribeTagsInput,
  DescribeTagsOutput,
  LoadBalancerDescription,
  RemoveTagsInput,
} from '@aws-sdk/client-elastic-load-balancing';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { regional } from '../../prices/regions.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { SERVICE } from '../../ledger/charge.ts';
import { listed, pageOf, retag, shelfStore, type Item, type Kind } from '../shelf.ts';

const refuse = (message: string): AwsError => new AwsError('ValidationError', message, 400);

export const classicBalancer: Kind<LoadBalancerDescription> = {
  name: 'elb.classic',
  id: (raw) => raw.LoadBalancerName ?? '',
  arn: (shelf, raw) => shelf.arn('elasticloadbalancing', `loadbalancer/${raw.LoadBalancerName}`),
  rates: (_raw, region) => [
    {
      service: SERVICE.elb,
      productCode: 'AWSELB',
      usage: 'LoadBalancerUsage',
      operation: 'LoadBalancing',
      unit: 'Hrs',
      price: regional(region, 'uniform', 0.025),
      perHour: 1,
    },
  ],
};

function need(context: RequestContext, name: string): Entity<Item<LoadBalancerDescription>> {
  const found = context.store(shelfStore).of(classicBalancer).get(name);
  if (!found)
    throw new AwsError('AccessPointNotFoundException', `There is no ACTIVE Load Balancer named '${name}'`);
  return found;
}

function describeLoadBalancers(
  input: DescribeAccessPointsInput,
  context: RequestContext,
): Output<DescribeAccessPointsOutput> {
  const names = input.LoadBalancerNames ?? [];
  const all =
    names.length > 0
      ? names.map((name) => need(context, name))
      : context.store(shelfStore).of(classicBalancer).list();
  const page = pageOf(all, input.Marker, input.PageSize, 400, context, refuse);
  return { LoadBalancerDescriptions: page.items.map((e) => ({ ...e.data.raw })), NextMarker: page.next };
}

function describeTags(input: DescribeTagsInput, context: RequestContext): Output<DescribeTagsOutput> {
  return {
    TagDescriptions: (input.LoadBalancerNames ?? []).map((LoadBalancerName) => ({
      LoadBalancerName,
      Tags: listed(need(context, LoadBalancerName).data.tags),
    })),
  };
}

function addTags(input: AddTagsInput, context: RequestContext): void {
  for (const name of input.LoadBalancerNames ?? []) retag(need(context, name).data, input.Tags);
}

function removeTags(input: RemoveTagsInput, context: RequestContext): void {
  const keys = (input.Tags ?? []).flatMap((t) => t.Key ?? []);
  for (const name of input.LoadBalancerNames ?? []) retag(need(context, name).data, [], keys);
}

/** Elastic Load Balancing, the first version: classic load balancers. */
export const classicElb: ServiceDefinition = {
  iamPrefix: 'elasticloadbalancing',
  handlers: {
    DescribeLoadBalancers: describeLoadBalancers,
    DescribeTags: describeTags,
    AddTags: addTags,
    RemoveTags: removeTags,
  },
};

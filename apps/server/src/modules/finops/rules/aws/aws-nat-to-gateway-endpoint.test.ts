import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-nat-to-gateway-endpoint.ts';

const GIB = 1024 ** 3;
const gateway = makeResource('aws.ec2.nat-gateway', { id: 'nat', state: 'running' });
const vpc = makeResource('aws.ec2.vpc', { id: 'vpc' });
const endpoint = (id: string, service: string, type = 'Gateway') =>
  makeResource('aws.ec2.vpc-endpoint', {
    id,
    attributes: { VpcEndpointType: type, ServiceName: `com.amazonaws.us-east-1.${service}` },
  });
/** GiB over 30 days. */
const moved = (gib: number) => ({ 'network_out.sum': (gib * GIB) / 720, 'network_in.sum': 0 });
const base = { others: [vpc], edges: ['nat in_network vpc'] };
const both = {
  others: [vpc, endpoint('a', 's3'), endpoint('b', 'dynamodb')],
  edges: ['nat in_network vpc', 'a in_network vpc', 'b in_network vpc'],
};

describeRule(rule, [
  {
    when: 'much traffic and no endpoint',
    resource: gateway,
    ...base,
    metrics: moved(100),
    verdict: 'found',
    monthly: null,
    why: /S3 and DynamoDB/,
  },
  {
    when: 'one of the two is missing',
    resource: gateway,
    others: [vpc, endpoint('a', 's3')],
    edges: ['nat in_network vpc', 'a in_network vpc'],
    metrics: moved(100),
    verdict: 'found',
    why: /endpoint for DynamoDB/,
  },
  {
    when: 'an interface endpoint is not free',
    resource: gateway,
    others: [vpc, endpoint('a', 's3', 'Interface'), endpoint('b', 'dynamodb')],
    edges: both.edges,
    metrics: moved(100),
    verdict: 'found',
    why: /endpoint for S3\./,
  },
  { when: 'both are there', resource: gateway, ...both, metrics: moved(100), verdict: 'clear' },
  {
    when: 'exactly at the limit',
    resource: gateway,
    ...base,
    parameters: { gib: 45 },
    metrics: moved(45),
    verdict: 'clear',
  },
  { when: 'just above the limit', resource: gateway, ...base, metrics: moved(10.1), verdict: 'found' },
  { when: 'never measured', resource: gateway, ...base, verdict: 'no_metrics' },
  {
    when: 'its VPC is not in the inventory',
    resource: gateway,
    metrics: moved(100),
    verdict: 'not_synchronised',
  },
  {
    when: 'too young',
    resource: { ...gateway, createdAt: ago(29) },
    ...base,
    metrics: moved(100),
    verdict: 'too_young',
  },
]);

/** Resource types of load balancers of the second generation and of their target groups. */
export const LOAD_BALANCER = 'aws.elb.load-balancer';
export const TARGET_GROUP = 'aws.elb.target-group';

/** Permissions of a deletion that captures the whole configuration. */
export const BALANCER_PERMISSIONS = {
  read: [
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeTargetHealth',
    'cloudwatch:GetMetricData',
  ],
  apply: ['elasticloadbalancing:DeleteLoadBalancer'],
  undo: [
    'elasticloadbalancing:CreateLoadBalancer',
    'elasticloadbalancing:CreateListener',
    'elasticloadbalancing:CreateRule',
    'elasticloadbalancing:AddTags',
  ],
} as const;

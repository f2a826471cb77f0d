import type { ServiceDefinition } from '../../context.ts';
import {
  createListener,
  createLoadBalancer,
  deleteListener,
  deleteLoadBalancer,
  describeListeners,
  describeLoadBalancers,
} from './load-balancers.ts';
import {
  addTags,
  createTargetGroup,
  deleteTargetGroup,
  deregisterTargets,
  describeTags,
  describeTargetGroups,
  describeTargetHealth,
  registerTargets,
  removeTags,
} from './target-groups.ts';

/** Elastic Load Balancing, version 2. */
export const elbv2: ServiceDefinition = {
  iamPrefix: 'elasticloadbalancing',
  handlers: {
    AddTags: addTags,
    CreateListener: createListener,
    CreateLoadBalancer: createLoadBalancer,
    CreateTargetGroup: createTargetGroup,
    DeleteListener: deleteListener,
    DeleteLoadBalancer: deleteLoadBalancer,
    DeleteTargetGroup: deleteTargetGroup,
    DeregisterTargets: deregisterTargets,
    DescribeListeners: describeListeners,
    DescribeLoadBalancers: describeLoadBalancers,
    DescribeTags: describeTags,
    DescribeTargetGroups: describeTargetGroups,
    DescribeTargetHealth: describeTargetHealth,
    RegisterTargets: registerTargets,
    RemoveTags: removeTags,
  },
};

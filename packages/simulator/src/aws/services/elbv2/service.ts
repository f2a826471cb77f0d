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
  addListenerCertificates,
  createRule,
  deleteRule,
  describeListenerCertificates,
  describeLoadBalancerAttributes,
  describeRules,
  modifyLoadBalancerAttributes,
} from './rules.ts';
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
    AddListenerCertificates: addListenerCertificates,
    AddTags: addTags,
    CreateRule: createRule,
    DeleteRule: deleteRule,
    DescribeListenerCertificates: describeListenerCertificates,
    DescribeLoadBalancerAttributes: describeLoadBalancerAttributes,
    DescribeRules: describeRules,
    ModifyLoadBalancerAttributes: modifyLoadBalancerAttributes,
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

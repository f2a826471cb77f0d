import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-eks-no-spot.ts';

const group = (capacityType: string, desiredSize: number, tags: Record<string, string>) =>
  makeResource('aws.eks.nodegroup', {
    state: 'running',
    tags,
    attributes: { capacityType, scalingConfig: { desiredSize } },
  });

describeRule(rule, [
  {
    when: 'staging on demand',
    resource: group('ON_DEMAND', 3, { env: 'staging' }),
    verdict: 'found',
    monthly: null,
    action: null,
    why: /3 nodes on demand/,
  },
  { when: 'a single node', resource: group('ON_DEMAND', 1, { env: 'staging' }), verdict: 'found' },
  { when: 'scaled to zero', resource: group('ON_DEMAND', 0, { env: 'staging' }), verdict: 'clear' },
  { when: 'spot already', resource: group('SPOT', 3, { env: 'staging' }), verdict: 'clear' },
  { when: 'production', resource: group('ON_DEMAND', 3, { env: 'prod' }), verdict: 'clear' },
  { when: 'no environment tag', resource: group('ON_DEMAND', 3, {}), verdict: 'clear' },
]);

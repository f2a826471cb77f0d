import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-opensearch-masters.ts';

const domain = (count: number | undefined, enabled = true) =>
  makeResource('aws.opensearch.domain', {
    state: 'running',
    attributes: {
      ClusterConfig: {
        DedicatedMasterEnabled: enabled,
        DedicatedMasterType: 'm6g.large.search',
        ...(count === undefined ? {} : { DedicatedMasterCount: count }),
      },
    },
  });

describeRule(rule, [
  {
    when: 'five masters',
    resource: domain(5),
    verdict: 'found',
    monthly: null,
    recommended: ['3'],
    action: { kind: 'operations', operations: [{ operation: 'modify', parameters: { masterCount: 3 } }] },
  },
  { when: 'exactly three', resource: domain(3), verdict: 'clear' },
  { when: 'not enabled', resource: domain(5, false), verdict: 'clear' },
  { when: 'no number', resource: domain(undefined), verdict: 'clear' },
  { when: 'being changed', resource: { ...domain(5), state: 'updating' }, verdict: 'clear' },
]);

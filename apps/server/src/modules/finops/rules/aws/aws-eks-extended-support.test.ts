import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-eks-extended-support.ts';

const cluster = (version: string) =>
  makeResource('aws.eks.cluster', { state: 'running', attributes: { version } });

// The tests look on 2 March 2026.
describeRule(rule, [
  {
    when: 'years past its end',
    resource: cluster('1.24'),
    verdict: 'found',
    monthly: '365.25',
    why: /1\.24 ended on Jan 31, 2024/,
    action: null,
  },
  { when: 'three months past its end', resource: cluster('1.31'), verdict: 'found' },
  { when: 'three weeks before its end', resource: cluster('1.32'), verdict: 'clear' },
  { when: 'a version that is not in the calendar', resource: cluster('1.40'), verdict: 'clear' },
  // 0.60 an hour in all is 14.4 a day.
  {
    when: 'the bill shows the surcharge',
    resource: cluster('1.24'),
    cost: '14.4',
    verdict: 'found',
    monthly: '365.25',
  },
  {
    when: 'the bill shows a part of it',
    resource: cluster('1.24'),
    cost: '5',
    verdict: 'found',
    monthly: '79.15',
  },
  { when: 'the bill shows the plain price only', resource: cluster('1.24'), cost: '2.4', verdict: 'clear' },
  {
    when: 'AWS upgrades it by itself',
    resource: makeResource('aws.eks.cluster', {
      state: 'running',
      attributes: { version: '1.24', upgradePolicy: { supportType: 'STANDARD' } },
    }),
    verdict: 'clear',
  },
  { when: 'no version', resource: makeResource('aws.eks.cluster', { state: 'running' }), verdict: 'clear' },
  { when: 'being updated', resource: { ...cluster('1.24'), state: 'updating' }, verdict: 'clear' },
]);

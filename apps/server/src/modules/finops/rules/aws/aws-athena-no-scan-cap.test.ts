import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-athena-no-scan-cap.ts';

const group = (BytesScannedCutoffPerQuery?: number) =>
  makeResource('aws.athena.work-group', {
    attributes: {
      Configuration: BytesScannedCutoffPerQuery === undefined ? {} : { BytesScannedCutoffPerQuery },
    },
  });

describeRule(rule, [
  {
    when: 'no limit',
    resource: group(),
    verdict: 'found',
    monthly: null,
    action: {
      kind: 'operations',
      operations: [{ operation: 'set-scan-limit', parameters: { bytes: 1024 ** 4 } }],
    },
    why: /1 TiB/,
  },
  { when: 'no configuration at all', resource: makeResource('aws.athena.work-group'), verdict: 'found' },
  {
    when: 'another limit is wanted',
    resource: group(),
    parameters: { gib: 10 },
    verdict: 'found',
    recommended: ['10 GiB'],
  },
  { when: 'the smallest limit there is', resource: group(10_000_000), verdict: 'clear' },
  {
    when: 'the one every region has',
    resource: { ...group(), id: 'primary' },
    verdict: 'excluded',
    detail: 'primary',
  },
  { when: 'disabled', resource: { ...group(), state: 'stopped' }, verdict: 'clear' },
]);

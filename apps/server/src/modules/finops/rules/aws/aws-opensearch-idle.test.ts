import { makeResource } from '../testing/resource.ts';
import { describeRule, unusedRows } from '../testing/table.ts';
import { rule } from './aws-opensearch-idle.ts';

const domain = makeResource('aws.opensearch.domain', { state: 'running' });
const rest = { 'searches.sum': 0, 'indexing.sum': 0 };

describeRule(rule, [
  ...unusedRows({ resource: domain, metrics: ['searches.sum', 'indexing.sum'], days: 14 }),
  {
    when: 'money',
    resource: domain,
    metrics: rest,
    cost: '4',
    verdict: 'found',
    monthly: '121.76',
    why: /No searches and no indexing in 14 days/,
  },
  { when: 'the bill does not know it', resource: domain, metrics: rest, verdict: 'found', monthly: null },
]);

import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-gcs-lifecycle.ts';

const bucket = makeResource('gcp.storage.bucket', { provider: 'gcp', size: { sku: 'STANDARD' } });
const prices = { 'object_storage STANDARD': '0.02', 'object_storage NEARLINE': '0.01' };
const load = (gib: number, requests: number) => ({
  'stored_bytes.average': gib * 1024 ** 3,
  'requests.sum': requests,
});
const base = { resource: bucket, prices, metrics: load(1000, 0) };

describeRule(rule, [
  { when: 'cold', ...base, verdict: 'found', monthly: '10', recommended: ['NEARLINE'] },
  { when: 'billed less', ...base, cost: '0.1', verdict: 'found', monthly: '3.044' },
  { when: 'read', ...base, metrics: load(1000, 1), verdict: 'clear' },
  { when: 'exactly 100 GiB', ...base, metrics: load(100, 0), verdict: 'found', monthly: '1' },
  { when: 'small', ...base, metrics: load(99, 0), verdict: 'clear' },
  {
    when: 'it has rules',
    ...base,
    resource: { ...bucket, attributes: { lifecycle: { rule: [{ action: { type: 'Delete' } }] } } },
    verdict: 'clear',
  },
  { when: 'of another class', ...base, resource: { ...bucket, size: { sku: 'COLDLINE' } }, verdict: 'clear' },
  { when: 'never measured', ...base, metrics: {}, verdict: 'no_metrics' },
  { when: 'young', ...base, resource: { ...bucket, createdAt: ago(29) }, verdict: 'too_young' },
  { when: 'no price', ...base, prices: {}, verdict: 'no_price' },
]);

import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-logs-retention.ts';

const GIB = 1024 ** 3;
const group = makeResource('aws.logs.log-group', { size: { storageGiB: 200 } });
const prices = { log_storage: '0.03' };
/** GiB written a day. */
const written = (gib: number) => ({ 'incoming_bytes.sum': (gib * GIB) / 24 });

describeRule(rule, [
  {
    when: 'nothing is written any more',
    resource: group,
    prices,
    metrics: written(0),
    verdict: 'found',
    monthly: '6',
    action: { kind: 'operations', operations: [{ operation: 'set-retention', parameters: { days: '90' } }] },
  },
  {
    when: 'still written: the newest 90 of 400 days stay',
    resource: group,
    prices,
    metrics: written(1),
    verdict: 'found',
    monthly: '4.65',
  },
  {
    when: 'never more than the bill',
    resource: group,
    prices,
    metrics: written(0),
    cost: '0.1',
    verdict: 'found',
    monthly: '3.044',
  },
  {
    when: 'a period AWS does not offer: the next one',
    resource: group,
    prices,
    metrics: written(0),
    parameters: { keep: 100 },
    verdict: 'found',
    recommended: ['120 d'],
  },
  {
    when: 'retention is set',
    resource: { ...group, attributes: { retentionInDays: 3653 } },
    prices,
    metrics: written(0),
    verdict: 'clear',
  },
  {
    when: 'exactly a GiB',
    resource: { ...group, size: { storageGiB: 1 } },
    prices,
    metrics: written(0),
    verdict: 'found',
  },
  {
    when: 'less than a GiB',
    resource: { ...group, size: { storageGiB: 0.9 } },
    prices,
    metrics: written(0),
    verdict: 'clear',
  },
  {
    when: 'exactly 90 days old',
    resource: { ...group, createdAt: ago(90) },
    prices,
    metrics: written(0),
    verdict: 'too_young',
  },
  { when: 'never measured', resource: group, prices, verdict: 'no_metrics' },
  { when: 'no size', resource: { ...group, size: null }, prices, verdict: 'unknown_size' },
  { when: 'no price', resource: group, metrics: written(0), verdict: 'no_price' },
]);

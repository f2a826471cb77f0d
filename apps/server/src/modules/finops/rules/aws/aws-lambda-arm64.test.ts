import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-lambda-arm64.ts';

const fn = makeResource('aws.lambda.function', { attributes: { Architectures: ['x86_64'] } });
const prices = { 'function x86_64': '0.00002', 'function arm64': '0.000016' };
const called = { 'invocations.sum': 10 };

describeRule(rule, [
  {
    when: 'called on x86',
    resource: fn,
    prices,
    metrics: called,
    cost: '1',
    verdict: 'found',
    monthly: '6.088',
    action: null,
  },
  {
    when: 'no architecture told is x86',
    resource: { ...fn, attributes: {} },
    prices,
    metrics: called,
    cost: '1',
    verdict: 'found',
  },
  {
    when: 'never called',
    resource: fn,
    prices,
    metrics: { 'invocations.sum': 0 },
    cost: '1',
    verdict: 'clear',
  },
  {
    when: 'arm64 already',
    resource: { ...fn, attributes: { Architectures: ['arm64'] } },
    prices,
    metrics: called,
    cost: '1',
    verdict: 'clear',
  },
  {
    when: 'arm64 costs the same',
    resource: fn,
    prices: { ...prices, 'function arm64': '0.00002' },
    metrics: called,
    cost: '1',
    verdict: 'clear',
  },
  { when: 'never measured', resource: fn, prices, cost: '1', verdict: 'no_metrics' },
  { when: 'no price', resource: fn, metrics: called, cost: '1', verdict: 'no_price' },
  { when: 'the bill does not know it', resource: fn, prices, metrics: called, verdict: 'no_cost' },
]);

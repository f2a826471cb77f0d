import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-lambda-memory.ts';

const fn = (MemorySize: number, more = {}) =>
  makeResource('aws.lambda.function', { attributes: { MemorySize, Timeout: 10, ...more } });
const prices = { 'function x86_64': '0.0000166667', 'function arm64': '0.0000133334' };
/** Longest call in ms; an hour's calls take 1,000 seconds together. */
const metrics = (longest: number) => ({ 'duration.maximum': longest, 'duration.sum': 1_000_000 });

describeRule(rule, [
  {
    when: 'short calls with a GiB',
    resource: fn(1024),
    prices,
    metrics: metrics(500),
    verdict: 'found',
    monthly: '6.088',
    recommended: ['512 MB'],
    action: { kind: 'operations', operations: [{ operation: 'configure', parameters: { memoryMb: 512 } }] },
  },
  {
    when: 'arm64 has its own price',
    resource: fn(1024, { Architectures: ['arm64'] }),
    prices,
    metrics: metrics(500),
    verdict: 'found',
    monthly: '4.8704',
  },
  {
    when: 'the longest call exactly at the limit',
    resource: fn(1024),
    prices,
    metrics: metrics(3000),
    verdict: 'clear',
  },
  { when: 'just below the limit', resource: fn(1024), prices, metrics: metrics(2999), verdict: 'found' },
  { when: 'exactly 256 MB', resource: fn(256), prices, metrics: metrics(10), verdict: 'clear' },
  {
    when: 'never called: nothing is known',
    resource: fn(1024),
    prices,
    metrics: { 'duration.maximum': { value: () => null }, 'duration.sum': { value: () => null } },
    verdict: 'no_metrics',
  },
  { when: 'never measured', resource: fn(1024), prices, verdict: 'no_metrics', detail: 'duration' },
  { when: 'no price', resource: fn(1024), metrics: metrics(10), verdict: 'no_price', detail: 'x86_64' },
  { when: 'no memory told', resource: makeResource('aws.lambda.function'), prices, verdict: 'unknown_size' },
]);

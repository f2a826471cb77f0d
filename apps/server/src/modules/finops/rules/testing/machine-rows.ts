import type { RuleResource } from '../rule.ts';
import { ago } from './resource.ts';
import type { Row } from './table.ts';

/** 40 % of CPU from 11 to 22 UTC on weekdays, else 1 %. */
const office = (hour: number): number => (hour < 120 && hour % 24 >= 11 && hour % 24 < 22 ? 40 : 1);

/** What every rule made by `idleMachine` says of a machine of its provider. @param vm running and old enough */
export function idleMachineRows(vm: RuleResource): readonly Row[] {
  const quiet = { 'cpu_utilization.average': 2, 'network_in.sum': 1000, 'network_out.sum': 1000 };
  return [
    {
      when: 'quiet for a week',
      resource: vm,
      metrics: quiet,
      cost: '4.61',
      verdict: 'found',
      monthly: '140.3284',
      confidence: 'medium',
      action: { kind: 'operations', operations: [{ operation: 'stop', parameters: {} }] },
      why: /2 % over 7 days, with .* of network traffic a day/,
      recommended: ['stopped'],
    },
    {
      when: 'traffic was never measured',
      resource: vm,
      metrics: { 'cpu_utilization.average': 2 },
      cost: '1',
      verdict: 'found',
      confidence: 'medium',
      why: /2 % over 7 days\.$/,
    },
    {
      when: 'just below the limit',
      resource: vm,
      metrics: { 'cpu_utilization.average': 4.99 },
      cost: '1',
      verdict: 'found',
    },
    {
      when: 'exactly at the limit',
      resource: vm,
      metrics: { 'cpu_utilization.average': 5 },
      cost: '1',
      verdict: 'clear',
    },
    {
      when: 'a higher limit is in force',
      resource: vm,
      metrics: { 'cpu_utilization.average': 9 },
      parameters: { cpu: 10 },
      cost: '1',
      verdict: 'found',
    },
    {
      when: 'quiet CPU and much traffic',
      resource: vm,
      metrics: { ...quiet, 'network_out.sum': 50e6 },
      cost: '1',
      verdict: 'found',
      confidence: 'low',
    },
    { when: 'it costs nothing', resource: vm, metrics: quiet, cost: '0', verdict: 'clear' },
    { when: 'never measured', resource: vm, cost: '1', verdict: 'no_metrics', detail: 'cpu_utilization' },
    {
      when: 'measured for too few days',
      resource: vm,
      metrics: { 'cpu_utilization.average': { value: 2, days: 5 } },
      cost: '1',
      verdict: 'too_few_metrics',
    },
    {
      when: 'a day younger than the look-back',
      resource: { ...vm, createdAt: ago(6) },
      metrics: quiet,
      cost: '1',
      verdict: 'too_young',
      detail: '7 days',
    },
    {
      when: 'exactly as old as the look-back',
      resource: { ...vm, createdAt: ago(7) },
      metrics: quiet,
      cost: '1',
      verdict: 'found',
    },
    {
      when: 'off',
      resource: { ...vm, state: 'stopped' },
      metrics: quiet,
      cost: '1',
      verdict: 'clear',
    },
    {
      when: 'the bill does not know it',
      resource: vm,
      metrics: quiet,
      verdict: 'found',
      monthly: null,
      confidence: 'low',
    },
    {
      when: 'the bill knows no resources',
      resource: vm,
      metrics: quiet,
      bill: 'sums',
      verdict: 'found',
      monthly: null,
    },
  ];
}

/** What every rule made by `offHoursMachine` says of a machine of its provider; the hours themselves are AWS's table. */
export function offHoursMachineRows(vm: RuleResource): readonly Row[] {
  const used = { 'cpu_utilization.average': { value: office } };
  return [
    {
      when: 'used on working days',
      resource: vm,
      metrics: used,
      cost: '10',
      verdict: 'found',
      why: /08:00|07:00/,
    },
    {
      when: 'used day and night',
      resource: vm,
      metrics: { 'cpu_utilization.average': 40 },
      cost: '10',
      verdict: 'clear',
    },
    {
      when: 'never used',
      resource: vm,
      metrics: { 'cpu_utilization.average': 1 },
      cost: '10',
      verdict: 'clear',
    },
    {
      when: 'traffic at night',
      resource: vm,
      metrics: { ...used, 'network_in.sum': 50_000_000 },
      cost: '10',
      verdict: 'clear',
    },
    {
      when: 'production',
      resource: { ...vm, tags: { env: 'production' } },
      metrics: used,
      cost: '10',
      verdict: 'excluded',
      detail: 'production',
    },
    {
      when: 'production, wanted',
      resource: { ...vm, tags: { env: 'production' } },
      parameters: { production: 1 },
      metrics: used,
      cost: '10',
      verdict: 'found',
      confidence: 'low',
    },
    { when: 'never measured', resource: vm, cost: '10', verdict: 'no_metrics' },
    { when: 'young', resource: { ...vm, createdAt: ago(13) }, verdict: 'too_young' },
    { when: 'the bill does not know it', resource: vm, metrics: used, verdict: 'no_cost' },
    {
      when: 'the bill knows no resources',
      resource: vm,
      metrics: used,
      bill: 'sums',
      verdict: 'found',
      monthly: null,
    },
    { when: 'off', resource: { ...vm, state: 'stopped' }, verdict: 'clear' },
  ];
}

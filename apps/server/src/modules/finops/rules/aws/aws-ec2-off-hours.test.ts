import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ec2-off-hours.ts';

const instance = makeResource('aws.ec2.instance', { state: 'running', region: 'eu-north-9' });
/** 30 % on weekdays between the hours (UTC), else 2 %. */
const office = (from: number, to: number, quiet = 2) => ({
  value: (hour: number) => (hour < 120 && hour % 24 >= from && hour % 24 < to ? 30 : quiet),
});

describeRule(rule, [
  {
    when: 'office hours on weekdays',
    resource: instance,
    metrics: { 'cpu_utilization.average': office(9, 18) },
    cost: '10',
    verdict: 'found',
    // 168 − 5 × 11 hours are idle.
    monthly: '204.7452',
    action: { kind: 'schedule', days: [1, 2, 3, 4, 5], startAt: '08:00', stopAt: '19:00', timeZone: 'UTC' },
  },
  {
    when: 'in the zone of its region',
    resource: { ...instance, region: 'sa-east-1' },
    // 09–18 in São Paulo.
    metrics: { 'cpu_utilization.average': office(12, 21) },
    cost: '10',
    verdict: 'found',
    action: {
      kind: 'schedule',
      days: [1, 2, 3, 4, 5],
      startAt: '08:00',
      stopAt: '19:00',
      timeZone: 'America/Sao_Paulo',
    },
  },
  {
    when: 'exactly as many idle hours as wanted',
    resource: instance,
    metrics: { 'cpu_utilization.average': office(9, 18) },
    parameters: { hours: 113 },
    cost: '10',
    verdict: 'found',
  },
  {
    when: 'one idle hour too few',
    resource: instance,
    metrics: { 'cpu_utilization.average': office(9, 18) },
    parameters: { hours: 114 },
    cost: '10',
    verdict: 'clear',
  },
  {
    when: 'nights with CPU exactly at the limit are idle',
    resource: instance,
    metrics: { 'cpu_utilization.average': office(9, 18, 5) },
    cost: '10',
    verdict: 'found',
  },
  {
    when: 'nights above the limit',
    resource: instance,
    metrics: { 'cpu_utilization.average': office(9, 18, 5.1) },
    cost: '10',
    verdict: 'clear',
  },
  {
    when: 'nights with a small share of the traffic of the day',
    resource: instance,
    metrics: {
      'cpu_utilization.average': office(9, 18),
      'network_out.sum': { value: (hour) => (hour < 120 && hour % 24 >= 9 && hour % 24 < 18 ? 900e6 : 17e6) },
    },
    cost: '10',
    verdict: 'found',
  },
  {
    when: 'nights with traffic',
    resource: instance,
    metrics: { 'cpu_utilization.average': office(9, 18), 'network_out.sum': 4e6 },
    cost: '10',
    verdict: 'clear',
  },
  {
    when: 'weekdays around the clock: advice, a pair of times can not say it',
    resource: instance,
    metrics: { 'cpu_utilization.average': office(0, 24) },
    cost: '10',
    verdict: 'found',
    action: null,
  },
  {
    when: 'production, left out unless wanted',
    resource: { ...instance, tags: { Environment: 'production' } },
    metrics: { 'cpu_utilization.average': office(9, 18) },
    cost: '10',
    verdict: 'excluded',
    detail: 'production',
  },
  {
    when: 'production, wanted',
    resource: { ...instance, tags: { Environment: 'production' } },
    metrics: { 'cpu_utilization.average': office(9, 18) },
    parameters: { production: 1 },
    cost: '10',
    verdict: 'found',
    confidence: 'low',
  },
  {
    when: 'hours without data may have been busy',
    resource: instance,
    metrics: {
      'cpu_utilization.average': { value: (h: number) => (h % 24 < 12 ? 30 : h % 24 === 20 ? null : 2) },
    },
    cost: '10',
    verdict: 'clear',
  },
  {
    when: 'never busy is another rule',
    resource: instance,
    metrics: { 'cpu_utilization.average': 1 },
    cost: '10',
    verdict: 'clear',
  },
  {
    when: 'the bill does not know it',
    resource: instance,
    metrics: { 'cpu_utilization.average': office(9, 18) },
    verdict: 'no_cost',
  },
  { when: 'never measured', resource: instance, cost: '10', verdict: 'no_metrics' },
  {
    when: 'too young',
    resource: { ...instance, createdAt: ago(10) },
    metrics: { 'cpu_utilization.average': office(9, 18) },
    cost: '10',
    verdict: 'too_young',
  },
]);

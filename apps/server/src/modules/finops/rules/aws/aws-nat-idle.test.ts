import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-nat-idle.ts';

const gateway = makeResource('aws.ec2.nat-gateway', { state: 'running' });
const none = { 'network_out.sum': 0, 'network_in.sum': 0 };

describeRule(rule, [
  {
    when: 'no byte in a week',
    resource: gateway,
    metrics: none,
    cost: '1.08',
    verdict: 'found',
    monthly: '32.8752',
    action: { kind: 'operations', operations: [{ operation: 'delete', parameters: {} }] },
  },
  {
    when: 'measured and without any points',
    resource: gateway,
    metrics: { 'network_out.sum': { value: () => null }, 'network_in.sum': { value: () => null } },
    cost: '1.08',
    verdict: 'found',
  },
  {
    when: 'one byte',
    resource: gateway,
    metrics: { ...none, 'network_in.sum': { value: (h) => (h === 100 ? 1 : 0) } },
    cost: '1.08',
    verdict: 'clear',
  },
  { when: 'never measured', resource: gateway, cost: '1.08', verdict: 'no_metrics', detail: 'network_out' },
  {
    when: 'only one way was measured',
    resource: gateway,
    metrics: { 'network_out.sum': 0 },
    cost: '1.08',
    verdict: 'no_metrics',
    detail: 'network_in',
  },
  {
    when: 'exactly a week old',
    resource: { ...gateway, createdAt: ago(7) },
    metrics: none,
    cost: '1.08',
    verdict: 'found',
  },
  {
    when: 'younger',
    resource: { ...gateway, createdAt: ago(6.5) },
    metrics: none,
    cost: '1.08',
    verdict: 'too_young',
  },
  {
    when: 'being deleted',
    resource: { ...gateway, state: 'deleting' },
    metrics: none,
    cost: '1.08',
    verdict: 'clear',
  },
  { when: 'the bill does not know it', resource: gateway, metrics: none, verdict: 'found', monthly: null },
]);

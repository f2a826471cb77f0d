import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-secret-unused.ts';

const secret = (days: number | null, more = {}) =>
  makeResource('aws.secretsmanager.secret', {
    attributes: days === null ? {} : { LastAccessedDate: ago(days).toISOString() },
    ...more,
  });

describeRule(rule, [
  {
    when: 'not read for long',
    resource: secret(200),
    verdict: 'found',
    monthly: '0.4',
    why: /200 days ago/,
    action: { kind: 'operations', operations: [{ operation: 'delete', parameters: { windowDays: 30 } }] },
  },
  { when: 'exactly 90 days', resource: secret(90), verdict: 'found' },
  { when: 'read 89 days ago', resource: secret(89), verdict: 'clear' },
  { when: 'never read', resource: secret(null), verdict: 'found', why: /Never read in the 400 days/ },
  { when: 'never read but young', resource: secret(null, { createdAt: ago(89) }), verdict: 'too_young' },
  {
    when: 'a service owns it',
    resource: { ...secret(200), attributes: { OwningService: 'rds' } },
    verdict: 'excluded',
    detail: 'owned by rds',
  },
  { when: 'being deleted', resource: { ...secret(200), state: 'deleted' }, verdict: 'clear' },
  {
    when: 'never more than the bill',
    resource: secret(200),
    cost: '0.01',
    verdict: 'found',
    monthly: '0.3044',
  },
]);

import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-health-check-unused.ts';

const check = makeResource('aws.route53.health-check', {
  state: 'available',
  region: 'global',
  createdAt: null,
  attributes: { UsedBy: 0 },
});

describeRule(rule, [
  {
    when: 'named by no record',
    resource: check,
    verdict: 'found',
    monthly: '0.5',
    action: { kind: 'operations', operations: [{ operation: 'delete', parameters: {} }] },
  },
  {
    when: 'first met exactly as long ago as wanted',
    resource: { ...check, firstSeenAt: ago(7) },
    parameters: { days: 7 },
    verdict: 'found',
  },
  {
    when: 'first met today',
    resource: { ...check, firstSeenAt: ago(0) },
    parameters: { days: 7 },
    verdict: 'too_young',
  },
  { when: 'in use', resource: { ...check, state: 'in_use', attributes: { UsedBy: 2 } }, verdict: 'clear' },
  {
    when: 'records may not be read',
    resource: { ...check, attributes: { UsedBy: null } },
    verdict: 'missing_permission',
  },
  {
    when: 'a service made it',
    resource: {
      ...check,
      attributes: { UsedBy: 0, LinkedService: { ServicePrincipal: 'servicediscovery' } },
    },
    verdict: 'excluded',
  },
]);

import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-rds-extended-support.ts';

const database = (engine: string, version: string, more = {}) =>
  makeResource('aws.rds.instance', {
    state: 'running',
    size: { sku: 'db.m5.large', cpus: 2 },
    attributes: { Engine: engine, EngineVersion: version, ...more },
  });

// The tests look on 2 March 2026.
describeRule(rule, [
  {
    when: 'MySQL 5.7',
    resource: database('mysql', '5.7.44'),
    verdict: 'found',
    monthly: '146.1',
    why: /mysql 5\.7 ended on Feb 29, 2024/,
    action: null,
  },
  {
    when: 'a standby counts twice',
    resource: database('mysql', '5.7.44', { MultiAZ: true }),
    verdict: 'found',
    monthly: '292.2',
  },
  { when: 'PostgreSQL 13, two days past its end', resource: database('postgres', '13.9'), verdict: 'found' },
  { when: 'PostgreSQL 14, a year before its end', resource: database('postgres', '14.2'), verdict: 'clear' },
  { when: 'MySQL 8.0, months before its end', resource: database('mysql', '8.0.36'), verdict: 'clear' },
  { when: 'a version that is not in the calendar', resource: database('postgres', '17.1'), verdict: 'clear' },
  { when: 'an engine that is not in the calendar', resource: database('oracle-ee', '19'), verdict: 'clear' },
  {
    when: 'AWS upgrades it by itself',
    resource: database('mysql', '5.7.44', {
      EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
    }),
    verdict: 'clear',
  },
  {
    when: 'no version',
    resource: makeResource('aws.rds.instance', { state: 'running', size: { sku: 'db.m5.large' } }),
    verdict: 'clear',
  },
  {
    when: 'no class',
    resource: makeResource('aws.rds.instance', { state: 'running' }),
    verdict: 'unknown_size',
  },
  {
    when: 'never more than the bill',
    resource: database('mysql', '5.7.44'),
    cost: '3',
    verdict: 'found',
    monthly: '91.32',
  },
]);

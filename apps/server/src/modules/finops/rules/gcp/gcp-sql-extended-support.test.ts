import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-sql-extended-support.ts';

const database = (databaseVersion: string | undefined, state: 'running' | 'stopped' = 'running') =>
  makeResource('gcp.sql.instance', {
    provider: 'gcp',
    state,
    size: { sku: 'db-custom-2-7680', storageGiB: 100 },
    attributes: databaseVersion === undefined ? {} : { databaseVersion },
  });

// The tests look on 2 March 2026.
describeRule(rule, [
  {
    when: 'MySQL 5.7',
    resource: database('MYSQL_5_7'),
    verdict: 'found',
    monthly: null,
    why: /MYSQL_5_7 began on Feb 1, 2025/,
    action: null,
  },
  { when: 'PostgreSQL 9.6', resource: database('POSTGRES_9_6'), verdict: 'found' },
  { when: 'PostgreSQL 13, a month after its start', resource: database('POSTGRES_13'), verdict: 'found' },
  { when: 'MySQL 8.0, months before its start', resource: database('MYSQL_8_0_36'), verdict: 'clear' },
  { when: 'PostgreSQL 14, a year before', resource: database('POSTGRES_14'), verdict: 'clear' },
  { when: 'a version that is not in the calendar', resource: database('POSTGRES_17'), verdict: 'clear' },
  {
    when: 'an engine that is not in the calendar',
    resource: database('SQLSERVER_2019_STANDARD'),
    verdict: 'clear',
  },
  { when: 'stopped: nothing is charged', resource: database('MYSQL_5_7', 'stopped'), verdict: 'clear' },
  { when: 'no version', resource: database(undefined), verdict: 'clear' },
]);

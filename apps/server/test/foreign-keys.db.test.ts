import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/platform/testing/postgres.ts';

/** A foreign key with what its look-ups in both directions find. */
interface KeyFacts {
  child: string;
  parent: string;
  columns: string[];
  /** Columns of the child's indexes without a condition. */
  indexes: string[][];
  /** Names of the parent's indexes without a condition that begin with the organization and go on with something else. */
  rivals: string[];
}

const catalogue = `
  with index_of as (
    select i.indrelid as relation, i.indexrelid, i.indisprimary,
      array(select coalesce(a.attname, '') from unnest(i.indkey::int2[]) with ordinality k (number, place)
            left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number order by k.place)::text[] as columns
    from pg_index i where i.indpred is null
  )
  select fk.conrelid::regclass::text as child, fk.confrelid::regclass::text as parent,
    array(select a.attname from unnest(fk.conkey) k (number)
          join pg_attribute a on a.attrelid = fk.conrelid and a.attnum = k.number)::text[] as columns,
    coalesce((select jsonb_agg(to_jsonb(columns)) from index_of where relation = fk.conrelid), '[]') as indexes,
    array(select indexrelid::regclass::text from index_of
          where relation = fk.confrelid and columns[1] = 'organization_id' and cardinality(fk.confkey) > 1
            and not exists (select from unnest(fk.confkey) k (number) join pg_attribute a
              on a.attrelid = fk.confrelid and a.attnum = k.number where a.attname = columns[2])
          order by 1)::text[] as rivals
  from pg_constraint fk where fk.contype = 'f' and fk.conrelid::regclass::text not like 'pgboss.%'
  order by 1, 2`;

/** Tables of which an organization has so few rows that reading them all costs nothing. */
const few = new Set([
  'tenancy.workspace',
  'tenancy.workspace_role',
  'accounts.cloud_account',
  'costs.alert_rule',
  'costs.budget',
  'inventory.resource_view',
  'schedules.calendar',
  'tenancy.member',
]);
/** Served by an index with a condition; the rest is deleted soon after it ends. */
const servedInPart = new Set(['identity.session']);

/** Whether an index finds a parent's rows without reading all of the organization's. */
function serves(index: readonly string[], columns: readonly string[]): boolean {
  if (columns.length === 1) return index[0] === columns[0];
  const [first = '', second = ''] = index;
  const leading = first === 'organization_id' ? second : first;
  return leading !== 'organization_id' && columns.includes(leading);
}

/** Removing a parent would read its organization's children one by one. */
function unserved(keys: readonly KeyFacts[]): string[] {
  return keys
    .filter(
      ({ child, columns, indexes }) =>
        !few.has(child) && !servedInPart.has(child) && !indexes.some((one) => serves(one, columns)),
    )
    .map(({ child, parent, columns }) => `${child} (${columns.join(', ')}) → ${parent}`);
}

/**
 * Before a table has statistics the planner takes every index that begins with organization_id to cost the same for
 * `organization_id = … and id = …`, and a session keeps that plan for its foreign key checks: each row written to a
 * child would then read all of the organization's parents.
 */
function tempting(keys: readonly KeyFacts[]): string[] {
  const found = keys.filter(({ parent }) => !few.has(parent)).flatMap(({ rivals }) => rivals);
  return [...new Set(found)].toSorted();
}

describe('foreign keys', () => {
  let database: TestDatabase;
  let owner: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  async function keys(): Promise<KeyFacts[]> {
    return (await owner.query<KeyFacts>(catalogue)).rows;
  }

  test('the children of every parent are found by an index', async () => {
    const all = await keys();
    expect(all.length).toBeGreaterThan(40);
    expect(unserved(all)).toEqual([]);
  });

  test('no other index than the primary key tempts the planner when a parent is looked up', async () => {
    expect(tempting(await keys())).toEqual([]);
  });

  test('both checks find a table that has neither', async () => {
    await owner.query(`
      create index tempting on finops.action (organization_id, created_at);
      create table finops.planted (organization_id uuid not null, id uuid not null, action_id uuid not null,
        primary key (organization_id, id),
        foreign key (organization_id, action_id) references finops.action (organization_id, id) on delete cascade);`);
    try {
      const all = await keys();
      expect(unserved(all)).toEqual(['finops.planted (organization_id, action_id) → finops.action']);
      expect(tempting(all)).toEqual(['finops.tempting']);
    } finally {
      await owner.query('drop table finops.planted; drop index finops.tempting');
    }
  });
});

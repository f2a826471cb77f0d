import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '../log/log.ts';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import { PostgresDatabase } from './database.ts';

const organizationId = '01900000-0000-7000-8000-0000000000aa';

describe('a transaction', () => {
  let database: TestDatabase;
  let db: PostgresDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = new PostgresDatabase({ url: database.appUrl, poolSize: 4, log: createLogger('silent') });
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  test('sets its organization for itself alone', async () => {
    const inside = await db.inTenant({ organizationId }, (tx) =>
      sql<{ id: string }>`select platform.current_organization() as id`.execute(tx),
    );
    expect(inside.rows).toEqual([{ id: organizationId }]);
    const { rows } = await db.pool.query('select platform.current_organization() as id');
    expect(rows).toEqual([{ id: null }]);
  });

  test('of the system stays one when the address has options of its own, which hold too', async () => {
    const url = new URL(database.appUrl);
    url.searchParams.set('options', '-c role=none -c lock_timeout=1234');
    const other = new PostgresDatabase({ url: url.href, poolSize: 2, log: createLogger('silent') });
    try {
      const settings = sql<{ role: string; wait: string }>`
        select current_user as role, current_setting('lock_timeout') as wait`;
      const system = await other.inSystem('test', (tx) => settings.execute(tx));
      expect(system.rows).toEqual([{ role: 'atlas_system', wait: '1234ms' }]);
      const tenant = await other.inTenant({ organizationId }, (tx) => settings.execute(tx));
      expect(tenant.rows[0]?.role).not.toBe('atlas_system');
    } finally {
      await other.close();
    }
  });

  test('takes nothing but a UUID as organization: the id goes into SQL text', async () => {
    for (const id of [
      "x', true); drop table tenancy.organization; --",
      '',
      '01900000-0000-7000-8000-0000000000aa ',
    ]) {
      await expect(db.inTenant({ organizationId: id }, async () => 1)).rejects.toThrow(
        'needs an organization id',
      );
    }
  });

  test('that swallowed a failed statement says so instead of losing its writes quietly', async () => {
    const work = db.inTenant({ organizationId }, async (tx) => {
      await sql`select 1 / 0`.execute(tx).catch(() => undefined);
      return 'looks fine';
    });
    await expect(work).rejects.toThrow('rolled back');
  });

  test('works as the tenant role in a tenant, as the system role in the system, and cannot stay there', async () => {
    const role = (tx: never) => sql<{ role: string }>`select current_user as role`.execute(tx);
    const tenant = await db.inTenant({ organizationId }, (tx) => role(tx as never));
    const system = await db.inSystem('test', (tx) => role(tx as never));
    const read = await db.systemRead('test', (tx) => role(tx as never));
    expect(system.rows).toEqual([{ role: 'atlas_system' }]);
    expect(read.rows).toEqual([{ role: 'atlas_system' }]);
    expect(tenant.rows[0]?.role).toMatch(/_app$/);
    expect((await db.inTenant({ organizationId }, (tx) => role(tx as never))).rows).toEqual(tenant.rows);
  });

  test('gives its connection back after every kind of end', async () => {
    for (let n = 0; n < 12; n += 1) {
      await db
        .inTenant({ organizationId }, async () => Promise.reject(new Error('no')))
        .catch(() => undefined);
      await db.inTenant({ organizationId }, (tx) => sql`select broken`.execute(tx)).catch(() => undefined);
    }
    expect(await db.inTenant({ organizationId }, async () => 'alive')).toBe('alive');
    expect(db.pool.totalCount).toBeLessThanOrEqual(4);
  });
});

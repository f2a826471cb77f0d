import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../ids/ids.ts';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import { PostgresDatabase, type AnyTx } from './database.ts';

let database: TestDatabase;
let db: PostgresDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  db = new PostgresDatabase({ url: database.appUrl, poolSize: 1, log: pino({ level: 'silent' }) });
});

afterAll(async () => {
  await db.close();
  await database.drop();
});

const read = (tx: AnyTx) =>
  sql<{ id: string | null }>`select platform.current_organization() as id`.execute(tx);

test('a transaction that is over refuses queries, so they cannot run as another organization', async () => {
  const [first, second] = [newId(), newId()];
  let leaked: AnyTx | undefined;
  await db.inTenant({ organizationId: first }, async (tx) => {
    leaked = tx;
    expect((await read(tx)).rows).toEqual([{ id: first }]);
  });
  await db.inTenant({ organizationId: second }, async () => {
    await expect(read(leaked!)).rejects.toThrow('The transaction is over');
  });
  await expect(
    db.inTenant({ organizationId: first }, async (tx) => {
      leaked = tx;
      throw new Error('undone');
    }),
  ).rejects.toThrow('undone');
  await expect(read(leaked!)).rejects.toThrow('The transaction is over');
});

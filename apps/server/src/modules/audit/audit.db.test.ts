import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#platform/testing/postgres.ts';
import { ManualClock } from '#platform/clock/clock.ts';
import { PostgresDatabase } from '#platform/db/database.ts';
import { createLogger } from '#platform/log/log.ts';
import { listEntries } from './queries.ts';
import { createAuditService, type AuditInput, type AuditService } from './service.ts';
import type { AuditTables } from './tables.ts';
import { verifyChain, writeCheckpoints } from './verify.ts';

const organizationId = '01900000-0000-7000-8000-0000000000aa';
const secret = 'a secret key of this installation';

describe('the audit log', () => {
  let database: TestDatabase;
  let db: PostgresDatabase;
  let audit: AuditService;
  const clock = new ManualClock('2026-03-01T10:00:00.000Z');

  beforeAll(async () => {
    database = await createTestDatabase();
    db = new PostgresDatabase({ url: database.appUrl, poolSize: 10, log: createLogger('silent') });
    audit = createAuditService(db.withTables<AuditTables>(), clock);
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  function entry(action: string, extra: Partial<AuditInput> = {}): AuditInput {
    return {
      organizationId,
      action,
      outcome: 'success',
      actor: { kind: 'user', id: 'u1', label: 'Ana <ana@example.com>' },
      ...extra,
    };
  }

  function write(input: AuditInput): Promise<void> {
    return db.inTenant({ organizationId }, (tx) => audit.record(tx, input));
  }

  function verify() {
    return db.inTenant({ organizationId }, (tx) => verifyChain(tx, organizationId, secret));
  }

  /** Changes the log as somebody who owns the database could; the triggers stop even the owner until they are off. */
  async function tamper(statement: string): Promise<() => Promise<void>> {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('create table if not exists audit.backup as table audit.entry with no data');
    await owner.query('truncate audit.backup');
    await owner
      .query("set session_replication_role = 'replica'")
      .catch(() => owner.query('alter table audit.entry disable trigger all'));
    await owner.query('alter table audit.entry no force row level security');
    await owner.query('insert into audit.backup select * from audit.entry');
    await owner.query(statement);
    return async () => {
      await owner.query('delete from audit.entry');
      await owner.query('insert into audit.entry select * from audit.backup');
      await owner.query('alter table audit.entry force row level security');
      await owner.query('alter table audit.entry enable trigger all');
      await owner.query('drop table audit.backup');
      await owner.end();
    };
  }

  test('writes entries in the change’s own transaction: no commit, no entry', async () => {
    await write(entry('thing.created'));
    const failing = db.inTenant({ organizationId }, async (tx) => {
      await audit.record(tx, entry('thing.lost'));
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    const page = await db
      .withTables<AuditTables>()
      .inTenant({ organizationId }, (tx) => listEntries(tx, { limit: 10 }));
    expect(page.items.map((item) => item.action)).toEqual(['thing.created']);
  });

  test('keeps one unbroken chain under concurrent writers', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        write(entry(`thing.changed_${n}`, { details: { n, nested: { z: 1, a: [true, null, 'é'] } } })),
      ),
    );
    expect(await verify()).toEqual({ valid: true, entries: 41, brokenAt: null, reason: null });
  });

  test('masks secrets in details by name and by shape', async () => {
    await write(
      entry('thing.configured', {
        details: { password: 'hunter2', note: 'key AKIAABCDEFGHIJKLMNOP here', keep: 'me' },
      }),
    );
    const page = await db
      .withTables<AuditTables>()
      .inTenant({ organizationId }, (tx) => listEntries(tx, { action: 'thing.configured', limit: 1 }));
    expect(page.items[0]?.details).toEqual({
      password: '[redacted]',
      note: 'key [redacted] here',
      keep: 'me',
    });
  });

  test('a name that is cut in the middle of a character does not break the chain', async () => {
    const long = `${'a'.repeat(299)}😀`;
    const actor = { kind: 'user', id: 'u2', label: long } as const;
    const lone = '😀'.slice(0, 1);
    const other = '01900000-0000-7000-8000-0000000000bb';
    const input = entry('thing.named', {
      organizationId: other,
      actor,
      target: { type: 'thing', id: long, label: long },
      details: { note: `x${lone}` },
    });
    await db.inTenant({ organizationId: other }, (tx) => audit.record(tx, input));
    expect(
      await db.inTenant({ organizationId: other }, (tx) => verifyChain(tx, other, secret)),
    ).toMatchObject({ valid: true, entries: 1 });
  });

  test.each([
    [
      'a changed field',
      "update audit.entry set actor_label = 'Somebody else' where sequence = 5",
      5,
      'entry changed',
    ],
    [
      'a changed detail',
      `update audit.entry set details = '{"n": 99}' where sequence = 7`,
      7,
      'entry changed',
    ],
    ['a removed entry', 'delete from audit.entry where sequence = 9', 9, 'entry missing'],
    [
      'a cut-off end',
      'delete from audit.entry where sequence > 30',
      31,
      'the chain is longer than its entries',
    ],
    [
      'swapped entries',
      'update audit.entry set sequence = case sequence when 3 then 1004 else 1003 end where sequence in (3, 4)',
      3,
      'entry missing',
    ],
  ])('shows %s', async (_what, statement, brokenAt, reason) => {
    const restore = await tamper(statement);
    try {
      expect(await verify()).toMatchObject({ valid: false, brokenAt, reason });
    } finally {
      await restore();
    }
    expect((await verify()).valid).toBe(true);
  });

  test('a signed checkpoint shows a chain that was rewritten as a whole', async () => {
    await db.inSystem('test', (tx) => writeCheckpoints(tx, secret, clock.now()));
    expect((await verify()).valid).toBe(true);
    // Whoever owns the database but not the secret key cannot make the checkpoint fit.
    const forged = await db.inTenant({ organizationId }, (tx) =>
      verifyChain(tx, organizationId, 'another key'),
    );
    expect(forged).toMatchObject({ valid: false, reason: 'signed checkpoint does not match' });
  });

  test('the triggers stop the owner of the database too', async () => {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('alter table audit.entry no force row level security');
    await expect(owner.query("update audit.entry set action = 'x'")).rejects.toThrow(
      'audit rows are never changed',
    );
    await expect(owner.query('delete from audit.entry')).rejects.toThrow('audit rows are never changed');
    await expect(owner.query('truncate audit.entry')).rejects.toThrow('audit rows are never changed');
    await owner.query('alter table audit.entry force row level security');
    await owner.end();
  });

  test('filters by action, prefix, outcome, provider, actor and period, and pages by cursor and offset alike', async () => {
    clock.advance(60_000);
    await write(
      entry('vm.stopped', {
        provider: 'aws',
        outcome: 'failure',
        actor: { kind: 'api_key', id: 'k1', label: '100%_deploy' },
      }),
    );
    const list = (query: object) =>
      db
        .withTables<AuditTables>()
        .inTenant({ organizationId }, (tx) => listEntries(tx, { limit: 50, ...query }));
    expect((await list({ action: 'vm.stopped' })).total).toBe(1);
    expect((await list({ action: 'vm.' })).total).toBe(1);
    expect((await list({ action: 'vm' })).total).toBe(0);
    expect((await list({ provider: 'aws', outcome: 'failure' })).total).toBe(1);
    expect((await list({ actor: '100%_' })).total).toBe(1);
    expect((await list({ actor: '%' })).total).toBe(1);
    expect((await list({ actor: 'ANA@' })).total).toBe(42);
    expect((await list({ from: '2026-03-01T10:01:00.000Z' })).total).toBe(1);
    expect((await list({ to: '2026-03-01T10:01:00.000Z' })).total).toBe(42);
    const byOffset = [
      ...(await list({ limit: 20 })).items,
      ...(await list({ limit: 20, offset: 20 })).items,
      ...(await list({ limit: 20, offset: 40 })).items,
    ];
    const byCursor = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await list({ limit: 20, cursor });
      byCursor.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(byCursor.map((item) => item.sequence)).toEqual(byOffset.map((item) => item.sequence));
    expect(byCursor.map((item) => item.sequence)).toEqual(Array.from({ length: 43 }, (_, n) => 43 - n));
  });
});

import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PostgresDatabase, type AnyTx } from '../db/database.ts';
import { newId } from '../ids/ids.ts';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import type { Envelope, SecretPlace } from './envelope.ts';
import { localKeyEncryption } from './key-encryption.ts';
import { createEnvelope } from './postgres-envelope.ts';

const firstKek = Buffer.alloc(32, 1).toString('base64');
const secondKek = Buffer.alloc(32, 2).toString('base64');
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

let database: TestDatabase;
let db: PostgresDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  db = new PostgresDatabase({ url: database.appUrl, poolSize: 12, log: pino({ level: 'silent' }) });
});

afterAll(async () => {
  await db.close();
  await database.drop();
});

const withKeys = (...keys: string[]): Envelope => createEnvelope({ db, keys: localKeyEncryption(keys) });
const place = (organizationId: string | null, rowId = newId()): SecretPlace => ({
  organizationId,
  table: 'accounts.credential',
  column: 'secret',
  rowId,
});
const inOrganization = <R>(organizationId: string, work: (tx: AnyTx) => Promise<R>): Promise<R> =>
  db.inTenant({ organizationId }, (tx) => work(tx));

describe('a sealed value', () => {
  test('opens in its place and nowhere else', async () => {
    const envelope = withKeys(firstKek);
    const [mine, other] = [newId(), newId()];
    const here = place(mine);
    const sealed = await inOrganization(mine, (tx) => envelope.seal(tx, here, secret));
    expect(await inOrganization(mine, (tx) => envelope.openText(tx, here, sealed))).toBe(secret);
    expect(sealed.includes(Buffer.from(secret))).toBe(false);
    for (const moved of [{ rowId: newId() }, { column: 'note' }, { table: 'accounts.other' }]) {
      await expect(
        inOrganization(mine, (tx) => envelope.open(tx, { ...here, ...moved }, sealed)),
      ).rejects.toThrow('changed or moved');
    }
    const elsewhere = { ...here, organizationId: other };
    await inOrganization(other, (tx) => envelope.seal(tx, elsewhere, 'theirs'));
    await expect(inOrganization(other, (tx) => envelope.open(tx, elsewhere, sealed))).rejects.toThrow(
      'is not there',
    );
    // Even a transaction that sees all keys cannot open it for another organization.
    await expect(db.inSystem('test', (tx) => envelope.open(tx, elsewhere, sealed))).rejects.toThrow(
      'is not there',
    );
  });

  test('fails on any flipped bit, without telling the secret', async () => {
    const envelope = withKeys(firstKek);
    const organizationId = newId();
    const here = place(organizationId);
    const sealed = await inOrganization(organizationId, (tx) => envelope.seal(tx, here, secret));
    for (let index = 0; index < sealed.length; index += 1) {
      const flipped = Buffer.from(sealed);
      flipped[index] = flipped[index]! ^ (1 << (index % 8));
      const error = await inOrganization(organizationId, (tx) => envelope.open(tx, here, flipped)).then(
        () => undefined,
        (reason: unknown) => reason as Error,
      );
      expect(error?.name).toBe('EnvelopeError');
      expect(`${error?.message} ${error?.stack}`).not.toContain(secret);
    }
    await expect(
      inOrganization(organizationId, (tx) => envelope.open(tx, here, sealed.subarray(0, 20))),
    ).rejects.toThrow('known version');
  });

  test('of data without an organization is out of reach of a tenant transaction', async () => {
    const envelope = withKeys(firstKek);
    const here = place(null);
    const sealed = await db.inSystem('test', (tx) => envelope.seal(tx, here, secret));
    expect(await db.inSystem('test', (tx) => envelope.openText(tx, here, sealed))).toBe(secret);
    await expect(inOrganization(newId(), (tx) => envelope.open(tx, here, sealed))).rejects.toThrow(
      'is not there',
    );
    await expect(inOrganization(newId(), (tx) => envelope.seal(tx, here, secret))).rejects.toThrow();
  });
});

test('a key made in a transaction that rolls back is never used again', async () => {
  const envelope = withKeys(firstKek);
  const organizationId = newId();
  const here = place(organizationId);
  await expect(
    inOrganization(organizationId, async (tx) => {
      await envelope.seal(tx, here, secret);
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  const sealed = await inOrganization(organizationId, (tx) => envelope.seal(tx, here, secret));
  expect(await inOrganization(organizationId, (tx) => withKeys(firstKek).openText(tx, here, sealed))).toBe(
    secret,
  );
});

test('first secrets of an organization written at the same time share one key', async () => {
  const organizationId = newId();
  const places = Array.from({ length: 10 }, () => place(organizationId));
  const envelopes = [withKeys(firstKek), withKeys(firstKek)];
  const sealed = await Promise.all(
    places.map((here, index) =>
      inOrganization(organizationId, (tx) => envelopes[index % 2]!.seal(tx, here, `secret ${index}`)),
    ),
  );
  for (const [index, here] of places.entries()) {
    expect(
      await inOrganization(organizationId, (tx) => withKeys(firstKek).openText(tx, here, sealed[index]!)),
    ).toBe(`secret ${index}`);
  }
});

describe('rotation', () => {
  test('of the key-encryption key keeps everything readable with the new key alone', async () => {
    const organizationId = newId();
    const here = place(organizationId);
    const sealed = await inOrganization(organizationId, (tx) => withKeys(firstKek).seal(tx, here, secret));
    await expect(
      inOrganization(organizationId, (tx) => withKeys(secondKek).open(tx, here, sealed)),
    ).rejects.toThrow('could not be unwrapped');
    const both = withKeys(secondKek, firstKek);
    expect(await both.rotateKek()).toBeGreaterThan(0);
    expect(await both.rotateKek()).toBe(0);
    expect(await inOrganization(organizationId, (tx) => withKeys(secondKek).openText(tx, here, sealed))).toBe(
      secret,
    );
    await expect(
      inOrganization(organizationId, (tx) => withKeys(firstKek).open(tx, here, sealed)),
    ).rejects.toThrow('could not be unwrapped');
    await withKeys(firstKek, secondKek).rotateKek();
  });

  test('of the data key makes old values stale, and they stay readable', async () => {
    const envelope = withKeys(firstKek);
    const organizationId = newId();
    const here = place(organizationId);
    const old = await inOrganization(organizationId, (tx) => envelope.seal(tx, here, secret));
    await envelope.rotateDek(organizationId);
    await inOrganization(organizationId, async (tx) => {
      expect(await envelope.isStale(tx, organizationId, old)).toBe(true);
      const fresh = await envelope.seal(tx, here, await envelope.open(tx, here, old));
      expect(await envelope.isStale(tx, organizationId, fresh)).toBe(false);
      expect(await envelope.openText(tx, here, old)).toBe(secret);
      expect(await envelope.openText(tx, here, fresh)).toBe(secret);
    });
  });

  test('while writers run loses nothing', async () => {
    const organizationId = newId();
    const written: { here: SecretPlace; sealed: Buffer; text: string }[] = [];
    const state = { rotating: true };
    const writer = async (name: number): Promise<void> => {
      const envelope = withKeys(firstKek, secondKek);
      for (let count = 0; state.rotating; count += 1) {
        const here = place(organizationId);
        const text = `secret ${name} ${count}`;
        written.push({
          here,
          text,
          sealed: await inOrganization(organizationId, (tx) => envelope.seal(tx, here, text)),
        });
      }
    };
    const writers = [1, 2, 3].map(writer);
    const rotator = withKeys(secondKek, firstKek);
    for (let round = 0; round < 8; round += 1) {
      await rotator.rotateDek(organizationId);
      await rotator.rotateKek();
    }
    state.rotating = false;
    await Promise.all(writers);
    expect(written.length).toBeGreaterThan(20);
    const reader = withKeys(firstKek, secondKek);
    for (const { here, sealed, text } of written) {
      expect(await inOrganization(organizationId, (tx) => reader.openText(tx, here, sealed))).toBe(text);
    }
  });

  test('waits for a transaction that has sealed but not committed', async () => {
    const envelope = withKeys(firstKek, secondKek);
    const organizationId = newId();
    let rotated = false;
    let rotation: Promise<void> | undefined;
    await inOrganization(organizationId, async (tx) => {
      await envelope.seal(tx, place(organizationId), secret);
      rotation = envelope.rotateDek(organizationId).then(() => {
        rotated = true;
      });
      await sql`select pg_sleep(0.3)`.execute(tx);
      expect(rotated).toBe(false);
    });
    await rotation;
    expect(rotated).toBe(true);
  });
});

test('shredding an organization makes its secrets unreadable at once, also where the key was in memory', async () => {
  const [envelope, otherProcess] = [withKeys(firstKek, secondKek), withKeys(firstKek, secondKek)];
  const organizationId = newId();
  const here = place(organizationId);
  const sealed = await inOrganization(organizationId, (tx) => envelope.seal(tx, here, secret));
  await inOrganization(organizationId, (tx) => otherProcess.open(tx, here, sealed));
  expect(await envelope.shred(organizationId)).toBe(1);
  for (const each of [envelope, otherProcess]) {
    await expect(inOrganization(organizationId, (tx) => each.open(tx, here, sealed))).rejects.toThrow(
      'is not there',
    );
  }
});

test('a tenant transaction can neither destroy nor replace keys', async () => {
  const organizationId = newId();
  await inOrganization(organizationId, (tx) => withKeys(firstKek).seal(tx, place(organizationId), secret));
  for (const statement of [
    sql`delete from platform.data_key`,
    sql`update platform.data_key set state = 'retired'`,
  ]) {
    await expect(inOrganization(organizationId, (tx) => statement.execute(tx))).rejects.toThrow(
      'permission denied',
    );
  }
});

import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { AnyTx, Database } from '../db/database.ts';
import { newId } from '../ids/ids.ts';
import type { Envelope, SecretPlace } from './envelope.ts';
import type { KeyEncryption } from './key-encryption.ts';
import { EnvelopeError, maxPlaintextBytes, openRecord, recordKeyId, sealRecord } from './record.ts';

interface DataKeyRow {
  id: string;
  organization_id: string | null;
  kek_id: string;
  wrapped: Buffer;
}

/** Unwrapped keys kept in memory, so that a key management service is not asked for each field. */
const maxCachedKeys = 1000;
const keyLifeMs = 300_000;
const rewrapBatch = 100;

/** The envelope over the table platform.data_key. */
export function createEnvelope(options: { db: Database<unknown>; keys: KeyEncryption }): Envelope {
  return new PostgresEnvelope(options.db, options.keys);
}

class PostgresEnvelope implements Envelope {
  readonly #db: Database<unknown>;
  readonly #keys: KeyEncryption;
  readonly #unwrapped = new Map<string, { key: Buffer; until: number }>();

  constructor(db: Database<unknown>, keys: KeyEncryption) {
    this.#db = db;
    this.#keys = keys;
  }

  async seal(tx: AnyTx, place: SecretPlace, plaintext: Uint8Array | string): Promise<Buffer> {
    const [sealed] = await this.sealAll(tx, place.organizationId, [{ place, plaintext }]);
    if (sealed === undefined) throw new Error('One secret gives one sealed value.');
    return sealed;
  }

  async sealAll(
    tx: AnyTx,
    organizationId: string | null,
    secrets: readonly { place: SecretPlace; plaintext: Uint8Array | string }[],
  ): Promise<Buffer[]> {
    const [first] = secrets;
    if (first === undefined) return [];
    const ready = secrets.map(({ place, plaintext }) => {
      const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext) : plaintext;
      if (place.organizationId !== organizationId)
        throw new EnvelopeError('Secrets that are sealed together belong to one organization.');
      if (bytes.length > maxPlaintextBytes)
        throw new EnvelopeError(`A secret for ${place.table}.${place.column} is too large.`);
      return { place, bytes };
    });
    // Held to the end of the caller's transaction: a rotation waits until everything sealed with the old key is visible.
    await sql`select pg_advisory_xact_lock_shared(${lockOf(organizationId)})`.execute(tx);
    const row = (await this.#currentKey(tx, organizationId)) ?? (await this.#createKey(tx, first.place));
    const key = await this.#unwrap(row);
    return ready.map(({ place, bytes }) => sealRecord(row.id, key, place, bytes));
  }

  async open(tx: AnyTx, place: SecretPlace, sealed: Uint8Array): Promise<Buffer> {
    const keyId = recordKeyId(sealed);
    // The row is read each time, not only when the key is not cached: a shredded key is gone at once everywhere.
    const { rows } = await sql<DataKeyRow>`
      select id, organization_id, kek_id, wrapped from platform.data_key
      where id = ${keyId}::uuid and organization_id is not distinct from ${place.organizationId}::uuid`.execute(
      tx,
    );
    const row = rows[0];
    if (row === undefined)
      throw new EnvelopeError(`The data key of a value in ${place.table}.${place.column} is not there.`);
    return openRecord(await this.#unwrap(row), place, sealed);
  }

  async openText(tx: AnyTx, place: SecretPlace, sealed: Uint8Array): Promise<string> {
    return (await this.open(tx, place, sealed)).toString('utf8');
  }

  async rotateKek(): Promise<number> {
    let done = 0;
    for (;;) {
      // Read, wrap outside of a transaction (a key management service is on the network), then swap what is unchanged.
      const { rows } = await this.#db.inSystem('find data keys to wrap anew', (tx) =>
        sql<DataKeyRow>`select id, organization_id, kek_id, wrapped from platform.data_key
          where kek_id <> ${this.#keys.currentId} order by id limit ${rewrapBatch}`.execute(tx),
      );
      if (rows.length === 0) return done;
      for (const row of rows) {
        const fresh = await this.#keys.wrap(await this.#unwrap(row), contextOf(row));
        await this.#db.inSystem('wrap a data key anew', (tx) =>
          sql`update platform.data_key set kek_id = ${fresh.kekId}, wrapped = ${fresh.wrapped}
            where id = ${row.id}::uuid and kek_id = ${row.kek_id}`.execute(tx),
        );
        done += 1;
      }
    }
  }

  async rotateDek(organizationId: string | null): Promise<void> {
    const id = newId();
    const fresh = await this.#keys.wrap(randomBytes(32), contextOf({ id, organization_id: organizationId }));
    await this.#db.inSystem('replace a data key', async (tx) => {
      await sql`select pg_advisory_xact_lock(${lockOf(organizationId)})`.execute(tx);
      await sql`update platform.data_key set state = 'retired', retired_at = now()
        where organization_id is not distinct from ${organizationId}::uuid and state = 'current'`.execute(tx);
      await sql`insert into platform.data_key (id, organization_id, state, kek_id, wrapped)
        values (${id}::uuid, ${organizationId}::uuid, 'current', ${fresh.kekId}, ${fresh.wrapped})`.execute(
        tx,
      );
    });
  }

  async isStale(tx: AnyTx, organizationId: string | null, sealed: Uint8Array): Promise<boolean> {
    const current = await this.#currentKey(tx, organizationId);
    return current?.id !== recordKeyId(sealed);
  }

  async shred(organizationId: string): Promise<number> {
    const ids = await this.#db.inSystem('destroy the data keys of an organization', async (tx) => {
      await sql`select pg_advisory_xact_lock(${lockOf(organizationId)})`.execute(tx);
      const { rows } = await sql<{ id: string }>`
        delete from platform.data_key where organization_id = ${organizationId}::uuid returning id`.execute(
        tx,
      );
      return rows.map((row) => row.id);
    });
    for (const id of ids) this.#unwrapped.delete(id);
    return ids.length;
  }

  async #currentKey(tx: AnyTx, organizationId: string | null): Promise<DataKeyRow | undefined> {
    const { rows } = await sql<DataKeyRow>`
      select id, organization_id, kek_id, wrapped from platform.data_key
      where organization_id is not distinct from ${organizationId}::uuid and state = 'current'`.execute(tx);
    return rows[0];
  }

  /** The first key of an organization, in the caller's transaction: it exists when, and only when, its first secret does. */
  async #createKey(tx: AnyTx, place: SecretPlace): Promise<DataKeyRow> {
    const id = newId();
    const { kekId, wrapped } = await this.#keys.wrap(
      randomBytes(32),
      contextOf({ id, organization_id: place.organizationId }),
    );
    await sql`insert into platform.data_key (id, organization_id, state, kek_id, wrapped)
      values (${id}::uuid, ${place.organizationId}::uuid, 'current', ${kekId}, ${wrapped})
      on conflict do nothing`.execute(tx);
    // Somebody else's key may have won the race; reading again also finds that one.
    const row = await this.#currentKey(tx, place.organizationId);
    if (row === undefined)
      throw new EnvelopeError(`There is no data key for ${place.table} in this transaction's scope.`);
    return row;
  }

  async #unwrap(row: DataKeyRow): Promise<Buffer> {
    const cached = this.#unwrapped.get(row.id);
    if (cached !== undefined && cached.until > Date.now()) return cached.key;
    let key: Buffer;
    try {
      key = await this.#keys.unwrap(row.kek_id, row.wrapped, contextOf(row));
    } catch (error) {
      throw new EnvelopeError(`Data key ${row.id} could not be unwrapped with ${row.kek_id}.`, {
        cause: error,
      });
    }
    this.#unwrapped.set(row.id, { key, until: Date.now() + keyLifeMs });
    if (this.#unwrapped.size > maxCachedKeys) {
      const [oldest] = this.#unwrapped.keys();
      if (oldest !== undefined) this.#unwrapped.delete(oldest);
    }
    return key;
  }
}

/** Binds a wrapped key to its row, so that wrapped keys cannot change places. */
function contextOf(row: { id: string; organization_id: string | null }): string {
  return JSON.stringify(['data key', row.id, row.organization_id?.toLowerCase() ?? null]);
}

function lockOf(organizationId: string | null) {
  return sql`hashtextextended(${`platform.data_key ${organizationId ?? ''}`}, 0)`;
}

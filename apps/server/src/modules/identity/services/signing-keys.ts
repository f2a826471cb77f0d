import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';
import { sql } from 'kysely';
import type { IdentityDeps } from '../deps.ts';
import { later, lifetimes } from '../rules/lifetimes.ts';
import type { IdentityTx } from '../tables.ts';

/** The one algorithm of our tokens: Ed25519 (RFC 8037). It stands here, never in a token. */
export const signingAlgorithm = 'EdDSA';

export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
}

interface KeySet {
  loadedAt: number;
  signing: SigningKey;
  signsUntil: Date;
  verifying: ReadonlyMap<string, CryptoKey>;
}

/** How long a process uses what it loaded; far less than the overlap of two keys. */
const cacheMs = 60_000;
/** A token with an unknown key makes a process look again at most this often. */
const missMs = 5_000;
/** Arbitrary but fixed: one process makes a new key at a time. */
const creationLock = 4_700_471_002;

export type SigningKeys = ReturnType<typeof createSigningKeys>;

/** Key pairs of the access tokens, shared by all processes through the database, private parts sealed. */
export function createSigningKeys({ db, clock, envelope }: Pick<IdentityDeps, 'db' | 'clock' | 'envelope'>) {
  let cached: KeySet | undefined;
  let loading: Promise<KeySet> | undefined;

  async function load(): Promise<KeySet> {
    loading ??= db
      .inSystem('load signing keys', readOrCreate)
      .then((set) => (cached = set))
      .finally(() => (loading = undefined));
    return loading;
  }

  async function readOrCreate(tx: IdentityTx): Promise<KeySet> {
    const now = clock.now();
    let rows = await readKeys(tx, now);
    if (rows[0] === undefined || rows[0].signs_until <= now) {
      await sql`select pg_advisory_xact_lock(${creationLock})`.execute(tx);
      rows = await readKeys(tx, now);
      if (rows[0] === undefined || rows[0].signs_until <= now) {
        await createKey(tx, now);
        rows = await readKeys(tx, now);
      }
    }
    const newest = rows[0];
    if (newest === undefined) throw new Error('There is no signing key.');
    const verifying = new Map<string, CryptoKey>();
    for (const row of rows) verifying.set(row.kid, await importKey(row.public_jwk));
    const opened = await envelope.openText(tx, placeOf(newest.kid), newest.private_key);
    const privateKey = await importKey(JSON.parse(opened) as JWK);
    return {
      loadedAt: now.getTime(),
      signing: { kid: newest.kid, privateKey },
      signsUntil: newest.signs_until,
      verifying,
    };
  }

  async function createKey(tx: IdentityTx, now: Date): Promise<void> {
    const pair = await generateKeyPair(signingAlgorithm, { crv: 'Ed25519', extractable: true });
    const publicJwk = await exportJWK(pair.publicKey);
    const kid = await calculateJwkThumbprint(publicJwk);
    const signsUntil = later(now, lifetimes.signingKey.signs);
    await tx
      .insertInto('identity.signing_key')
      .values({
        kid,
        public_jwk: JSON.stringify(publicJwk),
        private_key: await envelope.seal(tx, placeOf(kid), JSON.stringify(await exportJWK(pair.privateKey))),
        created_at: now,
        signs_until: signsUntil,
        verifies_until: later(signsUntil, lifetimes.signingKey.overlap),
      })
      .execute();
  }

  function age(set: KeySet): number {
    return clock.now().getTime() - set.loadedAt;
  }

  return {
    /** The key that signs now; made when there is none. */
    async current(): Promise<SigningKey> {
      const usable = cached !== undefined && age(cached) < cacheMs && cached.signsUntil > clock.now();
      return (usable && cached !== undefined ? cached : await load()).signing;
    },
    /** A public key of ours by its id; undefined for any other id. */
    async verifying(kid: string): Promise<CryptoKey | undefined> {
      const set = cached !== undefined && age(cached) < cacheMs ? cached : await load();
      const known = set.verifying.get(kid);
      if (known !== undefined || age(set) < missMs) return known;
      return (await load()).verifying.get(kid);
    },
    /** Makes a new key from now on; tokens of the former ones stay valid until they expire. */
    async rotate(): Promise<void> {
      await db.inSystem('rotate signing key', async (tx) => {
        await sql`select pg_advisory_xact_lock(${creationLock})`.execute(tx);
        const now = clock.now();
        await tx
          .updateTable('identity.signing_key')
          .set({ signs_until: now, verifies_until: later(now, lifetimes.signingKey.overlap) })
          .where('signs_until', '>', now)
          .execute();
        await createKey(tx, now);
      });
      cached = undefined;
    },
  };
}

function readKeys(tx: IdentityTx, now: Date) {
  return tx
    .selectFrom('identity.signing_key')
    .selectAll()
    .where('verifies_until', '>', now)
    .orderBy('signs_until', 'desc')
    .limit(100)
    .execute();
}

function placeOf(kid: string) {
  return { organizationId: null, table: 'identity.signing_key', column: 'private_key', rowId: kid };
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, signingAlgorithm);
  if (key instanceof Uint8Array) throw new Error('A signing key must be an asymmetric key.');
  return key;
}

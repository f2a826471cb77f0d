import type { AnyTx } from '../db/database.ts';

/**
 * Where a secret stands. All of it is authenticated with the ciphertext, so a value that is copied to another
 * row, column, table or organization cannot be opened there.
 */
export interface SecretPlace {
  /** Owner of the row; null for data without an organization (a user's TOTP seed), then only in a system transaction. */
  organizationId: string | null;
  /** Table with its schema, e.g. `accounts.credential`. */
  table: string;
  column: string;
  /** Primary key of the row as text. */
  rowId: string;
}

/** Encrypts fields at rest: AES-256-GCM under a key per organization, which is wrapped by the key-encryption key. */
export interface Envelope {
  /** Encrypts for one place. @returns bytes for a `bytea` column */
  seal(tx: AnyTx, place: SecretPlace, plaintext: Uint8Array | string): Promise<Buffer>;
  /** `seal` for many places of one organization, with as few statements as one. @returns in their order */
  sealAll(
    tx: AnyTx,
    organizationId: string | null,
    secrets: readonly { place: SecretPlace; plaintext: Uint8Array | string }[],
  ): Promise<Buffer[]>;
  /** Decrypts what `seal` made for the same place. @throws EnvelopeError */
  open(tx: AnyTx, place: SecretPlace, sealed: Uint8Array): Promise<Buffer>;
  /** `open` as UTF-8 text. @throws EnvelopeError */
  openText(tx: AnyTx, place: SecretPlace, sealed: Uint8Array): Promise<string>;
  /** Wraps every data key that an older key-encryption key wraps with the current one. Safe to repeat. @returns how many */
  rotateKek(): Promise<number>;
  /**
   * Gives an organization a new data key; what older ones sealed stays readable until swept. Waits for running
   * transactions that seal, so afterwards every row under an older key is visible to the sweep.
   */
  rotateDek(organizationId: string | null): Promise<void>;
  /** Whether a sweep should open and seal this value again because its data key is not the current one. */
  isStale(tx: AnyTx, organizationId: string | null, sealed: Uint8Array): Promise<boolean>;
  /** Destroys an organization's data keys: nothing sealed for it can ever be opened again. @returns how many keys */
  shred(organizationId: string): Promise<number>;
}

import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, readdir, rename } from 'node:fs/promises';
import path from 'node:path';

import { Failure } from '../lib/failure.mjs';

/** Secrets that belong to one data folder. */
export interface Secrets {
  /** Signs sessions and tokens. */
  readonly secretKey: string;
  /** 32 bytes in base64: the key that the stored secrets' data keys are wrapped with. */
  readonly encryptionKey: string;
  /** Passwords of the embedded PostgreSQL. */
  readonly database: { readonly adminPassword: string; readonly ownerPassword: string };
}

const FILE = 'secrets.json';

/**
 * Reads the secrets of a data folder, making them on the first start.
 *
 * They are never made up again beside data that needs the old ones: what is encrypted would be lost without a word.
 *
 * @throws Failure when the file is damaged, or missing beside a database
 */
export async function loadSecrets(folder: string): Promise<Secrets> {
  const file = path.join(folder, FILE);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Failure(
      `${file} cannot be read (${error.code})`,
      'Give the data folder to this user (chown -R).',
    );
  });
  if (text !== undefined) {
    await chmod(file, 0o600).catch(() => undefined);
    return parse(text, file);
  }
  const database = await readdir(path.join(folder, 'postgres')).catch(() => []);
  if (database.length > 0) {
    throw new Failure(
      `${file} is missing, but the folder holds a database: without its keys the stored secrets cannot be read`,
      `Restore ${FILE} from a backup, or choose a new folder with ATLAS_DATA_DIR.`,
    );
  }
  const secrets: Secrets = {
    secretKey: randomBytes(32).toString('base64url'),
    encryptionKey: randomBytes(32).toString('base64'),
    database: {
      adminPassword: randomBytes(24).toString('base64url'),
      ownerPassword: randomBytes(24).toString('base64url'),
    },
  };
  await writeDurably(file, `${JSON.stringify(secrets, undefined, 2)}\n`);
  return secrets;
}

function parse(text: string, file: string): Secrets {
  try {
    const value = JSON.parse(text) as Partial<Secrets>;
    const parts = [
      value.secretKey,
      value.encryptionKey,
      value.database?.adminPassword,
      value.database?.ownerPassword,
    ];
    if (parts.every((part) => typeof part === 'string' && part.length >= 16)) return value as Secrets;
  } catch {
    // Said below, for every kind of damage.
  }
  throw new Failure(
    `${file} is damaged`,
    'Restore it from a backup, or choose a new folder with ATLAS_DATA_DIR.',
  );
}

/** The file is complete or absent, whenever the machine stops. */
async function writeDurably(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

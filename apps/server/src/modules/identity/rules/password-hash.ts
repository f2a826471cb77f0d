import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '#platform/errors/app-error.ts';

const derive = promisify(argon2);

/** Argon2id with the parameters of the OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane. */
const current = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const tagLength = 32;

/** Each hash holds a thread and 19 MiB; a flood of sign-ins must not take all of either. */
const maxRunning = 2;
const maxWaiting = 200;
let running = 0;
const waiting: (() => void)[] = [];

async function limited<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maxRunning) {
    if (waiting.length >= maxWaiting)
      throw new AppError('unavailable', 'Too many sign-ins at once.', { retryAfter: 5 });
    // Whoever finishes passes its place on, so `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

interface Parameters {
  memory: number;
  passes: number;
  parallelism: number;
}

/** Argon2id (RFC 9106) of a text. @returns 32 bytes */
export function argon2id(text: string, salt: Uint8Array, parameters: Parameters = current): Promise<Buffer> {
  return limited(() =>
    derive('argon2id', { message: text.normalize('NFC'), nonce: salt, tagLength, ...parameters }),
  );
}

/** Hashes a password. @returns PHC string `$argon2id$v=19$m=…,t=…,p=…$salt$hash` */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await argon2id(password, salt);
  const { memory, passes, parallelism } = current;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
/** What is verified when there is no account: the same work, and never right. */
const nobody = `$argon2id$v=19$m=${current.memory},t=${current.passes},p=${current.parallelism}$${unpadded(randomBytes(16))}$${unpadded(randomBytes(tagLength))}`;

/**
 * Compares a typed password with a stored hash in constant time.
 * @param stored null when there is none: takes as long and answers false
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const match = phc.exec(stored ?? nobody);
  if (match === null) throw new Error('A stored password hash is not in the expected format.');
  const [, memory, passes, parallelism, salt = '', tag = ''] = match;
  const expected = Buffer.from(tag, 'base64');
  const parameters = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const actual = await argon2id(password, Buffer.from(salt, 'base64'), parameters);
  return actual.length === expected.length && timingSafeEqual(actual, expected) && stored !== null;
}

/** Whether a hash was made with other parameters than today's. */
export function needsRehash(stored: string): boolean {
  const { memory, passes, parallelism } = current;
  return !stored.startsWith(`$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$`);
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}

import { checkPrimeSync, createPrivateKey, createPublicKey } from 'node:crypto';
import { SeededRandom } from '../random.ts';

const EXPONENT = 65_537n;

/** A prime of 1,024 bits whose two highest bits are set, so that the product of two has 2,048. */
function prime(random: SeededRandom): bigint {
  for (;;) {
    const candidate = BigInt(`0x${random.hex(256)}`) | (3n << 1022n) | 1n;
    if (candidate % EXPONENT !== 1n && checkPrimeSync(candidate)) return candidate;
  }
}

/** x with a · x ≡ 1 (mod m), by the extended Euclidean algorithm. */
function inverse(a: bigint, m: bigint): bigint {
  let [r, next] = [m, a % m];
  let [x, nextX] = [0n, 1n];
  while (next !== 0n) {
    const quotient = r / next;
    [r, next] = [next, r - quotient * next];
    [x, nextX] = [nextX, x - quotient * nextX];
  }
  return ((x % m) + m) % m;
}

function base64url(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
}

const made = new Map<string, { readonly publicKey: string; readonly privateKey: string }>();

/**
 * An RSA pair (RFC 8017 §3) that is the same in every process for the same seed: accounts connected to the demo stay
 * connected when it is started again. It is as guessable as the seed and opens nothing but the simulator.
 */
export function seededKeyPair(seed: string): { readonly publicKey: string; readonly privateKey: string } {
  const known = made.get(seed);
  if (known) return known;
  const random = SeededRandom.of(seed, 'rsa');
  const [p, q] = [prime(random), prime(random)];
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'RSA',
      n: base64url(p * q),
      e: base64url(EXPONENT),
      d: base64url(d),
      p: base64url(p),
      q: base64url(q),
      dp: base64url(d % (p - 1n)),
      dq: base64url(d % (q - 1n)),
      qi: base64url(inverse(q, p)),
    },
  });
  const pair = {
    privateKey: String(key.export({ type: 'pkcs8', format: 'pem' })),
    publicKey: String(createPublicKey(key).export({ type: 'spki', format: 'pem' })),
  };
  made.set(seed, pair);
  return pair;
}

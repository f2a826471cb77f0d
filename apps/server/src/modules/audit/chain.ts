import { createHash, createHmac } from 'node:crypto';

/** The fields of an entry that its hash covers; `at` in ISO 8601 with milliseconds. */
export interface HashedFields {
  organizationId: string;
  sequence: number;
  id: string;
  at: string;
  action: string;
  outcome: string;
  actorKind: string;
  actorId: string | null;
  actorLabel: string;
  provider: string | null;
  targetType: string | null;
  targetId: string | null;
  targetLabel: string | null;
  workspaceId: string | null;
  ip: string | null;
  requestId: string | null;
  details: Record<string, unknown>;
}

/** Hash before the first entry. */
export const genesis = '0'.repeat(64);

/** SHA-256, hex, over the previous hash and the entry in canonical JSON (keys sorted, no white space). */
export function chainHash(previous: string, fields: HashedFields): string {
  return createHash('sha256').update(previous).update('\n').update(canonicalJson(fields)).digest('hex');
}

/** JSON with object keys in code-unit order, as in RFC 8785, so that jsonb's own order does not matter. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** HMAC-SHA-256, hex, of a checkpoint: a database owner without the secret key cannot make one. */
export function checkpointSignature(
  secretKey: string,
  checkpoint: { organizationId: string; sequence: number; hash: string; at: string },
): string {
  const { organizationId, sequence, hash, at } = checkpoint;
  return createHmac('sha256', secretKey)
    .update(`audit checkpoint ${organizationId} ${sequence} ${hash} ${at}`)
    .digest('hex');
}

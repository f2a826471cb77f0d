import { v7 } from 'uuid';

/** A new UUIDv7 (RFC 9562): sortable by creation time; not a secret. */
export function newId(): string {
  return v7();
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID of any version in its canonical form. */
export function isId(text: string): boolean {
  return uuid.test(text);
}

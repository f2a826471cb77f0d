import { GoogleError, type Call } from './http.ts';
import type { Collection, GoogleObject, Json } from './project.ts';

/** What the managed services share. */

export const iso = (at: number): string => new Date(at).toISOString();
export const missing = (name: string): GoogleError =>
  new GoogleError(404, 'notFound', `Resource '${name}' was not found.`);

/** A map with a patch in it; null removes (RFC 7386). */
export function patched(former: unknown, patch: Json): Json {
  const out: Json = { ...(former as Json | undefined) };
  for (const [key, value] of Object.entries(patch))
    if (value === null) delete out[key];
    else if (typeof value === 'object' && !Array.isArray(value)) out[key] = patched(out[key], value as Json);
    else out[key] = value;
  return out;
}

/** @throws GoogleError `notFound` */
export function known(call: Call, collection: Collection, path: string): GoogleObject {
  const object = call.project.find(collection, path);
  if (!object) throw missing(path);
  return object;
}

import { bodyOf, GoogleError, ok, page, type Route } from './http.ts';
import { FOREIGN_BUCKETS, insertBucket } from './managed-create.ts';
import { iso, known, patched } from './managed-model.ts';
import type { GoogleObject, Json } from './project.ts';

const bucket = ({ data, name, createdAt }: GoogleObject): Json => ({
  kind: 'storage#bucket',
  id: name,
  name,
  selfLink: `https://www.googleapis.com/storage/v1/b/${name}`,
  timeCreated: iso(createdAt),
  updated: iso(createdAt),
  metageneration: '1',
  ...data,
});

/** Cloud Storage, below `/storage/v1/`. */
export function storageRoute(method: string, path: string): Route | undefined {
  const api = 'storage.googleapis.com';
  if (path === 'b' && method === 'GET')
    return {
      api,
      permission: 'storage.buckets.list',
      serve: (call) => {
        const { items, next } = page(call.project.of('storage.buckets'), call, 'maxResults', 200);
        return ok({ kind: 'storage#buckets', items: items.map(bucket), ...next });
      },
    };
  if (path === 'b' && method === 'POST')
    return { api, permission: 'storage.buckets.create', serve: (call) => ok(bucket(insertBucket(call))) };
  const name = /^b\/([a-z0-9._-]+)$/.exec(path)?.[1];
  if (name === undefined) return undefined;
  if (FOREIGN_BUCKETS.has(name))
    return {
      api,
      permission: 'storage.buckets.get',
      serve: (call) => {
        throw new GoogleError(
          403,
          'forbidden',
          `${call.account.email} does not have storage.buckets.get access to the Google Cloud Storage bucket.`,
        );
      },
    };
  if (method === 'GET')
    return {
      api,
      permission: 'storage.buckets.get',
      serve: (call) => ok(bucket(known(call, 'storage.buckets', name))),
    };
  if (method !== 'PATCH') return undefined;
  return {
    api,
    permission: 'storage.buckets.update',
    serve: (call) => {
      const object = known(call, 'storage.buckets', name);
      const generation = String(bucket(object)['metageneration']);
      const wanted = call.request.query.get('ifMetagenerationMatch');
      if (wanted !== null && wanted !== generation)
        throw new GoogleError(
          412,
          'conditionNotMet',
          'At least one of the pre-conditions you specified did not hold.',
        );
      const patch = bodyOf(call.request);
      const data = patched(object.data, patch);
      // Lists and lifecycles are replaced as a whole.
      if ('lifecycle' in patch && patch['lifecycle'] !== null) data['lifecycle'] = patch['lifecycle'];
      if (Object.keys(data['labels'] ?? {}).length === 0) delete data['labels'];
      object.data = { ...data, metageneration: String(Number(generation) + 1) };
      return ok(bucket(object));
    },
  };
}

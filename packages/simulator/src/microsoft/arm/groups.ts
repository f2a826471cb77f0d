import { ApiError, type JsonAnswer } from '../http.ts';
import type { AsyncOperations } from './async-operations.ts';
import { SECONDS } from './behaviours/model.ts';
import { notFound, type ArmCall } from './call.ts';
import { typeOf, type ArmPath } from './paths.ts';
import { entity, type Json, type Subscription } from './subscription.ts';

/** Tags of anything, by themselves. */
export function serveTags(call: ArmCall, subscription: Subscription, path: ArmPath): JsonAnswer {
  const group =
    path.segments.length === 0 && path.group !== undefined
      ? subscription.groups.get(path.group.toLowerCase())
      : undefined;
  const target = subscription.find(path.scope) ?? group;
  if (!target)
    throw notFound(typeOf(path.namespace ?? '', path.segments), path.segments.at(-1) ?? '', path.group ?? '');
  const body = (call.request.body ?? {}) as {
    operation?: string;
    properties?: { tags?: Record<string, string> };
  };
  const given = body.properties?.tags ?? {};
  if (call.request.method === 'PUT' || body.operation === 'Replace') target.tags = { ...given };
  else if (body.operation === 'Merge') target.tags = { ...target.tags, ...given };
  else if (body.operation === 'Delete')
    target.tags = Object.fromEntries(
      Object.entries(target.tags).filter(([key, value]) => !(key in given && given[key] === value)),
    );
  if (Object.keys(target.tags).length > 50)
    throw new ApiError(400, 'TooManyTags', 'A resource has at most 50 tags.');
  target.version += 1;
  return {
    status: 200,
    body: {
      id: `${path.scope}/providers/Microsoft.Resources/tags/default`,
      name: 'default',
      type: 'Microsoft.Resources/tags',
      properties: { tags: target.tags },
    },
  };
}

/** A resource group by its name. */
export function serveGroup(
  operations: AsyncOperations,
  call: ArmCall,
  subscription: Subscription,
  name: string,
): JsonAnswer {
  const group = subscription.groups.get(name.toLowerCase());
  const { method } = call.request;
  const body = (call.request.body ?? {}) as Json;
  if (method === 'PUT') {
    const made = group ?? subscription.addGroup(name, String(body['location']), call.now);
    made.tags = (body['tags'] ?? made.tags) as Record<string, string>;
    return { status: group ? 200 : 201, body: entity(made) };
  }
  if (!group)
    throw new ApiError(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
  if (method === 'HEAD') return { status: 204 };
  if (method === 'GET') return { status: 200, body: entity(group) };
  if (method === 'PATCH') {
    group.tags = (body['tags'] ?? group.tags) as Record<string, string>;
    return { status: 200, body: entity(group) };
  }
  const inside = `${group.id.toLowerCase()}/`;
  for (const resource of subscription.resources.values())
    if (resource.id.toLowerCase().startsWith(inside)) subscription.remove(resource, call.now);
  subscription.groups.delete(name.toLowerCase());
  return operations.accepted(
    call,
    group.location,
    'Microsoft.Resources',
    call.after(SECONDS.delete),
    undefined,
  );
}

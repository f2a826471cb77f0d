import { ApiError, type JsonAnswer } from '../http.ts';
import type { AsyncOperations } from './async-operations.ts';
import { behaviourOf, isAccepted, isImmediate } from './behaviour.ts';
import { power } from './behaviours/compute.ts';
import { SECONDS, type Place } from './behaviours/model.ts';
import { notFound, page, type ArmCall } from './call.ts';
import { LOCATIONS } from './locations.ts';
import { typeOf, type ArmPath } from './paths.ts';
import { entity, type ArmResource, type Json, type Subscription } from './subscription.ts';

const MACHINE = 'microsoft.compute/virtualmachines';

/** Resources by their address: listed, read, put, patched, deleted and acted on. */
export class Resources {
  readonly #operations: AsyncOperations;

  readonly #subscriptions: () => Iterable<Subscription>;

  constructor(operations: AsyncOperations, subscriptions: () => Iterable<Subscription>) {
    this.#operations = operations;
    this.#subscriptions = subscriptions;
  }

  list(call: ArmCall, subscription: Subscription, path: ArmPath): JsonAnswer {
    const type = typeOf(path.namespace ?? '', path.segments);
    if (!behaviourOf(type))
      throw new ApiError(
        404,
        'InvalidResourceType',
        `The resource type '${type}' could not be found in the namespace '${path.namespace}'.`,
      );
    const prefix = `${path.scope.toLowerCase()}/`;
    const statuses =
      call.request.query.get('statusOnly') === 'true' ||
      (call.request.query.get('$expand') ?? '').includes('instanceView');
    const found = subscription
      .ofType(type)
      .filter((resource) => path.group === undefined || resource.id.toLowerCase().startsWith(prefix));
    return page(
      call,
      found.map((resource) => this.#view(resource, statuses)),
    );
  }

  #view(resource: ArmResource, status: boolean): Json {
    const json = entity(resource);
    if (!status || resource.type.toLowerCase() !== MACHINE) return json;
    const words: Readonly<Record<string, string>> = {
      running: 'VM running',
      stopped: 'VM stopped',
      deallocated: 'VM deallocated',
      starting: 'VM starting',
      stopping: 'VM stopping',
      deallocating: 'VM deallocating',
    };
    const now = power(resource);
    const provisioning = String(resource.properties['provisioningState']).toLowerCase();
    json['properties'] = {
      ...(json['properties'] as Json),
      instanceView: {
        statuses: [
          {
            code: `ProvisioningState/${provisioning}`,
            level: provisioning === 'failed' ? 'Error' : 'Info',
            displayStatus: `Provisioning ${provisioning}`,
            time: new Date(resource.createdAt).toISOString(),
          },
          { code: `PowerState/${now}`, level: 'Info', displayStatus: words[now] ?? now },
        ],
      },
    };
    return json;
  }

  serve(call: ArmCall, subscription: Subscription, path: ArmPath): JsonAnswer {
    const { request } = call;
    const isAction = path.segments.length % 2 === 1;
    const segments = isAction ? path.segments.slice(0, -1) : path.segments;
    const type = typeOf(path.namespace ?? '', segments);
    const behaviour = behaviourOf(type);
    if (!behaviour || path.group === undefined)
      throw new ApiError(404, 'InvalidResourceType', `The resource type '${type}' could not be found.`);
    const group = subscription.groups.get(path.group.toLowerCase());
    if (!group)
      throw new ApiError(404, 'ResourceGroupNotFound', `Resource group '${path.group}' could not be found.`);
    const id = `${subscription.groupId(path.group)}/providers/${path.namespace}/${segments.join('/')}`;
    const resource = subscription.find(id);
    const place: Place = {
      subscription,
      now: call.now,
      after: call.after,
      isTaken: (kind, name) => this.#isTaken(subscription, kind, name),
    };
    if (request.method === 'PUT') return this.#put(call, place, path.group, type, segments, resource);
    if (!resource) {
      if (request.method === 'DELETE') return { status: 204 };
      throw notFound(type, segments.filter((_, i) => i % 2 === 1).join('/'), path.group);
    }
    if (isAction) {
      const name = (path.segments.at(-1) ?? '').toLowerCase();
      if (name === 'instanceview')
        return { status: 200, body: (this.#view(resource, true)['properties'] as Json)['instanceView'] };
      const act = behaviour.actions?.[name];
      if (!act || request.method !== 'POST')
        throw new ApiError(404, 'NotFound', `The action '${name}' of '${type}' is not simulated.`);
      const fails = call.faults.take('operation-fails');
      const isMachine = type.toLowerCase() === MACHINE;
      if (fails) {
        // Starting and deallocating count as updates of the model, whose outcome stays beside the power state.
        if (isMachine) resource.properties['provisioningState'] = 'Failed';
        return this.#operations.accepted(
          call,
          resource.location,
          path.namespace ?? '',
          call.after(SECONDS.start),
          undefined,
          fails,
        );
      }
      const until = act(place, resource);
      if (isMachine) resource.properties['provisioningState'] = 'Succeeded';
      resource.version += 1;
      if (isImmediate(type)) return { status: 200 };
      return this.#operations.accepted(call, resource.location, path.namespace ?? '', until, undefined);
    }
    if (request.method === 'GET')
      return {
        status: 200,
        body: this.#view(resource, (request.query.get('$expand') ?? '').includes('instanceView')),
      };
    if (request.method === 'PATCH') {
      const body = (request.body ?? {}) as Json;
      if (body['tags'] !== undefined) resource.tags = { ...(body['tags'] as Record<string, string>) };
      behaviour.patch?.(place, resource, body);
      resource.version += 1;
      return { status: 200, body: this.#view(resource, false) };
    }
    if (request.method !== 'DELETE')
      throw new ApiError(405, 'HttpMethodNotAllowed', `${request.method} is not allowed.`);
    behaviour.delete?.(place, resource);
    subscription.remove(resource, call.now);
    if (isImmediate(type)) return { status: 200 };
    return this.#operations.accepted(
      call,
      resource.location,
      path.namespace ?? '',
      call.after(SECONDS.delete),
      undefined,
    );
  }

  /** Whether another subscription has a name that is unique over all of them. */
  #isTaken(own: Subscription, type: string, name: string): boolean {
    for (const other of this.#subscriptions())
      if (other !== own && other.ofType(type).some((one) => one.name.toLowerCase() === name.toLowerCase()))
        return true;
    return own.ofType(type).filter((one) => one.name.toLowerCase() === name.toLowerCase()).length > 1;
  }

  #put(
    call: ArmCall,
    place: Place,
    group: string,
    type: string,
    segments: readonly string[],
    existing: ArmResource | undefined,
  ): JsonAnswer {
    const body = (call.request.body ?? {}) as Json;
    const wanted =
      typeof body['location'] === 'string'
        ? body['location']
        : (existing?.location ?? place.subscription.groups.get(group.toLowerCase())?.location ?? '');
    const location = wanted.toLowerCase().replaceAll(' ', '');
    if (!LOCATIONS.some(([name]) => name === location))
      throw new ApiError(
        400,
        'LocationNotAvailableForResourceType',
        `The provided location '${location}' is not available for resource type '${type}'.`,
      );
    if (existing && existing.location !== location)
      throw new ApiError(
        409,
        'InvalidResourceLocation',
        `The resource '${existing.name}' already exists in location '${existing.location}'.`,
      );
    const subscription = place.subscription;
    const name = segments.filter((_, index) => index % 2 === 1).join('/');
    const kept = existing
      ? Object.fromEntries(Object.entries(existing.properties).filter(([key]) => key.startsWith('_')))
      : {};
    const made = subscription.add(group, type, name, {
      location,
      createdAt: existing?.createdAt ?? call.now,
      properties: { ...kept, ...structuredClone((body['properties'] ?? {}) as Json) },
      tags: { ...((body['tags'] ?? {}) as Record<string, string>) },
      ...(body['sku'] === undefined ? {} : { sku: structuredClone(body['sku'] as Json) }),
      ...(typeof body['kind'] === 'string' ? { kind: body['kind'] } : {}),
      ...(Array.isArray(body['zones']) ? { zones: body['zones'] as string[] } : {}),
    });
    try {
      behaviourOf(type)?.create?.(place, made, existing);
    } catch (error) {
      // A refused request leaves what was there.
      if (existing) subscription.resources.set(existing.id.toLowerCase(), existing);
      else subscription.resources.delete(made.id.toLowerCase());
      throw error;
    }
    if (existing) {
      made.idleSpans.push(...existing.idleSpans);
      made.version = existing.version + 1;
      return { status: 200, body: entity(made) };
    }
    const fails = call.faults.take('operation-fails');
    if (isImmediate(type)) return { status: 201, body: entity(made) };
    const settle = made.pending?.settle;
    made.properties['provisioningState'] = 'Creating';
    made.pending = {
      until: made.pending?.until ?? call.after(SECONDS.create),
      settle: (resource) => {
        resource.properties['provisioningState'] = fails ? 'Failed' : 'Succeeded';
        if (!fails) settle?.(resource);
      },
    };
    const { until } = made.pending;
    const namespace = type.split('/')[0] ?? '';
    const started = this.#operations.accepted(call, location, namespace, until, () => entity(made), fails);
    if (isAccepted(type)) return { ...started, body: entity(made) };
    // The others answer the resource at once and tell by one header where to ask after it.
    const { location: _result, ...headers } = started.headers ?? {};
    return { status: 201, headers, body: entity(made) };
  }
}

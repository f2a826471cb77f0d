import type { FaultSet } from '../../control/faults.ts';
import type { Caller } from '../entra.ts';
import { ApiError, type JsonAnswer, type JsonRequest } from '../http.ts';
import { behaviourOf, isImmediate, power, SECONDS, type Place } from './behaviour.ts';
import { queryCosts } from './costs.ts';
import { readMetrics } from './metrics.ts';
import { parsePath, typeOf, type ArmPath } from './paths.ts';
import { allows, entity, type ArmResource, type Json, type Subscription } from './subscription.ts';

/** Items of a page; the service decides, clients can't. */
const PAGE = 200;
const LOCATIONS = [
  ['eastus', 'East US'],
  ['eastus2', 'East US 2'],
  ['brazilsouth', 'Brazil South'],
  ['westeurope', 'West Europe'],
  ['northeurope', 'North Europe'],
] as const;

/** A change under way that clients ask after. */
interface AsyncOperation {
  readonly until: number;
  /** Body of the `Location` address when it is over. */
  readonly result: (() => Json | undefined) | undefined;
  readonly error: { readonly code: string; readonly message: string } | undefined;
}

/** Everything a call needs. */
export interface ArmCall {
  readonly request: JsonRequest;
  readonly caller: Caller;
  readonly now: number;
  readonly after: (seconds: number) => number;
  readonly faults: FaultSet;
}

const notFound = (type: string, name: string, group: string): ApiError =>
  new ApiError(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );

/** Resource Manager over the subscriptions of a world. */
export class ResourceManager {
  readonly #subscriptions: () => ReadonlyMap<string, Subscription>;
  readonly #operations = new Map<string, AsyncOperation>();

  constructor(subscriptions: () => ReadonlyMap<string, Subscription>) {
    this.#subscriptions = subscriptions;
  }

  /** Name of the action a request is, as role definitions spell it; what faults and the log name it by. */
  static action(request: JsonRequest): string {
    const path = parsePath(request.path);
    if (!path) return 'none';
    if (path.extension?.startsWith('microsoft.insights/metrics')) return 'Microsoft.Insights/metrics/read';
    if (path.extension?.startsWith('microsoft.authorization'))
      return 'Microsoft.Authorization/permissions/read';
    if (
      path.extension?.startsWith('microsoft.costmanagement') ||
      path.namespace?.toLowerCase() === 'microsoft.costmanagement'
    )
      return 'Microsoft.CostManagement/query/read';
    if (path.extension === 'microsoft.resources/tags/default')
      return `Microsoft.Resources/tags/${request.method === 'GET' ? 'read' : 'write'}`;
    const verb = { GET: 'read', PUT: 'write', PATCH: 'write', DELETE: 'delete' }[request.method];
    if (path.namespace === undefined)
      return path.group === undefined && path.segments[0]?.toLowerCase() !== 'resourcegroups'
        ? 'Microsoft.Resources/subscriptions/read'
        : `Microsoft.Resources/subscriptions/resourceGroups/${verb ?? 'read'}`;
    if (verb !== undefined) return `${typeOf(path.namespace, path.segments)}/${verb}`;
    return `${typeOf(path.namespace, path.segments.slice(0, -1))}/${path.segments.at(-1) ?? ''}/action`;
  }

  serve(call: ArmCall): JsonAnswer {
    const { request, caller } = call;
    if (!request.query.has('api-version'))
      throw new ApiError(
        400,
        'MissingApiVersionParameter',
        'The api-version query parameter (?api-version=) is required for all requests.',
      );
    const path = parsePath(request.path);
    if (!path) throw new ApiError(404, 'NotFound', `There is nothing at ${request.path}.`);
    const own = [...this.#subscriptions().values()].filter((one) => one.tenantId === caller.directory.id);
    if (path.subscription === undefined)
      return {
        status: 200,
        body: {
          value: own.filter((one) => one.roles.has(caller.application.objectId)).map(subscriptionEntity),
          count: { type: 'Total', value: own.length },
        },
      };
    const subscription = own.find((one) => one.id === path.subscription);
    if (
      !subscription ||
      (!subscription.roles.has(caller.application.objectId) &&
        path.segments.length === 0 &&
        path.group === undefined)
    )
      throw new ApiError(
        404,
        'SubscriptionNotFound',
        `The subscription '${path.subscription}' could not be found.`,
      );
    subscription.settle(call.now);
    if (
      path.extension?.startsWith('microsoft.authorization/permissions') ||
      (path.namespace?.toLowerCase() === 'microsoft.authorization' &&
        path.segments[0]?.toLowerCase() === 'permissions')
    ) {
      const role = subscription.roles.get(caller.application.objectId);
      return {
        status: 200,
        body: {
          value: role
            ? [{ actions: role.actions, notActions: role.notActions, dataActions: [], notDataActions: [] }]
            : [],
        },
      };
    }
    this.#authorize(call, subscription, path);
    if (subscription.state === 'Disabled' && request.method !== 'GET')
      throw new ApiError(
        409,
        'ReadOnlyDisabledSubscription',
        `The subscription '${subscription.id}' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.`,
      );
    return this.#route(call, subscription, path);
  }

  #authorize(call: ArmCall, subscription: Subscription, path: ArmPath): void {
    const action = ResourceManager.action(call.request);
    const { application } = call.caller;
    if (allows(subscription.roles.get(application.objectId), action)) return;
    throw new ApiError(
      403,
      'AuthorizationFailed',
      `The client '${application.clientId}' with object id '${application.objectId}' does not have authorization to perform action '${action}' over scope '${path.scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
  }

  #route(call: ArmCall, subscription: Subscription, path: ArmPath): JsonAnswer {
    const { request, now } = call;
    const first = path.segments[0]?.toLowerCase();
    if (path.namespace === undefined) {
      if (path.group !== undefined) return this.#group(call, subscription, path.group);
      if (first === 'locations')
        return {
          status: 200,
          body: {
            value: LOCATIONS.map(([name, displayName]) => ({
              id: `/subscriptions/${subscription.id}/locations/${name}`,
              name,
              type: 'Region',
              displayName,
              regionalDisplayName: displayName,
              metadata: { regionType: 'Physical', regionCategory: 'Recommended' },
            })),
          },
        };
      if (first === 'resourcegroups') return this.#page(call, [...subscription.groups.values()].map(entity));
      if (first === 'resources')
        return this.#page(
          call,
          [...subscription.resources.values()].map(({ id, name, type, location, tags }) => ({
            id,
            name,
            type,
            location,
            tags,
          })),
        );
      if (path.segments.length === 0) return { status: 200, body: subscriptionEntity(subscription) };
      throw new ApiError(404, 'InvalidResourceType', `The resource type '${first}' could not be found.`);
    }
    if (path.namespace.toLowerCase() === 'microsoft.costmanagement')
      return queryCosts(request, subscription, path.scope, now);
    if (path.extension === 'microsoft.costmanagement/query')
      return queryCosts(request, subscription, path.scope, now);
    if (first === 'locations' && path.segments[2]?.toLowerCase().startsWith('operation'))
      return this.#operation(call, path.segments[2].toLowerCase() === 'operations', path.segments[3] ?? '');
    if (path.extension === 'microsoft.resources/tags/default') return this.#tags(call, subscription, path);
    if (path.extension === 'microsoft.insights/metrics') {
      const resource = subscription.find(path.scope);
      if (!resource)
        throw notFound(typeOf(path.namespace, path.segments), path.segments.at(-1) ?? '', path.group ?? '');
      return readMetrics(request, resource, now);
    }
    return path.segments.length % 2 === 1 && request.method === 'GET'
      ? this.#list(call, subscription, path)
      : this.#resource(call, subscription, path);
  }

  /** Tags of anything, by themselves. */
  #tags(call: ArmCall, subscription: Subscription, path: ArmPath): JsonAnswer {
    const group =
      path.segments.length === 0 && path.group !== undefined
        ? subscription.groups.get(path.group.toLowerCase())
        : undefined;
    const target = subscription.find(path.scope) ?? group;
    if (!target)
      throw notFound(
        typeOf(path.namespace ?? '', path.segments),
        path.segments.at(-1) ?? '',
        path.group ?? '',
      );
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

  #group(call: ArmCall, subscription: Subscription, name: string): JsonAnswer {
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
    if (method === 'GET' || method === 'HEAD') return { status: 200, body: entity(group) };
    if (method === 'PATCH') {
      group.tags = (body['tags'] ?? group.tags) as Record<string, string>;
      return { status: 200, body: entity(group) };
    }
    const inside = `${group.id.toLowerCase()}/`;
    for (const resource of subscription.resources.values())
      if (resource.id.toLowerCase().startsWith(inside)) subscription.remove(resource, call.now);
    subscription.groups.delete(name.toLowerCase());
    return this.#accepted(call, group.location, 'Microsoft.Resources', call.after(SECONDS.delete), undefined);
  }

  #list(call: ArmCall, subscription: Subscription, path: ArmPath): JsonAnswer {
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
    return this.#page(
      call,
      found.map((resource) => this.#view(resource, statuses)),
    );
  }

  #view(resource: ArmResource, status: boolean): Json {
    const json = entity(resource);
    if (!status || resource.type.toLowerCase() !== 'microsoft.compute/virtualmachines') return json;
    const words: Readonly<Record<string, string>> = {
      running: 'VM running',
      stopped: 'VM stopped',
      deallocated: 'VM deallocated',
      starting: 'VM starting',
      stopping: 'VM stopping',
      deallocating: 'VM deallocating',
    };
    const now = power(resource);
    json['properties'] = {
      ...(json['properties'] as Json),
      instanceView: {
        statuses: [
          {
            code: 'ProvisioningState/succeeded',
            level: 'Info',
            displayStatus: 'Provisioning succeeded',
            time: new Date(resource.createdAt).toISOString(),
          },
          { code: `PowerState/${now}`, level: 'Info', displayStatus: words[now] ?? now },
        ],
      },
    };
    return json;
  }

  #resource(call: ArmCall, subscription: Subscription, path: ArmPath): JsonAnswer {
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
    const place: Place = { subscription, now: call.now, after: call.after };
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
      if (fails)
        return this.#accepted(
          call,
          resource.location,
          path.namespace ?? '',
          call.after(SECONDS.start),
          undefined,
          fails,
        );
      const until = act(place, resource);
      resource.version += 1;
      if (isImmediate(type)) return { status: 200 };
      return this.#accepted(call, resource.location, path.namespace ?? '', until, undefined);
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
    return this.#accepted(
      call,
      resource.location,
      path.namespace ?? '',
      call.after(SECONDS.delete),
      undefined,
    );
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
    } else if (!isImmediate(type)) {
      const settle = made.pending?.settle;
      made.properties['provisioningState'] = 'Creating';
      made.pending = {
        until: made.pending?.until ?? call.after(SECONDS.create),
        settle: (resource) => {
          resource.properties['provisioningState'] = 'Succeeded';
          settle?.(resource);
        },
      };
    }
    return { status: existing ? 200 : 201, body: entity(made) };
  }

  #accepted(
    call: ArmCall,
    location: string,
    namespace: string,
    until: number,
    result: (() => Json | undefined) | undefined,
    failed?: { readonly code: string; readonly message?: string },
  ): JsonAnswer {
    const id = crypto.randomUUID();
    this.#operations.set(id, {
      until,
      result,
      error: failed ? { code: failed.code, message: failed.message ?? failed.code } : undefined,
    });
    const base = `${call.request.origin}/subscriptions/${parsePath(call.request.path)?.subscription}/providers/${namespace}/locations/${location}`;
    const version = `api-version=${call.request.query.get('api-version')}`;
    return {
      status: 202,
      headers: {
        'azure-asyncoperation': `${base}/operations/${id}?${version}`,
        location: `${base}/operationResults/${id}?${version}`,
        'retry-after': '1',
      },
    };
  }

  #operation(call: ArmCall, status: boolean, id: string): JsonAnswer {
    const operation = this.#operations.get(id);
    if (!operation) throw new ApiError(404, 'NotFound', `The operation ${id} was not found.`);
    const over = operation.until <= call.now;
    if (!status)
      return over
        ? { status: 200, body: operation.result?.() }
        : {
            status: 202,
            headers: {
              location: `${call.request.origin}${call.request.path}?${call.request.query.toString()}`,
              'retry-after': '1',
            },
          };
    const state = !over ? 'InProgress' : operation.error ? 'Failed' : 'Succeeded';
    return {
      status: 200,
      headers: over ? {} : { 'retry-after': '1' },
      body: { name: id, status: state, ...(over && operation.error ? { error: operation.error } : {}) },
    };
  }

  #page(call: ArmCall, all: readonly Json[]): JsonAnswer {
    const { request, faults } = call;
    const paging = faults.paging();
    const size = Math.min(PAGE, paging?.maxItems ?? PAGE);
    const at = Number(request.query.get('$skiptoken') ?? 0) || 0;
    const next = new URLSearchParams(request.query);
    next.set('$skiptoken', paging?.repeatToken === true ? String(Math.max(at, 1)) : String(at + size));
    const more = at + size < all.length || paging?.repeatToken === true;
    return {
      status: 200,
      body: {
        value: all.slice(at, at + size),
        ...(more ? { nextLink: `${request.origin}${request.path}?${next.toString()}` } : {}),
      },
    };
  }
}

function subscriptionEntity(subscription: Subscription): Json {
  return {
    id: `/subscriptions/${subscription.id}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: subscription.id,
    tenantId: subscription.tenantId,
    displayName: subscription.displayName,
    state: subscription.state,
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}

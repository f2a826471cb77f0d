import { ApiError, type JsonAnswer, type JsonRequest } from '../http.ts';
import { AsyncOperations } from './async-operations.ts';
import { notFound, page, type ArmCall } from './call.ts';
import { queryCosts } from './costs.ts';
import { serveGroup, serveTags } from './groups.ts';
import { LOCATIONS } from './locations.ts';
import { readMetrics } from './metrics.ts';
import { parsePath, typeOf, type ArmPath } from './paths.ts';
import { Resources } from './resources.ts';
import { listSkus } from './skus.ts';
import { allows, entity, type Json, type Subscription } from './subscription.ts';

/** Resource Manager over the subscriptions of a world. */
export class ResourceManager {
  readonly #subscriptions: () => ReadonlyMap<string, Subscription>;
  readonly #operations = new AsyncOperations();
  readonly #resources = new Resources(this.#operations, () => this.#subscriptions().values());

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
            ? [
                {
                  actions: role.actions,
                  notActions: role.notActions,
                  dataActions: role.dataActions ?? [],
                  notDataActions: [],
                },
              ]
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
      if (path.group !== undefined) return serveGroup(this.#operations, call, subscription, path.group);
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
      if (first === 'resourcegroups') return page(call, [...subscription.groups.values()].map(entity));
      if (first === 'resources')
        return page(
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
      return queryCosts(request, subscription, path.scope, now, call.faults.paging()?.maxItems);
    if (path.extension === 'microsoft.costmanagement/query')
      return queryCosts(request, subscription, path.scope, now, call.faults.paging()?.maxItems);
    if (path.namespace.toLowerCase() === 'microsoft.compute' && first === 'skus')
      return page(call, listSkus(request.query.get('$filter')));
    if (first === 'locations' && path.segments[2]?.toLowerCase().startsWith('operation'))
      return this.#operations.answer(
        call,
        path.segments[2].toLowerCase() === 'operations',
        path.segments[3] ?? '',
      );
    if (path.extension === 'microsoft.resources/tags/default') return serveTags(call, subscription, path);
    if (path.extension === 'microsoft.insights/metrics') {
      const resource = subscription.find(path.scope);
      if (!resource)
        throw notFound(typeOf(path.namespace, path.segments), path.segments.at(-1) ?? '', path.group ?? '');
      return readMetrics(request, resource, now);
    }
    const collection =
      path.segments.length % 2 === 1 && path.segments.at(-1)?.toLowerCase() !== 'instanceview';
    return collection && request.method === 'GET'
      ? this.#resources.list(call, subscription, path)
      : this.#resources.serve(call, subscription, path);
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

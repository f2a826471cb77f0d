import type { Field } from '../../fields.ts';
import type { Json, Resource, ResourceState } from '../../resource.ts';
import { number, text } from '../../shared/parameters.ts';
import { pathOf, type GcpOperation, type Scope } from '../scope.ts';
import { list, num, obj, str, type Entity } from '../session.ts';
import { act, answer, descriptor, SQL } from './model.ts';

/** The raw members of a resource. */
const raw = (seen: Resource | undefined): Entity => seen?.attributes ?? {};

async function patchSql(
  scope: Scope,
  nativeId: string,
  settings: Record<string, Json>,
  settle: boolean,
): Promise<void> {
  const path = pathOf(scope.session, 'sql', nativeId);
  await act(
    scope,
    { api: 'sql', permission: 'cloudsql.instances.update', method: 'PATCH', path, body: { settings } },
    { settle },
  );
}

/** Cloud SQL has no verb for starting and stopping: the activation policy is set. */
function activation(
  id: 'start' | 'stop',
  label: string,
  from: ResourceState,
  wanted: ResourceState,
  policy: string,
): GcpOperation {
  const undo = id === 'start' ? 'stop' : 'start';
  return {
    descriptor: descriptor({
      type: SQL,
      id,
      label,
      states: [from],
      ...(id === 'start' ? { confirm: 'none' as const } : {}),
      until: [wanted],
      undo,
      actions: ['cloudsql.instances.update'],
    }),
    async run({ scope, resource }) {
      await patchSql(scope, resource.nativeId, { activationPolicy: policy }, false);
      return answer('accepted', { undo: { operation: undo, parameters: {} } });
    },
    evidence: (seen) => (seen?.state === wanted ? 'yes' : 'no'),
  };
}

const TIER: Field = {
  name: 'size',
  label: 'Tier',
  kind: 'text',
  required: true,
  maxLength: 63,
  pattern: { source: 'db-[a-z0-9-]+', message: 'is not the name of a tier' },
};
const AVAILABILITY: Field = {
  name: 'availability',
  label: 'Availability',
  kind: 'select',
  required: true,
  options: [
    { value: 'ZONAL', label: 'One zone' },
    { value: 'REGIONAL', label: 'Two zones, with a standby' },
  ],
};

const resizeSql: GcpOperation = {
  descriptor: descriptor({
    type: SQL,
    id: 'resize',
    label: 'Change tier (restarts)',
    states: ['running', 'stopped'],
    parameters: [TIER],
    undo: 'resize',
    actions: ['cloudsql.instances.update'],
  }),
  async run({ scope, resource, before, parameters }) {
    await patchSql(scope, resource.nativeId, { tier: text(parameters, 'size') ?? '' }, true);
    const former = before?.size?.sku;
    return answer(
      'done',
      former === undefined ? {} : { undo: { operation: 'resize', parameters: { size: former } } },
    );
  },
  evidence: (seen, { parameters }) => (seen?.size?.sku === text(parameters, 'size') ? 'yes' : 'no'),
};

const availabilityOf = (seen: Resource | undefined): string | undefined =>
  str(obj(raw(seen), 'settings'), 'availabilityType');

const setAvailability: GcpOperation = {
  descriptor: descriptor({
    type: SQL,
    id: 'set-availability',
    label: 'Set availability (restarts)',
    states: ['running', 'stopped'],
    parameters: [AVAILABILITY],
    undo: 'set-availability',
    actions: ['cloudsql.instances.update'],
  }),
  async run({ scope, resource, before, parameters }) {
    const availability = text(parameters, 'availability') ?? '';
    await patchSql(scope, resource.nativeId, { availabilityType: availability }, true);
    const former = availabilityOf(before);
    return answer(
      'done',
      former === undefined
        ? {}
        : { undo: { operation: 'set-availability', parameters: { availability: former } } },
    );
  },
  evidence: (seen, { parameters }) =>
    availabilityOf(seen) === text(parameters, 'availability') ? 'yes' : 'no',
};

const LIFECYCLE: Field = {
  name: 'configuration',
  label: 'Lifecycle configuration',
  help: 'The whole of it, with rule; without rules it is removed.',
  kind: 'json',
  required: false,
};

const rulesOf = (configuration: Json | undefined): readonly Json[] => {
  const rules =
    typeof configuration === 'object' && configuration !== null && !Array.isArray(configuration)
      ? configuration['rule']
      : undefined;
  return Array.isArray(rules) ? rules : [];
};

/** Texts of rules without differences of order. */
function canonical(value: Json): string {
  const sorted = (one: Json): Json => {
    if (Array.isArray(one)) return one.map(sorted);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(
      Object.entries(one)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, member]) => [key, sorted(member)]),
    );
  };
  return JSON.stringify(sorted(value));
}
const sameRules = (a: readonly Json[], b: readonly Json[]): boolean =>
  JSON.stringify(a.map(canonical).toSorted()) === JSON.stringify(b.map(canonical).toSorted());

const setLifecycle: GcpOperation = {
  descriptor: descriptor({
    type: 'gcp.storage.bucket',
    id: 'set-lifecycle',
    label: 'Set lifecycle',
    parameters: [LIFECYCLE],
    // What rules delete is gone.
    confirm: 'typed',
    undo: 'set-lifecycle',
    captured: true,
    actions: ['storage.buckets.update'],
  }),
  async run({ scope, resource, before, parameters }) {
    const rules = rulesOf(parameters['configuration']);
    await act(scope, {
      api: 'storage',
      permission: 'storage.buckets.update',
      method: 'PATCH',
      path: `b/${pathOf(scope.session, 'storage', resource.nativeId)}`,
      body: { lifecycle: rules.length === 0 ? null : { rule: rules } },
    });
    const former = rulesOf(before?.attributes['lifecycle']);
    return answer('done', {
      undo: { operation: 'set-lifecycle', parameters: { configuration: { rule: [...former] } } },
      note: 'Rules act once a day; objects they deleted do not come back.',
    });
  },
  evidence: (seen, { parameters }) =>
    seen !== undefined &&
    sameRules(rulesOf(seen.attributes['lifecycle']), rulesOf(parameters['configuration']))
      ? 'yes'
      : 'no',
};

const POOL: Field = {
  name: 'pool',
  label: 'Node pool',
  kind: 'text',
  required: true,
  maxLength: 40,
  pattern: { source: '[a-z]([a-z0-9-]*[a-z0-9])?', message: 'is not the name of a node pool' },
};
const NODES: Field = {
  name: 'nodes',
  label: 'Nodes',
  help: 'For each zone of the pool.',
  kind: 'number',
  required: true,
  integer: true,
  min: 0,
  max: 1000,
};

/** `initialNodeCount` follows each change of the size: it is the number of nodes wanted in each zone. */
function nodesOf(seen: Resource | undefined, pool: string | undefined): number | undefined {
  const found = list(raw(seen), 'nodePools').find((one) => str(one, 'name') === pool);
  return found === undefined ? undefined : (num(found, 'initialNodeCount') ?? 0);
}

const scale: GcpOperation = {
  descriptor: descriptor({
    type: 'gcp.gke.cluster',
    id: 'scale',
    label: 'Set size of a node pool',
    states: ['running'],
    parameters: [POOL, NODES],
    undo: 'scale',
    actions: ['container.clusters.update'],
  }),
  async run({ scope, resource, before, parameters }) {
    const pool = text(parameters, 'pool') ?? '';
    await act(
      scope,
      {
        api: 'container',
        permission: 'container.clusters.update',
        method: 'POST',
        path: `${pathOf(scope.session, 'container', resource.nativeId)}/nodePools/${pool}:setSize`,
        body: { nodeCount: number(parameters, 'nodes') ?? 0 },
      },
      { settle: true },
    );
    const former = nodesOf(before, pool);
    return answer(
      'done',
      former === undefined ? {} : { undo: { operation: 'scale', parameters: { pool, nodes: former } } },
    );
  },
  evidence: (seen, { parameters }) =>
    nodesOf(seen, text(parameters, 'pool')) === number(parameters, 'nodes') ? 'yes' : 'no',
};

export const managed: readonly GcpOperation[] = [
  activation('start', 'Start', 'stopped', 'running', 'ALWAYS'),
  activation('stop', 'Stop', 'running', 'stopped', 'NEVER'),
  resizeSql,
  setAvailability,
  setLifecycle,
  scale,
];

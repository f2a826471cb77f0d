import { CloudError, invalidInput } from '../../errors.ts';
import type { Field } from '../../fields.ts';
import type { Json, Resource } from '../../resource.ts';
import { textList, textMap } from '../../shared/parameters.ts';
import { labelIssue, MAX_LABELS } from '../label-rules.ts';
import { pathOf, type GcpOperation, type Scope } from '../scope.ts';
import { labelsOf, obj, str, type Api, type ApiRequest, type Entity } from '../session.ts';
import { act, answer, descriptor, DISK, INSTANCE, SQL } from './model.ts';

const LABELS: Field = { name: 'tags', label: 'Labels', kind: 'tags', required: true, max: MAX_LABELS };
const KEYS: Field = {
  name: 'keys',
  label: 'Label names',
  kind: 'multiselect',
  required: true,
  max: MAX_LABELS,
};
const PATCH: Field = { name: 'labels', label: 'Captured labels', kind: 'json', required: true };

/** Labels to set, and with null to remove. */
type Patch = Readonly<Record<string, string | null>>;

interface Labelled {
  readonly type: string;
  readonly api: Api;
  /** Permission that reads and the one that sets. */
  readonly get: string;
  readonly set: string;
  readonly current: (entity: Entity) => Record<string, string>;
  /** The request that replaces labels, made of the object as just read. */
  readonly request: (
    path: string,
    entity: Entity,
    labels: Readonly<Record<string, string>>,
    patch: Patch,
  ) => Pick<ApiRequest, 'method' | 'path' | 'body' | 'query'>;
}

const compute = (type: string, collection: string): Labelled => ({
  type,
  api: 'compute',
  get: `compute.${collection}.get`,
  set: `compute.${collection}.setLabels`,
  current: labelsOf,
  request: (path, entity, labels) => ({
    method: 'POST',
    path: `${path}/setLabels`,
    body: { labels, labelFingerprint: str(entity, 'labelFingerprint') },
  }),
});

const LABELLED: readonly Labelled[] = [
  compute(INSTANCE, 'instances'),
  compute(DISK, 'disks'),
  compute('gcp.compute.snapshot', 'snapshots'),
  compute('gcp.compute.image', 'images'),
  compute('gcp.compute.address', 'addresses'),
  {
    type: 'gcp.storage.bucket',
    api: 'storage',
    get: 'storage.buckets.get',
    set: 'storage.buckets.update',
    current: labelsOf,
    // The metageneration is the bucket's fingerprint.
    request: (path, entity, _labels, patch) => ({
      method: 'PATCH',
      path,
      query: { ifMetagenerationMatch: str(entity, 'metageneration') },
      body: { labels: patch },
    }),
  },
  {
    type: SQL,
    api: 'sql',
    get: 'cloudsql.instances.get',
    set: 'cloudsql.instances.update',
    current: (entity) => labelsOf(obj(entity, 'settings'), 'userLabels'),
    request: (path, entity, _labels, patch) => ({
      method: 'PATCH',
      path,
      body: {
        settings: { settingsVersion: str(obj(entity, 'settings'), 'settingsVersion'), userLabels: patch },
      },
    }),
  },
  {
    type: 'gcp.functions.function',
    api: 'functions',
    get: 'cloudfunctions.functions.get',
    set: 'cloudfunctions.functions.update',
    current: labelsOf,
    request: (path, _entity, labels) => ({
      method: 'PATCH',
      path,
      query: { updateMask: 'labels' },
      body: { labels },
    }),
  },
  {
    type: 'gcp.gke.cluster',
    api: 'container',
    get: 'container.clusters.get',
    set: 'container.clusters.update',
    current: (entity) => labelsOf(entity, 'resourceLabels'),
    request: (path, entity, labels) => ({
      method: 'POST',
      path: `${path}:setResourceLabels`,
      body: { resourceLabels: labels, labelFingerprint: str(entity, 'labelFingerprint') },
    }),
  },
  {
    type: 'gcp.resourcemanager.project',
    api: 'projects',
    get: 'resourcemanager.projects.get',
    set: 'resourcemanager.projects.update',
    current: labelsOf,
    request: (path, _entity, labels) => ({
      method: 'PATCH',
      path,
      query: { updateMask: 'labels' },
      body: { labels },
    }),
  },
];

/** Times a change is tried again when somebody else changed the object in between. */
const RACES = 3;

/** Sets and removes single labels: reads the object, puts the whole map with its fingerprint. */
async function change(scope: Scope, kind: Labelled, nativeId: string, patch: Patch): Promise<void> {
  if (scope.rehearsal) return;
  const { session, signal } = scope;
  const own = pathOf(session, kind.api, nativeId);
  const path = kind.api === 'storage' ? `b/${own}` : own;
  for (let round = 1; ; round += 1) {
    const entity = await session.call<Entity>({ api: kind.api, permission: kind.get, path }, { signal });
    const labels = { ...kind.current(entity) };
    for (const [key, value] of Object.entries(patch))
      if (value === null) delete labels[key];
      else labels[key] = value;
    try {
      const request = kind.request(path, entity, labels, patch);
      await act(scope, { api: kind.api, permission: kind.set, ...request }, { settle: true });
      return;
    } catch (error) {
      const raced =
        error instanceof CloudError && error.kind === 'conflict_state' && error.problem.httpStatus === 412;
      if (!raced || round >= RACES) throw error;
    }
  }
}

/** What brings the labels back that a patch touches, and leaves the others alone. */
function inverse(before: Resource | undefined, patch: Patch): Record<string, Json> {
  const former = before?.tags ?? {};
  return Object.fromEntries(
    Object.keys(patch).map((key) => [key, Object.hasOwn(former, key) ? (former[key] ?? '') : null]),
  );
}

function checked(labels: Readonly<Record<string, string | null>>, field: string): Patch {
  const message = labelIssue(labels);
  if (message !== undefined) throw invalidInput([{ field, message }]);
  return labels;
}

/** A captured patch: texts and nulls by key. */
function patchIn(value: Json | undefined): Patch {
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  return Object.fromEntries(
    Object.entries(members).filter(
      (entry): entry is [string, string | null] => entry[1] === null || typeof entry[1] === 'string',
    ),
  );
}

const holds = (seen: Resource | undefined, patch: Patch): 'yes' | 'no' =>
  seen !== undefined &&
  Object.entries(patch).every(([key, value]) =>
    value === null ? !Object.hasOwn(seen.tags, key) : seen.tags[key] === value,
  )
    ? 'yes'
    : 'no';

export const labelling: readonly GcpOperation[] = LABELLED.flatMap((kind): GcpOperation[] => {
  const { type } = kind;
  const operation = (
    parts: { id: string; label: string; parameters: readonly Field[]; captured?: true },
    patchOf: (parameters: Readonly<Record<string, Json>>) => Patch,
  ): GcpOperation => ({
    descriptor: descriptor({ type, confirm: 'none', undo: 'set-labels', actions: [kind.set], ...parts }),
    async run({ scope, resource, before, parameters }) {
      const patch = patchOf(parameters);
      await change(scope, kind, resource.nativeId, patch);
      return answer('done', {
        undo: { operation: 'set-labels', parameters: { labels: inverse(before, patch) } },
      });
    },
    evidence: (seen, { parameters }) => holds(seen, patchOf(parameters)),
  });
  return [
    operation({ id: 'tag', label: 'Set labels', parameters: [LABELS] }, (p) =>
      checked(textMap(p, 'tags'), 'tags'),
    ),
    operation({ id: 'untag', label: 'Remove labels', parameters: [KEYS] }, (p) =>
      Object.fromEntries(textList(p, 'keys').map((key) => [key, null])),
    ),
    operation(
      { id: 'set-labels', label: 'Set and remove labels', parameters: [PATCH], captured: true },
      (p) => checked(patchIn(p['labels']), 'labels'),
    ),
  ];
});

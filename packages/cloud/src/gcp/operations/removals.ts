import type { Field } from '../../fields.ts';
import type { Json, Resource } from '../../resource.ts';
import { text } from '../../shared/parameters.ts';
import { fullName, pathOf, type GcpOperation, type Scope } from '../scope.ts';
import { act, answer, below, descriptor, DISK, INSTANCE, requestId } from './model.ts';

/** Members of a disk that a new one may carry; the rest is set by the service. */
const DISK_MEMBERS = [
  'name',
  'description',
  'sizeGb',
  'type',
  'labels',
  'provisionedIops',
  'provisionedThroughput',
  'resourcePolicies',
  'physicalBlockSizeBytes',
  'licenses',
  'guestOsFeatures',
  'architecture',
];
const SNAPSHOT: Field = {
  name: 'snapshotId',
  label: 'Snapshot to restore from',
  kind: 'text',
  required: false,
  maxLength: 2048,
};
const BODY: Field = { name: 'body', label: 'Captured configuration', kind: 'json', required: true };

const REMOVALS: readonly (readonly [type: string, collection: string])[] = [
  [INSTANCE, 'instances'],
  [DISK, 'disks'],
  ['gcp.compute.snapshot', 'snapshots'],
  ['gcp.compute.image', 'images'],
  ['gcp.compute.address', 'addresses'],
];

/** The path of a snapshot that is given by its name or its full resource name. */
function snapshotPath({ session }: Scope, given: string): string {
  return given.includes('/')
    ? given.replace(fullName('compute', ''), '')
    : `projects/${session.projectId}/global/snapshots/${given}`;
}

/** A disk as a request may carry it, from a snapshot. */
function captured(before: Resource | undefined, snapshot: string): Record<string, Json> {
  const members = DISK_MEMBERS.flatMap((name) => {
    const value = before?.attributes[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(members), sourceSnapshot: snapshot };
}

const restore: GcpOperation = {
  descriptor: descriptor({
    type: DISK,
    id: 'restore',
    label: 'Restore',
    states: ['deleted'],
    parameters: [BODY],
    undo: 'delete',
    captured: true,
    actions: ['compute.disks.create', 'compute.snapshots.useReadOnly', 'compute.disks.setLabels'],
  }),
  async run({ scope, resource, parameters, clientToken }) {
    const body = parameters['body'];
    const members = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
    const path = pathOf(scope.session, 'compute', resource.nativeId);
    await act(scope, {
      api: 'compute',
      permission: 'compute.disks.create',
      method: 'POST',
      path: path.replace(/\/[^/]+$/, ''),
      query: { requestId: requestId(clientToken, 'create') },
      body: members,
    });
    return answer('accepted', { created: [resource], undo: { operation: 'delete', parameters: {} } });
  },
  evidence: (seen) => (seen === undefined ? 'no' : 'yes'),
};

export const removals: readonly GcpOperation[] = [
  ...REMOVALS.map(([type, collection]): GcpOperation => {
    const permission = `compute.${collection}.delete`;
    return {
      descriptor: descriptor({
        type,
        id: 'delete',
        label: 'Delete',
        confirm: 'typed',
        until: ['deleted'],
        actions: [permission],
        ...(type === DISK ? { parameters: [SNAPSHOT], undo: 'restore' } : {}),
      }),
      async run({ scope, resource, before, parameters, clientToken }) {
        await act(scope, {
          api: 'compute',
          permission,
          method: 'DELETE',
          path: below(scope, resource.nativeId),
          query: { requestId: requestId(clientToken, 'delete') },
        });
        // A disk comes back from its snapshot only.
        const snapshot = text(parameters, 'snapshotId');
        if (type !== DISK || snapshot === undefined) return answer('accepted');
        return answer('accepted', {
          undo: {
            operation: 'restore',
            parameters: { body: captured(before, snapshotPath(scope, snapshot)) },
          },
        });
      },
      evidence: (seen) => (seen === undefined || seen.state === 'deleted' ? 'yes' : 'no'),
    };
  }),
  restore,
];

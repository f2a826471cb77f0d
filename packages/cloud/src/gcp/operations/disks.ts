import { CloudError, orGone } from '../../errors.ts';
import type { Field, FieldValues } from '../../fields.ts';
import type { Json, Resource } from '../../resource.ts';
import { text } from '../../shared/parameters.ts';
import { fullName, pathOf, type GcpOperation, type Scope } from '../scope.ts';
import { labelsOf, list, str, type Entity } from '../session.ts';
import { markOf, TOKEN_LABEL } from '../token.ts';
import { act, answer, below, descriptor, DISK, requestId } from './model.ts';

const NAME: Field = {
  name: 'name',
  label: 'Name of the snapshot',
  kind: 'text',
  required: false,
  maxLength: 63,
  pattern: { source: '[a-z]([a-z0-9-]*[a-z0-9])?', message: 'takes lower-case letters, digits and hyphens' },
};

/** The snapshot's name follows from the token, so that a repetition finds the first one. */
const snapshotName = (parameters: FieldValues, clientToken: string): string =>
  text(parameters, 'name') ?? `cloudatlas-${clientToken}`.toLowerCase().slice(0, 63).replace(/-+$/, '');

function snapshotRef(scope: Scope, name: string, region: string) {
  return {
    type: 'gcp.compute.snapshot',
    nativeId: fullName('compute', `projects/${scope.session.projectId}/global/snapshots/${name}`),
    id: name,
    region,
  };
}

const snapshot: GcpOperation = {
  descriptor: descriptor({
    type: DISK,
    id: 'snapshot',
    label: 'Create snapshot',
    confirm: 'none',
    parameters: [NAME],
    actions: ['compute.disks.createSnapshot', 'compute.snapshots.create', 'compute.snapshots.setLabels'],
  }),
  repeatable: true,
  async run({ scope, resource, before, parameters, clientToken }) {
    const name = snapshotName(parameters, clientToken);
    const region = before?.region ?? resource.region;
    await act(scope, {
      api: 'compute',
      permission: 'compute.disks.createSnapshot',
      method: 'POST',
      path: below(scope, resource.nativeId, 'createSnapshot'),
      query: { requestId: requestId(clientToken, 'createSnapshot') },
      body: {
        name,
        storageLocations: [region],
        labels: { 'created-by': 'cloudatlas', [TOKEN_LABEL]: markOf(clientToken) },
      },
    });
    return answer('accepted', { created: [snapshotRef(scope, name, region)] });
  },
  // It bears the mark of the order: where there is none, nothing happened.
  evidence: () => 'no',
  async made({ scope, resource, parameters, clientToken }) {
    const name = snapshotName(parameters, clientToken);
    const ref = snapshotRef(scope, name, resource.region);
    const path = pathOf(scope.session, 'compute', ref.nativeId);
    const found = await orGone(
      scope.session.call<Entity>(
        { api: 'compute', permission: 'compute.snapshots.get', path },
        { signal: scope.signal },
      ),
    );
    // One of another order under a name that a person chose is none of this one.
    return found && labelsOf(found)[TOKEN_LABEL] === markOf(clientToken) ? [ref] : [];
  },
};

/** How a disk is attached to a machine, as `attachDisk` takes it. */
const ATTACHMENT: Field = {
  name: 'attachment',
  label: 'Captured attachment',
  kind: 'json',
  required: true,
};
/** Members of an attached disk that a request may carry. */
const ATTACHED = ['deviceName', 'mode', 'boot', 'autoDelete', 'interface', 'type'];

/** The machine a disk is attached to, and its entry there. */
async function attachmentOf(
  scope: Scope,
  disk: Resource,
): Promise<{ readonly instance: string; readonly entry: Entity } | undefined> {
  const instance = disk.relations.find((one) => one.kind === 'attached_to')?.targetNativeId;
  if (instance === undefined) return undefined;
  const path = pathOf(scope.session, 'compute', instance);
  const machine = await scope.session.call<Entity>(
    { api: 'compute', permission: 'compute.instances.get', path },
    { signal: scope.signal },
  );
  const own = disk.nativeId.replace('//compute.googleapis.com/', '/');
  const entry = list(machine, 'disks').find((one) => (str(one, 'source') ?? '').endsWith(own));
  return entry === undefined ? undefined : { instance, entry };
}

const detach: GcpOperation = {
  descriptor: descriptor({
    type: DISK,
    id: 'detach',
    label: 'Detach',
    states: ['in_use'],
    until: ['available'],
    undo: 'attach',
    actions: ['compute.instances.detachDisk', 'compute.disks.use'],
  }),
  async run({ scope, resource, before, clientToken }) {
    const found = before === undefined ? undefined : await attachmentOf(scope, before);
    const deviceName = str(found?.entry, 'deviceName');
    if (!found || deviceName === undefined)
      throw new CloudError({ kind: 'conflict_state', message: `${resource.id} is attached to no machine.` });
    await act(
      scope,
      {
        api: 'compute',
        permission: 'compute.instances.detachDisk',
        method: 'POST',
        path: below(scope, found.instance, 'detachDisk'),
        query: { deviceName, requestId: requestId(clientToken, 'detachDisk') },
      },
      { settle: true },
    );
    const members = ATTACHED.flatMap((name) => {
      const value = found.entry[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    const attachment: Json = { instance: found.instance, disk: Object.fromEntries(members) };
    return answer('done', { undo: { operation: 'attach', parameters: { attachment } } });
  },
  evidence: (seen) => (seen?.state === 'available' ? 'yes' : 'no'),
};

const attach: GcpOperation = {
  descriptor: descriptor({
    type: DISK,
    id: 'attach',
    label: 'Attach',
    states: ['available'],
    parameters: [ATTACHMENT],
    until: ['in_use'],
    undo: 'detach',
    captured: true,
    actions: ['compute.instances.attachDisk', 'compute.disks.use'],
  }),
  async run({ scope, resource, parameters, clientToken }) {
    const given = parameters['attachment'];
    const attachment = typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
    const { instance, disk } = attachment;
    if (typeof instance !== 'string' || typeof disk !== 'object' || disk === null || Array.isArray(disk))
      throw new CloudError({
        kind: 'invalid_input',
        message: 'attachment: needs an instance and a disk',
        fields: [{ field: 'attachment', message: 'needs an instance and a disk' }],
      });
    await act(
      scope,
      {
        api: 'compute',
        permission: 'compute.instances.attachDisk',
        method: 'POST',
        path: below(scope, instance, 'attachDisk'),
        query: { requestId: requestId(clientToken, 'attachDisk') },
        body: { ...disk, source: below(scope, resource.nativeId) },
      },
      { settle: true },
    );
    return answer('done', { undo: { operation: 'detach', parameters: {} } });
  },
  evidence: (seen) => (seen?.state === 'in_use' ? 'yes' : 'no'),
};

export const diskOperations: readonly GcpOperation[] = [snapshot, detach, attach];

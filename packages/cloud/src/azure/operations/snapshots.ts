import { orGone } from '../../errors.ts';
import type { Field, FieldValues } from '../../fields.ts';
import { text } from '../../shared/parameters.ts';
import { armId, type AzureOperation } from '../scope.ts';
import { act, answer, descriptor } from './model.ts';

const NAME: Field = {
  name: 'name',
  label: 'Name of the snapshot',
  kind: 'text',
  required: false,
  maxLength: 80,
  pattern: { source: '[A-Za-z0-9_.-]+', message: 'takes letters, digits and _.-' },
};

/** The snapshot's name follows from the token, so that a repetition finds the first one. */
const snapshotName = (parameters: FieldValues, clientToken: string): string =>
  text(parameters, 'name') ?? `cloudatlas-${clientToken}`.slice(0, 80);

export const snapshot: AzureOperation = {
  descriptor: descriptor({
    type: 'azure.compute.disk',
    id: 'snapshot',
    label: 'Create snapshot',
    confirm: 'none',
    parameters: [NAME],
    actions: ['Microsoft.Compute/snapshots/write', 'Microsoft.Compute/disks/beginGetAccess/action'],
  }),
  repeatable: true,
  async run({ scope, resource, before, parameters, clientToken }) {
    const { group } = armId(resource.nativeId);
    const name = snapshotName(parameters, clientToken);
    const location = before?.region ?? resource.region;
    await act(scope, 'compute', 'Microsoft.Compute/snapshots/write', (c, o) =>
      c.snapshots.beginCreateOrUpdate(
        group,
        name,
        {
          location,
          creationData: { createOption: 'Copy', sourceResourceId: resource.nativeId },
          tags: { 'created-by': 'cloudatlas' },
        },
        o,
      ),
    );
    return answer('accepted', { created: [snapshotRef(resource.nativeId, name, location)] });
  },
  // Whether it is there under its name is all there is to know.
  evidence: () => 'no',
  async made({ scope, resource, parameters, clientToken }) {
    const name = snapshotName(parameters, clientToken);
    const { group } = armId(resource.nativeId);
    const known = await orGone(
      scope.session.call(
        'compute',
        'GET Microsoft.Compute/snapshots',
        (c, o) => c.snapshots.get(group, name, o),
        {
          signal: scope.signal,
        },
      ),
    );
    return known === undefined ? [] : [snapshotRef(resource.nativeId, name, known.location)];
  },
};

function snapshotRef(diskId: string, name: string, region: string) {
  const base = diskId.replace(/\/disks\/[^/]+$/i, '');
  return {
    type: 'azure.compute.snapshot',
    nativeId: `${base}/snapshots/${name}`.toLowerCase(),
    id: name,
    region,
  };
}

import type { JsonAnswer } from '../microsoft/http.ts';
import { begin, inUse, later, link, LINK, notFound, repeated, requireState } from './compute-model.ts';
import { bodyOf, GoogleError, stamp, type Call } from './http.ts';
import { fingerprint, type GoogleObject, type Json } from './project.ts';

type Verb = (call: Call, object: GoogleObject) => JsonAnswer;

const setLabels: Verb = (call, object) => {
  const { labels, labelFingerprint } = bodyOf(call.request);
  if (labelFingerprint !== fingerprint(object.data['labels']))
    throw new GoogleError(
      412,
      'conditionNotMet',
      'Labels fingerprint either invalid or resource labels have changed',
    );
  return begin(call, 'setLabels', object, 1, () => {
    const { labels: _, ...data } = object.data;
    const none = Object.keys(labels ?? {}).length === 0;
    object.data = none ? data : { ...data, labels };
  });
};

/** Methods beside get and delete: permission and what they do. */
export const VERBS: Readonly<
  Record<string, Readonly<Record<string, readonly [permission: string, verb: Verb]>>>
> = {
  instances: {
    start: [
      'compute.instances.start',
      (call, object) => {
        requireState(object, 'TERMINATED', 'RUNNING');
        return begin(call, 'start', object, 20, (until) => {
          object.data = { ...object.data, status: 'STAGING' };
          later(object, until, () => {
            object.data = { ...object.data, status: 'RUNNING', lastStartTimestamp: stamp(until) };
            const open = object.idleSpans.at(-1);
            if (open) open.to = until;
          });
        });
      },
    ],
    stop: [
      'compute.instances.stop',
      (call, object) =>
        begin(call, 'stop', object, 30, (until) => {
          object.data = { ...object.data, status: 'STOPPING' };
          later(object, until, () => {
            object.data = { ...object.data, status: 'TERMINATED', lastStopTimestamp: stamp(until) };
            object.idleSpans.push({ from: until, to: undefined });
          });
        }),
    ],
    reset: [
      'compute.instances.reset',
      (call, object) => {
        requireState(object, 'RUNNING');
        return begin(call, 'reset', object, 5, () => {});
      },
    ],
    setMachineType: [
      'compute.instances.setMachineType',
      (call, object) => {
        requireState(object, 'TERMINATED');
        const wanted = String(bodyOf(call.request)['machineType']);
        const match = /zones\/([^/]+)\/machineTypes\/([a-z0-9-]+)$/.exec(wanted);
        if (!match || `zones/${match[1]}` !== object.place)
          throw new GoogleError(400, 'invalid', `Invalid value for field 'machineType': '${wanted}'.`);
        return begin(call, 'setMachineType', object, 3, () => {
          const machineType = link(`projects/${call.project.id}/${object.place}/machineTypes/${match[2]}`);
          object.data = { ...object.data, machineType };
        });
      },
    ],
    detachDisk: [
      'compute.instances.detachDisk',
      (call, object) => {
        const name = call.request.query.get('deviceName');
        const disks = (object.data['disks'] ?? []) as Json[];
        const found = disks.find((disk) => disk['deviceName'] === name);
        if (!found)
          throw new GoogleError(400, 'invalid', `No attached disk found with device name '${name}'`);
        if (found['boot'] === true) requireState(object, 'TERMINATED');
        return begin(call, 'detachDisk', object, 3, (until) => {
          object.data = { ...object.data, disks: disks.filter((disk) => disk !== found) };
          const disk = call.project.find('compute.disks', String(found['source']).replace(LINK, ''));
          if (disk) {
            const { users: _, ...data } = disk.data;
            disk.data = { ...data, lastDetachTimestamp: stamp(until) };
          }
        });
      },
    ],
    attachDisk: [
      'compute.instances.attachDisk',
      (call, object) => {
        const wanted = bodyOf(call.request);
        const path = String(wanted['source']).replace(LINK, '');
        const disk = call.project.find('compute.disks', path);
        if (!disk) throw notFound(path);
        if (Array.isArray(disk.data['users'])) throw inUse(path, disk.data['users'][0]);
        return begin(call, 'attachDisk', object, 3, (until) => {
          const disks = (object.data['disks'] ?? []) as Json[];
          const entry = { ...wanted, kind: 'compute#attachedDisk', index: disks.length, source: link(path) };
          object.data = { ...object.data, disks: [...disks, entry] };
          disk.data = { ...disk.data, users: [link(object.path)], lastAttachTimestamp: stamp(until) };
        });
      },
    ],
    setLabels: ['compute.instances.setLabels', setLabels],
  },
  disks: {
    createSnapshot: [
      'compute.disks.createSnapshot',
      (call, object) => {
        const { name, storageLocations, labels } = bodyOf(call.request);
        const path = `projects/${call.project.id}/global/snapshots/${String(name)}`;
        if (call.project.find('compute.snapshots', path) && !repeated(call))
          throw new GoogleError(409, 'alreadyExists', `The resource '${path}' already exists`);
        return begin(call, 'createSnapshot', object, 30, (until) => {
          const gib = Number(object.data['sizeGb']);
          const snapshot = call.project.add('compute.snapshots', 'global', String(name), call.now, {
            id: call.project.newId(),
            status: 'CREATING',
            sourceDisk: link(object.path),
            sourceDiskId: object.data['id'],
            diskSizeGb: String(gib),
            storageBytes: String(Math.round(gib * 0.4 * 1024 ** 3)),
            storageLocations: Array.isArray(storageLocations)
              ? storageLocations
              : [object.place.split('/')[1]],
            snapshotType: 'STANDARD',
            ...(labels === undefined ? {} : { labels }),
          });
          later(snapshot, until, () => {
            snapshot.data = { ...snapshot.data, status: 'READY' };
          });
        });
      },
    ],
    setLabels: ['compute.disks.setLabels', setLabels],
  },
  snapshots: { setLabels: ['compute.snapshots.setLabels', setLabels] },
  images: { setLabels: ['compute.images.setLabels', setLabels] },
  addresses: { setLabels: ['compute.addresses.setLabels', setLabels] },
};

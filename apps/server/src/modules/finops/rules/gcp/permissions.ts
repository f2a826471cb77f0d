/* Permissions of several rules, as IAM names them. */

/** What a rule about metrics reads beside its resource. */
export const METRICS_READ = 'monitoring.timeSeries.list';

/** Another machine type: the machine must be off for it. */
export const RESIZE_MACHINE = {
  read: ['compute.instances.list', METRICS_READ],
  apply: ['compute.instances.stop', 'compute.instances.setMachineType', 'compute.instances.start'],
  undo: ['compute.instances.stop', 'compute.instances.setMachineType', 'compute.instances.start'],
} as const;

/** A snapshot of a disk in its stead. */
export const REMOVE_DISK = {
  read: ['compute.disks.list', 'compute.instances.list'],
  apply: ['compute.disks.createSnapshot', 'compute.snapshots.create', 'compute.disks.delete'],
  undo: ['compute.disks.create', 'compute.snapshots.useReadOnly'],
} as const;

/** Only reads: advice. */
export function reading(...read: readonly string[]) {
  return { read, apply: [], undo: [] } as const;
}

/** Labels that set aside, then a deletion, e.g. of `compute.snapshots`. */
export function setAside(collection: string, ...read: readonly string[]) {
  return {
    read: [`${collection}.list`, ...read],
    apply: [`${collection}.setLabels`, `${collection}.delete`],
    undo: [`${collection}.setLabels`],
  } as const;
}

/** Changes a setting that its `update` also puts back. */
export function updating(collection: string, ...read: readonly string[]) {
  return {
    read: [`${collection}.list`, ...read],
    apply: [`${collection}.update`],
    undo: [`${collection}.update`],
  } as const;
}

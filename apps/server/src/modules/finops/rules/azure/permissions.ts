/* Permissions of several rules, as Resource Manager names them. */

const METRICS = 'Microsoft.Insights/metrics/read';
const VM = 'Microsoft.Compute/virtualMachines';
const DEALLOCATE = `${VM}/deallocate/action`;
const START = `${VM}/start/action`;

/** What a rule about metrics reads beside its resource. */
export const METRICS_READ = METRICS;

/** Reading machines with their metrics, stopping and starting them. */
export const STOP_MACHINE = {
  read: [`${VM}/read`, METRICS],
  apply: [DEALLOCATE],
  undo: [START],
} as const;

/** Another size of a machine: it must be off for it. */
export const RESIZE_MACHINE = {
  read: [`${VM}/read`, METRICS],
  apply: [DEALLOCATE, `${VM}/write`, START],
  undo: [DEALLOCATE, `${VM}/write`, START],
} as const;

/** Another kind of a disk: its machine, when it has one, must be off for it. */
export const RESIZE_DISK = {
  read: ['Microsoft.Compute/disks/read', `${VM}/read`, METRICS],
  apply: ['Microsoft.Compute/disks/write', DEALLOCATE, START],
  undo: ['Microsoft.Compute/disks/write', DEALLOCATE, START],
} as const;

/** A snapshot that is set aside, then deleted. */
export const DELETE_SNAPSHOT = {
  read: ['Microsoft.Compute/snapshots/read'],
  apply: ['Microsoft.Resources/tags/write', 'Microsoft.Compute/snapshots/delete'],
  undo: ['Microsoft.Resources/tags/write'],
} as const;

/** Only reads: advice. */
export function reading(...read: readonly string[]) {
  return { read, apply: [], undo: [] } as const;
}

/** Deletes what its `write` puts back, e.g. of `Microsoft.Network/natGateways`. */
export function removing(path: string, ...read: readonly string[]) {
  return { read: [`${path}/read`, ...read], apply: [`${path}/delete`], undo: [`${path}/write`] } as const;
}

/** Changes a setting that its `write` also puts back. */
export function writing(path: string, ...read: readonly string[]) {
  return { read: [`${path}/read`, ...read], apply: [`${path}/write`], undo: [`${path}/write`] } as const;
}

/*
 * What a scan of the demo's Google Cloud project must find and may find. Reviewed by hand against the scenario; a new
 * rule or a new piece of the estate needs a line here.
 */

/** Rules that find each kind of planted waste; any of them will do. */
export const plantedKinds: Readonly<Record<string, readonly string[]>> = {
  'bucket-without-lifecycle': ['gcp-gcs-lifecycle', 'gcp-gcs-unused'],
  'ha-nonprod-sql': ['gcp-sql-ha-nonprod'],
  'idle-address': ['gcp-ip-idle'],
  'idle-function': ['gcp-functions-idle'],
  'idle-gke': ['gcp-gke-idle-cluster'],
  'idle-sql': ['gcp-sql-idle'],
  'idle-vm': ['gcp-vm-idle'],
  'long-stopped-vm': ['gcp-disk-on-stopped-vm'],
  'office-hours-vm': ['gcp-vm-off-hours'],
  'old-image': ['gcp-image-unused'],
  'old-snapshot': ['gcp-snapshot-old'],
  'oversized-sql': ['gcp-sql-overprovisioned'],
  'oversized-vm': ['gcp-vm-rightsize'],
  'unattached-disk': ['gcp-disk-unattached'],
};

/** Found by state besides what is planted, by rule: true of the estate, and worth telling. */
export const alsoFound: Readonly<Record<string, RegExp>> = {
  // The planted idle cluster has a fixed number of nodes.
  'gcp-gke-no-autoscale': /^gke-lab$/,
  // The planted idle machine of the first generation.
  'gcp-vm-old-family': /^campaign-2024$/,
};

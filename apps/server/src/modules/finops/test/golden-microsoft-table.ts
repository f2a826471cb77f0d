/*
 * What scans of the demo's Azure subscription and Microsoft 365 tenant must find and may find. Reviewed by hand against
 * the scenario; a new rule or a new piece of the estate needs a line here.
 */

/** Rules that find each kind of planted waste; any of them will do. */
export const plantedKinds: Readonly<Record<string, readonly string[]>> = {
  'empty-app-service-plan': ['azure-appservice-plan-empty'],
  'empty-elastic-pool': ['azure-sql-elastic-pool-empty'],
  'empty-load-balancer': ['azure-lb-backendless'],
  'hot-storage-unused': ['azure-storage-tiering'],
  'idle-address': ['azure-public-ip-idle'],
  'idle-aks': ['azure-aks-idle'],
  'idle-sql-database': ['azure-sql-idle'],
  'idle-vm': ['azure-vm-idle'],
  'long-deallocated-vm': ['azure-vm-deallocated-long'],
  'office-hours-vm': ['azure-vm-off-hours'],
  'old-snapshot': ['azure-snapshot-old'],
  'orphan-nat-gateway': ['azure-nat-orphan'],
  'oversized-app-service-plan': ['azure-appservice-plan-underused'],
  'oversized-sql-database': ['azure-sql-underused'],
  'oversized-vm': ['azure-vm-underused'],
  'stopped-not-deallocated': ['azure-vm-stopped-allocated'],
  'unattached-disk': ['azure-disk-unattached'],
  'unattached-nic': ['azure-nic-orphan'],
  'licence-blocked': ['m365-signin-blocked'],
  'licence-copilot-idle': ['m365-copilot-idle'],
  'licence-guest': ['m365-guest-licensed'],
  'licence-inactive': ['m365-inactive'],
  'licence-leaver': ['m365-leaver'],
  'licence-never-used': ['m365-never-signed-in'],
  'licence-overlap': ['m365-overlapping-plans'],
  'licence-shared-mailbox': ['m365-shared-mailbox-licensed'],
  'licence-unassigned': ['m365-seats-unassigned'],
};

/** Found besides what is planted, by rule: true of the estate, and worth telling. */
export const alsoFound: Readonly<Record<string, RegExp>> = {
  // The development cluster is idle, of fixed size, without spot nodes and with a paid guarantee.
  'azure-aks-autoscale': /^aks-dev$/,
  'azure-aks-spot': /^aks-dev$/,
  'azure-aks-tier-nonprod': /^aks-dev$/,
  // Disks of the machine that is off.
  'azure-disk-on-deallocated-vm': /^vm-dev-old_/,
  'azure-disk-premium-nonprod': /^vm-(dev-1|dev-old|poc-ml)_/,
  // No disk of the estate does more than 50 operations a second.
  'azure-disk-premium-underused': /^vm-/,
  // The two older ones of three full snapshots of one disk.
  'azure-snapshot-not-incremental': /^snap-(before-upgrade|erp-2024)$/,
  'azure-snapshot-premium': /^snap-before-upgrade$/,
  // Planted as idle.
  'azure-sql-underused': /^crm-archive$/,
  // 8 TiB with few requests a GiB.
  'azure-storage-tiering': /^auroradatalake$/,
  // The planted cold account has no request at all.
  'azure-storage-unused': /^aurorabackups$/,
  // Every Intel machine of version 5 that runs Linux.
  'azure-vm-amd': /^vm-(airflow|dev-1|gateway|poc-ml|spark-\d)$/,
  // The planted oversized and idle ones use little memory too; the idle one is of an old series.
  'azure-vm-cross-family': /^vm-(gateway|poc-ml|report-legacy)$/,
  'azure-vm-old-family': /^vm-report-legacy$/,
  'azure-vm-underused': /^vm-(poc-ml|report-legacy)$/,
  'azure-vm-hybrid-benefit': /^vm-erp-app$/,
  // The two who left hold E3 beside F3.
  'm365-overlapping-plans': /^(Isabela Barbosa|Otávio Oliveira)$/,
  // Bought and not assigned as well, though the scenario lists the most telling only.
  'm365-seats-unassigned': /^(Exchange Online \(Plan 1\)|Microsoft 365 (E5|F3)|Power BI Pro)$/,
};

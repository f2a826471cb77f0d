/** Contract of the costs module. */
export type { CostsService } from './module.ts';
export type { ResourceCost, ResourceCostsQuery } from './query/resourceCosts.ts';
export type { WorkspaceRef } from './scope-of.ts';
export { costAlertRaised } from './events.ts';

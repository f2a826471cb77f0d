/** Contract of the costs module. */
export type { CostsService } from './module.ts';
export { costAlertRaised } from './events.ts';

/** Contract of the finops module. */
export type { FinopsService } from './module.ts';
export { findingsExpired, findingsOpened, findingsReopened, scanFinished } from './events.ts';

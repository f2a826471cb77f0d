/** Contract of the finops module. */
export type { FinopsService } from './module.ts';

/** Contract of the inventory module. */
export type { InventoryService } from './module.ts';

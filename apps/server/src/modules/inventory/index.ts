/** Contract of the inventory module. */
export type { InventoryService } from './module.ts';
export type {
  AutomaticAnswer,
  AutomaticOrder,
  Operable,
  OperableResource,
  OrderOutcome,
} from './operable.ts';
export type { Estate, EstateCoverage, EstateIdentity, EstateRelation, EstateResource } from './estate.ts';
export { syncFinished } from './events.ts';
export { orderGuard } from './orders/guard.ts';

/** Contract of the audit module: what others may record, and how. */
export type { AuditActor, AuditInput, AuditService } from './service.ts';
export { actorOf } from './actor.ts';
export type { AuditTables } from './tables.ts';

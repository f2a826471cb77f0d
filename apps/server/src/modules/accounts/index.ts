/** Contract of the accounts module. */
export type { AccountFacts, AccountsService } from './services/types.ts';
export { accountChanged, accountRemoved } from './events.ts';
export { providerRefusal } from './connections.ts';

import { CreateCatalogue } from '../../shared/create.ts';
import type { Scope } from '../scope.ts';
import { appService } from './app-service.ts';
import { resourceGroup } from './resource-group.ts';
import { sqlDatabase } from './sql-database.ts';
import { storageAccount } from './storage-account.ts';
import { virtualMachine } from './virtual-machine.ts';
import { virtualNetwork } from './virtual-network.ts';

/** Everything that can be created in Azure. */
export const CREATION = new CreateCatalogue<Scope>('Azure', [
  virtualMachine,
  storageAccount,
  virtualNetwork,
  sqlDatabase,
  appService,
  resourceGroup,
]);

import { CreateCatalogue } from '../../shared/create.ts';
import type { Scope } from '../scope.ts';
import { storageBucket } from './bucket.ts';
import { cloudFunction } from './function.ts';
import { vmInstance } from './instance.ts';
import { vpcNetwork } from './network.ts';
import { sqlInstance } from './sql-instance.ts';

/** Everything that can be created. */
export const CREATION = new CreateCatalogue<Scope>('Google Cloud', [
  vmInstance,
  storageBucket,
  sqlInstance,
  cloudFunction,
  vpcNetwork,
]);

import { CatalogueRunner } from '../../shared/adapter.ts';
import type { Scope } from '../scope.ts';
import { SERVICES } from '../services/catalogue.ts';
import { cacheOperations } from './caches.ts';
import { databaseOperations } from './databases.ts';
import { instanceOperations } from './instances.ts';
import type { Operation } from './model.ts';
import { networkOperations } from './networks.ts';
import { otherOperations } from './others.ts';
import { tagOperations } from './tags.ts';
import { addressOperations } from './addresses.ts';
import { analyticsOperations } from './analytics.ts';
import { gatewayOperations } from './gateways.ts';
import { imageOperations } from './images.ts';
import { loadBalancerOperations } from './load-balancers.ts';
import { scalingOperations } from './scaling.ts';
import { securityOperations } from './security.ts';
import { serverlessOperations } from './serverless.ts';
import { snapshotOperations } from './snapshots.ts';
import { volumeOperations } from './volumes.ts';
import { workplaceOperations } from './workplace.ts';

/** Every operation. */
export const OPERATIONS: readonly Operation[] = [
  ...instanceOperations,
  ...imageOperations,
  ...volumeOperations,
  ...snapshotOperations,
  ...addressOperations,
  ...networkOperations,
  ...gatewayOperations,
  ...loadBalancerOperations,
  ...databaseOperations,
  ...cacheOperations,
  ...serverlessOperations,
  ...scalingOperations,
  ...analyticsOperations,
  ...workplaceOperations,
  ...securityOperations,
  ...otherOperations,
  ...tagOperations,
];

/** Listing, looking and acting over everything AWS offers here. */
export const RUNNER = new CatalogueRunner<Scope>({
  label: 'AWS',
  services: SERVICES,
  operations: OPERATIONS,
});

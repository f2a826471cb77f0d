import { apps, storage } from './operations/apps.ts';
import { machines } from './operations/machines.ts';
import { removals } from './operations/removals.ts';
import { sizes } from './operations/sizes.ts';
import { snapshot } from './operations/snapshots.ts';
import { tagging } from './operations/tags.ts';
import type { AzureOperation } from './scope.ts';

/** Every operation of Azure. */
export const OPERATIONS: readonly AzureOperation[] = [
  ...machines,
  ...sizes,
  storage,
  ...apps,
  snapshot,
  ...removals,
  ...tagging,
];

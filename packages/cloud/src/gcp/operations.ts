import { diskOperations } from './operations/disks.ts';
import { instanceOperations } from './operations/instances.ts';
import { labelling } from './operations/labels.ts';
import { managed } from './operations/managed.ts';
import { removals } from './operations/removals.ts';
import type { GcpOperation } from './scope.ts';

/** Every operation of Google Cloud. */
export const OPERATIONS: readonly GcpOperation[] = [
  ...instanceOperations,
  ...diskOperations,
  ...managed,
  ...removals,
  ...labelling,
];

import type { Creator as SharedCreator } from '../../shared/create.ts';
import type { Scope } from '../scope.ts';

/** One thing that can be created in AWS. */
export type Creator = SharedCreator<Scope>;

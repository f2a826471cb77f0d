import { CostError } from './errors.ts';
import type { ObjectRootOptions } from './objectRoot.ts';
import { FileRoot, type LakeRoot } from './root.ts';

/** Opens a lake root: `file:` is a folder, `s3://bucket/prefix` an object store with local copies. */
export async function openRoot(url: string, options: ObjectRootOptions): Promise<LakeRoot> {
  if (url.startsWith('file:')) return new FileRoot(url);
  if (!url.startsWith('s3:')) throw new CostError('bad-input', 'COST_LAKE_URL must start with file: or s3:');
  // The client takes memory that a lake in a folder has no use for.
  const { ObjectRoot } = await import('./objectRoot.ts');
  return new ObjectRoot(url, options);
}

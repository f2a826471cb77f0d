import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';

/**
 * Gives a copy of the project the installed packages of the original by links, with its own workspaces instead of
 * those of the original.
 *
 * @param workspaces names of the folders below packages/ that the copy has
 */
export async function linkPackages(root: string, copy: string, workspaces: readonly string[]): Promise<void> {
  const target = path.join(copy, 'node_modules');
  await mkdir(path.join(target, '@cloudatlas'), { recursive: true });
  const names = await readdir(path.join(root, 'node_modules'));
  for (const name of names) {
    if (name !== '@cloudatlas' && !/^\.(vite|vitest)/.test(name))
      await symlink(path.join(root, 'node_modules', name), path.join(target, name));
  }
  for (const name of workspaces)
    await symlink(path.join(copy, 'packages', name), path.join(target, '@cloudatlas', name));
}

import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import type { TenancyService } from '#modules/tenancy/index.ts';
import type { Logger } from '#platform/log/log.ts';
import type { WorkspaceRef } from '../scope-of.ts';
import type { Imports } from './imports.ts';

/** A file that was written to so recently may still grow. */
const settledMs = 30_000;
const maxFiles = 200;
const done = '.done';

/**
 * Imports what lies in `<root>/<organization slug>/<workspace slug>/`, all files of a folder as one delivery, and moves
 * it to `.done` there. Folders of unknown organizations are left alone.
 */
export async function importWatchedFolder(
  root: string,
  now: Date,
  tenancy: TenancyService,
  imports: Imports,
  log: Logger,
): Promise<void> {
  const ids = new Map(
    [...(await tenancy.slugsOf(await tenancy.listOrganizationIds()))].map(([id, slug]) => [slug, id]),
  );
  for (const slug of await folders(root)) {
    const organizationId = ids.get(slug);
    if (organizationId === undefined) continue;
    for (const workspace of await folders(path.join(root, slug))) {
      const workspaceId = await tenancy.workspaceId(organizationId, workspace);
      if (workspaceId === null) continue;
      try {
        await importFolder({ organizationId, workspaceId }, path.join(root, slug, workspace), now, imports);
      } catch (error) {
        // One folder's trouble must not hold up the others; its files stay where they are.
        log.warn({ err: error, organizationId, workspaceId }, 'a watched folder could not be imported');
      }
    }
  }
}

async function importFolder(scope: WorkspaceRef, folder: string, now: Date, imports: Imports): Promise<void> {
  const names = await settledFiles(folder, now);
  if (names.length === 0) return;
  const acting = { actor: { kind: 'system', id: null, label: 'CloudAtlas' } } as const;
  const created = await imports.create(scope, acting, {
    origin: 'folder',
    onExisting: 'replace',
    reading: { decimalComma: false },
    force: false,
  });
  try {
    for (const name of names)
      await imports.receive(
        scope,
        created.id,
        name,
        { offset: 0 },
        createReadStream(path.join(folder, name)),
      );
    await imports.start(scope, acting, created.id);
  } catch (error) {
    // The next minute begins anew; an entry per try would fill the list.
    await imports.remove(scope, acting, created.id);
    throw error;
  }
  await mkdir(path.join(folder, done), { recursive: true });
  for (const name of names)
    await rename(path.join(folder, name), path.join(folder, done, `${created.id}-${name}`));
}

/** Regular files, none of which was touched lately: a delivery in several files is taken when all of it lies still. */
async function settledFiles(folder: string, now: Date): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .toSorted();
  for (const name of names) {
    const info = await stat(path.join(folder, name));
    if (now.getTime() - info.mtimeMs < settledMs) return [];
  }
  return names.slice(0, maxFiles);
}

async function folders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
}

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CostError } from './errors.ts';
import type { Digest } from './hash.ts';
import type { PartitionKey } from './manifest.ts';

/** Where the files of the lake live. Paths handed in and out are relative, with forward slashes. */
export interface LakeRoot {
  readonly url: string;
  /** What DuckDB opens. */
  locate(relative: string): string;
  /** A private folder on the same volume as what `locate` names, so that publishing there is a rename. */
  createStaging(): Promise<string>;
  /** Makes a staged local file durable under its final name, at once or not at all. Never overwrites. */
  publish(stagedFile: string, relative: string, digest: Digest): Promise<void>;
  /**
   * Makes published files readable where `locate` says; to be awaited before they are read.
   * @param options.fresh from the place that counts, whatever copy there is
   * @throws CostError `corrupt` for a file that is gone
   */
  ready(relatives: readonly string[], options?: { readonly fresh?: boolean }): Promise<void>;
  remove(relative: string): Promise<void>;
  /** Every published file with its age; staging folders too, as `.staging/<id>`. */
  list(): Promise<LakeEntry[]>;
  close(): void;
}

export interface LakeEntry {
  path: string;
  modifiedAt: Date;
}

/** Folder of what is being written. */
export const STAGING = '.staging';

/** A lake in a folder. */
export class FileRoot implements LakeRoot {
  readonly url: string;
  readonly #folder: string;

  constructor(url: string) {
    this.url = url;
    this.#folder = path.resolve(url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length));
  }

  locate(relative: string): string {
    const full = path.resolve(this.#folder, relative);
    if (!full.startsWith(this.#folder + path.sep))
      throw new CostError('bad-input', 'path outside the cost lake');
    return full;
  }

  async createStaging(): Promise<string> {
    const folder = path.join(this.#folder, STAGING, randomUUID());
    await mkdir(folder, { recursive: true });
    return folder;
  }

  async publish(stagedFile: string, relative: string, _digest: Digest): Promise<void> {
    const target = this.locate(relative);
    await mkdir(path.dirname(target), { recursive: true });
    await sync(stagedFile);
    await rename(stagedFile, target);
    await sync(path.dirname(target));
  }

  async remove(relative: string): Promise<void> {
    await rm(this.locate(relative), { force: true, recursive: true });
  }

  async ready(): Promise<void> {
    // They lie where they are read.
  }

  async list(): Promise<LakeEntry[]> {
    const staging = await readdir(path.join(this.#folder, STAGING)).catch(ignoreMissing);
    const found: LakeEntry[] = [];
    for (const name of staging) {
      const info = await stat(path.join(this.#folder, STAGING, name)).catch(() => undefined);
      if (info) found.push({ path: `${STAGING}/${name}`, modifiedAt: info.mtime });
    }
    return [...found, ...(await walkFiles(this.#folder))];
  }

  close(): void {
    // Nothing is open.
  }
}

/** The Parquet files under a folder, staging left out, with paths relative to it. */
export async function walkFiles(folder: string): Promise<(LakeEntry & { bytes: number })[]> {
  const found: (LakeEntry & { bytes: number })[] = [];
  const walk = async (relative: string): Promise<void> => {
    const entries = await readdir(path.join(folder, relative), { withFileTypes: true }).catch(ignoreMissing);
    for (const entry of entries) {
      const child = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (child === STAGING) continue;
      if (entry.isDirectory()) await walk(child);
      else if (entry.name.endsWith('.parquet')) {
        const info = await stat(path.join(folder, child)).catch(() => undefined);
        if (info) found.push({ path: child, modifiedAt: info.mtime, bytes: info.size });
      }
    }
  };
  await walk('');
  return found;
}

function ignoreMissing(error: unknown): never[] {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
  throw error;
}

async function sync(target: string): Promise<void> {
  const handle = await open(target, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Folder of a partition. The account is hashed beside a readable stub, for it is data from a file. */
export function partitionFolder(key: PartitionKey): string {
  if (!/^[\w-]{1,64}$/.test(key.organizationId))
    throw new CostError('bad-input', 'organization id is not a plain id');
  if (!/^\d{4}-\d{2}$/.test(key.billingPeriod))
    throw new CostError('bad-input', 'billing period is not YYYY-MM');
  const stub = key.billingAccountId.replaceAll(/[^A-Za-z0-9-]/g, '').slice(0, 32);
  const hash = createHash('sha256').update(key.billingAccountId).digest('hex').slice(0, 16);
  return `organization=${key.organizationId}/period=${key.billingPeriod}/account=${stub}.${hash}`;
}

/** Whether a path can be one of a lake's own: a folder or bucket may hold what others put there. */
export function isLakePath(relative: string): boolean {
  return relative.startsWith('organization=') || relative.startsWith(`${STAGING}/`);
}

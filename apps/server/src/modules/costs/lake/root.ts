import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CostError } from './errors.ts';
import type { PartitionKey } from './manifest.ts';

/** Where the files of the lake live. Paths handed in and out are relative, with forward slashes. */
export interface LakeRoot {
  readonly url: string;
  /** What DuckDB opens. */
  locate(relative: string): string;
  /** A private folder on the same volume as the lake, so that publishing is a rename. */
  createStaging(): Promise<string>;
  /** Makes a staged local file durable under its final name, at once or not at all. Never overwrites. */
  publish(stagedFile: string, relative: string): Promise<void>;
  remove(relative: string): Promise<void>;
  /** Every published file with its age; staging folders too, as `.staging/<id>`. */
  list(): Promise<{ path: string; modifiedAt: Date }[]>;
}

/**
 * Opens a lake root. `file:` is a folder. `s3:` needs DuckDB's httpfs extension, which is not part of
 * the bundled library and cannot be fetched where there is no internet; it is refused plainly.
 */
export function openRoot(url: string): LakeRoot {
  if (url.startsWith('file:')) return new FileRoot(url);
  if (url.startsWith('s3:'))
    throw new CostError(
      'unsupported',
      'COST_LAKE_URL=s3: is not supported yet: use file: (a mounted volume) or CLICKHOUSE_URL',
    );
  throw new CostError('bad-input', 'COST_LAKE_URL must start with file: or s3:');
}

const STAGING = '.staging';

class FileRoot implements LakeRoot {
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

  async publish(stagedFile: string, relative: string): Promise<void> {
    const target = this.locate(relative);
    await mkdir(path.dirname(target), { recursive: true });
    await sync(stagedFile);
    await rename(stagedFile, target);
    await sync(path.dirname(target));
  }

  async remove(relative: string): Promise<void> {
    await rm(this.locate(relative), { force: true, recursive: true });
  }

  async list(): Promise<{ path: string; modifiedAt: Date }[]> {
    const found: { path: string; modifiedAt: Date }[] = [];
    const walk = async (relative: string): Promise<void> => {
      const entries = await readdir(path.join(this.#folder, relative), { withFileTypes: true }).catch(
        ignoreMissing,
      );
      for (const entry of entries) {
        const child = relative === '' ? entry.name : `${relative}/${entry.name}`;
        if (entry.isDirectory() && relative !== STAGING) await walk(child);
        else if (relative === STAGING || entry.name.endsWith('.parquet')) {
          const info = await stat(path.join(this.#folder, child)).catch(() => undefined);
          if (info) found.push({ path: child, modifiedAt: info.mtime });
        }
      }
    };
    await walk('');
    return found;
  }
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

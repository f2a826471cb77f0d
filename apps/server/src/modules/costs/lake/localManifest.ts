import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { CostError } from './errors.ts';
import {
  isIndexed,
  withIndex,
  sameKey,
  type ImportedFile,
  type LakeFile,
  type Manifest,
  type ManifestChange,
  type PartitionVersion,
} from './manifest.ts';

interface State {
  partitions: PartitionVersion[];
  files: ImportedFile[];
}

/**
 * A manifest in one JSON file, for tools and benches of one process. A commit writes a new file and
 * renames it over the old one. Without a path it lives in memory.
 */
export class LocalManifest implements Manifest {
  readonly #path: string | undefined;
  readonly #work = new Map<string, Date>();
  #state: State | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(filePath?: string) {
    this.#path = filePath;
  }

  async begin(): Promise<string> {
    const id = randomUUID();
    this.#work.set(id, new Date());
    return id;
  }

  async abort(workId: string): Promise<void> {
    this.#work.delete(workId);
  }

  commit(workId: string, change: ManifestChange): Promise<void> {
    const turn = this.#last.then(() => this.#apply(workId, change));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  attach(workId: string, partition: PartitionVersion, files: readonly LakeFile[]): Promise<boolean> {
    const turn = this.#last.then(async () => {
      const state = await this.#load();
      const current = state.partitions.find((p) => sameKey(p, partition));
      this.#work.delete(workId);
      if (current?.version !== partition.version || isIndexed(current)) return false;
      const next = { ...current, files: withIndex(current.files, files) };
      const partitions = state.partitions.map((p) => (p === current ? next : p));
      await this.#store({ ...state, partitions });
      this.#state = { ...state, partitions };
      return true;
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async partitions(organizationId: string): Promise<PartitionVersion[]> {
    const state = await this.#load();
    return state.partitions.filter((p) => p.organizationId === organizationId);
  }

  async findFile(organizationId: string, sha256: string): Promise<ImportedFile | undefined> {
    const state = await this.#load();
    return state.files.find(
      (f) =>
        f.organizationId === organizationId &&
        f.sha256 === sha256 &&
        state.partitions.filter((p) => p.importIds.includes(f.importId)).length === f.partitions,
    );
  }

  async referencedFiles(): Promise<Set<string>> {
    const state = await this.#load();
    return new Set(state.partitions.flatMap((p) => p.files.map((f) => f.path)));
  }

  async oldestWork(): Promise<Date | undefined> {
    return [...this.#work.values()].toSorted((a, b) => a.getTime() - b.getTime())[0];
  }

  async #apply(workId: string, change: ManifestChange): Promise<void> {
    if (!this.#work.has(workId)) throw new CostError('conflict', 'this piece of work has already ended');
    const state = await this.#load();
    for (const expected of change.expect) {
      const current = state.partitions.find((p) => sameKey(p, expected));
      if ((current?.version ?? null) !== expected.version)
        throw new CostError('conflict', 'the partition was changed by another import meanwhile', {
          billingPeriod: expected.billingPeriod,
          billingAccountId: expected.billingAccountId,
        });
    }
    const touched = [...change.put, ...change.drop];
    const partitions = [
      ...state.partitions.filter((p) => !touched.some((t) => sameKey(t, p))),
      ...change.put,
    ].toSorted((a, b) => order(a).localeCompare(order(b)));
    const known = [...state.files, ...change.files];
    // A file is a duplicate only as long as rows of its import are still there.
    const live = new Set(partitions.flatMap((p) => p.importIds));
    const next: State = { partitions, files: known.filter((f) => live.has(f.importId)) };
    await this.#store(next);
    this.#state = next;
    this.#work.delete(workId);
  }

  async #load(): Promise<State> {
    if (this.#state) return this.#state;
    let state: State = { partitions: [], files: [] };
    if (this.#path) {
      const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (text !== undefined) state = JSON.parse(text) as State;
    }
    this.#state = state;
    return state;
  }

  async #store(state: State): Promise<void> {
    if (!this.#path) return;
    await mkdir(path.dirname(this.#path), { recursive: true });
    const next = `${this.#path}.${randomUUID()}`;
    const handle = await open(next, 'w');
    try {
      await handle.writeFile(JSON.stringify(state));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(next, this.#path);
  }
}

function order(p: PartitionVersion): string {
  return `${p.organizationId}\u0000${p.billingPeriod}\u0000${p.billingAccountId}`;
}

import { randomUUID } from 'node:crypto';
import { isIndexed, withIndex, type Manifest, type PartitionKey, type PartitionVersion } from './manifest.ts';
import type { CostStore, VerifyProblem } from './store.ts';
import { CostError } from './errors.ts';

interface Lake {
  store: CostStore;
  manifest: Manifest;
}

/** Row files per partition from which compaction is worth it. */
const MANY_FILES = 4;

/**
 * Merges the row files of partitions that were appended to many times into one, sorted by time. The
 * new version is committed only if its sums equal the old ones. Returns the keys that were merged.
 */
export async function compact(
  { store, manifest }: Lake,
  organizationId: string,
  minFiles = MANY_FILES,
): Promise<PartitionKey[]> {
  const merged: PartitionKey[] = [];
  for (const partition of await manifest.partitions(organizationId)) {
    if (partition.files.filter((f) => f.kind === 'rows').length < minFiles) continue;
    const workId = await manifest.begin(organizationId);
    try {
      const version = randomUUID();
      const stored = await store.merge(partition, version);
      if (JSON.stringify(stored.sums) !== JSON.stringify(partition.sums)) {
        await store.discard(stored.files.map((f) => f.path));
        throw new CostError(
          'corrupt',
          'the merged files do not add up to the partition; nothing was changed',
          { ...key(partition) },
        );
      }
      const next: PartitionVersion = {
        ...partition,
        ...stored,
        version,
        committedAt: new Date().toISOString(),
      };
      await manifest.commit(workId, {
        organizationId,
        put: [next],
        drop: [],
        files: [],
        expect: [{ ...key(partition), version: partition.version }],
      });
      merged.push(key(partition));
    } catch (error) {
      await manifest.abort(workId);
      throw error;
    }
  }
  return merged;
}

/**
 * Makes the index of a partition that has none. It changes no answer, only how fast it comes. Returns the partition
 * with its index, or as it was given where the store has none or the partition was replaced meanwhile.
 */
export async function indexPartition(
  { store, manifest }: Lake,
  partition: PartitionVersion,
  signal?: AbortSignal,
): Promise<PartitionVersion> {
  if (!store.index || isIndexed(partition)) return partition;
  const workId = await manifest.begin(partition.organizationId);
  let files: PartitionVersion['files'] = [];
  try {
    files = await store.index.build(partition, signal);
    if (await manifest.attach(workId, partition, files))
      return { ...partition, files: withIndex(partition.files, files) };
    await store.discard(files.map((file) => file.path));
    return partition;
  } catch (error) {
    await manifest.abort(workId);
    await store.discard(files.map((file) => file.path));
    throw error;
  }
}

/** Indexes every partition of an organization that has no index yet. Returns how many were indexed. */
export async function indexAll(lake: Lake, organizationId: string): Promise<number> {
  let indexed = 0;
  for (const partition of await lake.manifest.partitions(organizationId))
    if ((await indexPartition(lake, partition)) !== partition) indexed += 1;
  return indexed;
}

/** Drops the partitions of billing periods before `oldestPeriod` (`YYYY-MM`). Their files go with the next sweep. */
export async function applyRetention(
  { manifest }: Lake,
  organizationId: string,
  oldestPeriod: string,
): Promise<PartitionKey[]> {
  const old = (await manifest.partitions(organizationId)).filter((p) => p.billingPeriod < oldestPeriod);
  if (old.length === 0) return [];
  const workId = await manifest.begin(organizationId);
  await manifest.commit(workId, {
    organizationId,
    put: [],
    drop: old.map(key),
    files: [],
    expect: old.map((p) => ({ ...key(p), version: p.version })),
  });
  return old.map(key);
}

/**
 * Removes files that no manifest lists: of replaced versions, of failed or killed imports. Files
 * younger than `graceMs` stay, because a query that began before a commit may still read them, and so
 * does everything touched since the oldest running work began.
 */
export async function sweepOrphans(
  { store, manifest }: Lake,
  graceMs = 3_600_000,
  now = new Date(),
): Promise<string[]> {
  const work = await manifest.oldestWork();
  const limit = Math.min(now.getTime() - graceMs, work?.getTime() ?? Infinity);
  // The list of files in use is read before the disk, so a version committed in between is too young to be swept.
  return store.sweep(await manifest.referencedFiles(), new Date(limit));
}

/** Recomputes checksums and sums of every partition. Empty when all is well. */
export async function verifyAll(
  { store, manifest }: Lake,
  organizationId: string,
): Promise<(VerifyProblem & PartitionKey)[]> {
  const problems: (VerifyProblem & PartitionKey)[] = [];
  for (const partition of await manifest.partitions(organizationId))
    for (const problem of await store.verify(partition)) problems.push({ ...key(partition), ...problem });
  return problems;
}

function key({ organizationId, billingPeriod, billingAccountId }: PartitionKey): PartitionKey {
  return { organizationId, billingPeriod, billingAccountId };
}

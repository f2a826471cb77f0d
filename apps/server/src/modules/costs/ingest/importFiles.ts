import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type DuckEngine, literal } from '../lake/duck.ts';
import { CostError, diskFull } from '../lake/errors.ts';
import { hashFile } from '../lake/hash.ts';
import {
  type LakeFileKind,
  type Manifest,
  type PartitionKey,
  type PartitionVersion,
  sameKey,
} from '../lake/manifest.ts';
import { PARQUET } from '../lake/schema.ts';
import type { CostStore } from '../lake/store.ts';
import { HELPER_COLUMNS } from './normalise.ts';
import { type ImportReport, mergeSums, reconcile } from './report.ts';
import { writeRejects } from './rejects.ts';
import { type HashedFile, type StagedFile, stageFile } from './stage.ts';
import type { InputFile, StageOptions } from './staging.ts';

export interface ImportOptions extends StageOptions {
  organizationId: string;
  /**
   * `replace` (default): each account and month found in the files takes the place of what the store
   * holds for it. `append`: adds to it (a delivery in parts). `refuse`: fails if something is there.
   */
  onExisting?: 'replace' | 'append' | 'refuse';
  /** Import again what is already there. */
  force?: boolean;
  /** Absolute path for the CSV of refused rows; without it they are only counted and sampled. */
  rejectFile?: string;
}

export interface ImportDependencies {
  /** Reads the files; may be the store's own engine. */
  engine: DuckEngine;
  store: CostStore;
  manifest: Manifest;
}

/** More accounts and months than this in one import is a wrong column, not a bill. */
const MAX_PARTITIONS = 5000;

/** Partitions that are summed, hashed and published at once: one computes while the other waits for the disk. */
const WRITTEN_AT_ONCE = 2;

/**
 * Imports the files of one delivery. All of them or none: the store changes in one commit of the
 * manifest at the very end, so a failure or a kill at any instant leaves the old data as it was.
 * A delivery whose contents are all in the store already is recognised and changes nothing.
 *
 * Errors: CostError `bad-input` (a file that cannot be imported; says which and why), `conflict`
 * (another import changed the same partition meanwhile: run again), `cancelled`, `disk-full`.
 */
export async function importFiles(
  { engine, store, manifest }: ImportDependencies,
  files: readonly InputFile[],
  options: ImportOptions,
): Promise<ImportReport> {
  if (files.length === 0) throw new CostError('bad-input', 'no file to import');
  const { organizationId } = options;
  const importId = randomUUID();
  const workId = await manifest.begin(organizationId);
  let folder: string | undefined;
  let published: string[] = [];
  const duplicate = new AbortController();
  try {
    const hashed = hashInTurn(files);
    const current = await manifest.partitions(organizationId);
    const appending = options.onExisting === 'append';
    const known =
      options.force === true ? Promise.resolve(undefined) : knownFiles(manifest, organizationId, hashed);
    // Reading need not wait for the hashes, unless single known files are to be left out.
    const wanted =
      appending && options.force !== true ? await unknownFiles(manifest, organizationId, hashed) : hashed;
    void known.then(
      (id) => id && duplicate.abort(),
      () => undefined,
    );
    folder = await store.createStaging();
    const staged: StagedFile[] = [];
    const signal = options.signal ? AbortSignal.any([options.signal, duplicate.signal]) : duplicate.signal;
    try {
      for (const [index, file] of wanted.entries())
        staged.push(await stageFile(engine, file, folder, index, { ...options, signal }));
    } catch (error) {
      if (!duplicate.signal.aborted) throw error;
    }
    const knownImport = await known;
    if (knownImport) {
      await manifest.abort(workId);
      return {
        importId: knownImport,
        status: 'duplicate',
        files: [],
        partitions: [],
        reconciliation: [],
        refusedSamples: [],
        rejectFile: undefined,
      };
    }
    const tally = staged.flatMap((s) => s.tally);
    const anyRefused = tally.some((t) => t.reject !== null) || staged.some((s) => s.malformed.length > 0);
    const refusedSamples = anyRefused
      ? await writeRejects(engine, staged, options.rejectFile ?? path.join(folder, 'rejects.csv'))
      : [];

    const parts = await splitByPartition(engine, staged, organizationId, folder);
    if (parts.length === 0)
      throw new CostError('bad-input', 'every row was refused; nothing was imported', {
        reason: 'all-refused',
        samples: refusedSamples.slice(0, 5),
      });
    const changes: { version: PartitionVersion; before: PartitionVersion | undefined }[] = [];
    for (let start = 0; start < parts.length; start += WRITTEN_AT_ONCE) {
      const some = parts.slice(start, start + WRITTEN_AT_ONCE);
      if (options.signal?.aborted)
        throw new CostError('cancelled', 'the import was cancelled; nothing was changed');
      options.onProgress?.({
        phase: 'writing',
        file: some[0]?.key.billingAccountId ?? '',
        fraction: start / parts.length,
      });
      const before = some.map(({ key }) => current.find((p) => sameKey(p, key)));
      const existing = before.find((p) => p !== undefined);
      if (existing && options.onExisting === 'refuse') {
        const { billingPeriod, billingAccountId } = existing;
        throw new CostError(
          'conflict',
          `${billingPeriod} of account ${billingAccountId} is already in the store`,
          { organizationId, billingPeriod, billingAccountId },
        );
      }
      const ids = some.map(() => randomUUID());
      const settled = await Promise.allSettled(
        some.map((part, i) => store.putVersion(part.key, ids[i] ?? '', part.files)),
      );
      // What is there is known before a failure is passed on, so that it can be removed.
      for (const one of settled)
        if (one.status === 'fulfilled') published.push(...one.value.files.map((f) => f.path));
      for (const [i, one] of settled.entries()) {
        if (one.status === 'rejected') throw one.reason;
        const part = some[i];
        if (!part) continue;
        const fresh: PartitionVersion = {
          ...part.key,
          version: ids[i] ?? '',
          ...one.value,
          importIds: [importId],
          committedAt: new Date().toISOString(),
        };
        const old = before[i];
        changes.push({ before: old, version: old && appending ? append(old, fresh) : fresh });
      }
    }
    options.onProgress?.({ phase: 'committing', file: '', fraction: 0 });
    await manifest.commit(workId, {
      organizationId,
      put: changes.map((c) => c.version),
      drop: [],
      files: staged.map(({ report }) => ({
        organizationId,
        sha256: report.sha256,
        importId,
        name: report.name,
        bytes: report.bytes,
        partitions: parts.length,
      })),
      expect: parts.map(({ key }) => ({
        ...key,
        version: current.find((p) => sameKey(p, key))?.version ?? null,
      })),
    });
    published = [];
    return {
      importId,
      status: 'imported',
      files: staged.map((s) => s.report),
      partitions: changes.map(({ version, before }) => ({
        billingPeriod: version.billingPeriod,
        billingAccountId: version.billingAccountId,
        action: before ? (appending ? 'appended' : 'replaced') : 'created',
        before: before?.sums ?? [],
        after: version.sums,
      })),
      reconciliation: reconcile(
        tally,
        changes.map((c) => ({ version: c.version, before: appending ? (c.before?.sums ?? []) : [] })),
      ),
      refusedSamples,
      rejectFile: anyRefused ? options.rejectFile : undefined,
    };
  } catch (error) {
    await manifest.abort(workId);
    await store.discard(published);
    throw diskFull(error);
  } finally {
    if (folder) await rm(folder, { recursive: true, force: true });
  }
}

/** Starts one digest after the other, so that many files do not start as many threads. */
function hashInTurn(files: readonly InputFile[]): HashedFile[] {
  let last: Promise<unknown> = Promise.resolve();
  return files.map((file) => {
    const digest = last.then(() => hashFile(file.path));
    // Awaited later; until then a failure must not count as unhandled.
    last = digest.catch(() => undefined);
    return { ...file, digest };
  });
}

/** The import that holds all of these contents, if there is one. */
async function knownFiles(
  manifest: Manifest,
  organizationId: string,
  files: readonly HashedFile[],
): Promise<string | undefined> {
  let importId: string | undefined;
  for (const file of files) {
    const known = await manifest.findFile(organizationId, (await file.digest).sha256);
    if (!known) return undefined;
    importId = known.importId;
  }
  return importId;
}

/** An append must not add a file of the delivery that an earlier one brought. */
async function unknownFiles(
  manifest: Manifest,
  organizationId: string,
  files: readonly HashedFile[],
): Promise<HashedFile[]> {
  const wanted: HashedFile[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    const { sha256 } = await file.digest;
    if (seen.has(sha256) || (await manifest.findFile(organizationId, sha256))) continue;
    seen.add(sha256);
    wanted.push(file);
  }
  return wanted;
}

interface Part {
  key: PartitionKey;
  files: string[];
}

/** Divides the accepted rows by billing period and account, unless staging did. One clean partition is taken as it is. */
async function splitByPartition(
  engine: DuckEngine,
  staged: readonly StagedFile[],
  organizationId: string,
  folder: string,
): Promise<Part[]> {
  const keys = new Map<string, PartitionKey>();
  const parts = new Map<string, PartitionKey>();
  for (const t of staged.flatMap((s) => s.tally))
    if (t.reject === null && t.period !== null && t.account !== null) {
      const key = { organizationId, billingPeriod: t.period, billingAccountId: t.account };
      keys.set(`${t.period}\u0000${t.account}`, key);
      parts.set(t.part ?? '', key);
    }
  const list = [...keys.values()];
  if (list.length > MAX_PARTITIONS)
    throw new CostError(
      'bad-input',
      `more than ${MAX_PARTITIONS} accounts and months in one import: is BillingAccountId the right column?`,
    );
  // As many parts as keys: no two accounts share the hash in a part's name.
  if (staged.every((s) => s.parts !== undefined) && parts.size === list.length)
    return [...parts].map(([name, key]) => ({ key, files: staged.flatMap((s) => s.parts?.get(name) ?? []) }));
  const only = list[0];
  const clean = staged.every(
    (s) => s.tally.every((t) => t.reject === null) && s.report.repeatedHeaders === 0,
  );
  if (only && list.length === 1 && clean) return [{ key: only, files: staged.flatMap((s) => s.files) }];
  const columns = `* EXCLUDE (${HELPER_COLUMNS.join(', ')})`;
  const files = staged.flatMap((s) => s.files).map(literal);
  const from = `read_parquet([${files.join(', ')}], union_by_name = true, hive_partitioning = false)`;
  if (only && list.length === 1) {
    const target = path.join(folder, 'accepted.parquet');
    await engine.run(
      `COPY (SELECT ${columns} FROM ${from} WHERE _reject IS NULL) TO ${literal(target)} (${PARQUET})`,
    );
    return [{ key: only, files: [target] }];
  }
  const target = path.join(folder, 'parts');
  await engine.use(async (connection) => {
    // Rows of one partition are written out when this many wait, so memory stays bounded.
    await connection.run('SET partitioned_write_flush_threshold = 61440');
    await connection.run(
      'CREATE OR REPLACE TEMP TABLE part_keys(period INTEGER, account VARCHAR, part INTEGER)',
    );
    const appender = await connection.createAppender('part_keys');
    for (const [index, key] of list.entries()) {
      appender.appendInteger(Number(key.billingPeriod.replace('-', '')));
      appender.appendVarchar(key.billingAccountId);
      appender.appendInteger(index);
      appender.endRow();
    }
    appender.closeSync();
    await connection.run(
      `COPY (SELECT s.${columns}, part FROM ${from} s JOIN part_keys k ON s._period = k.period AND s.BillingAccountId = k.account WHERE _reject IS NULL) TO ${literal(target)} (${PARQUET}, PARTITION_BY (part))`,
    );
    await connection.run('DROP TABLE part_keys');
  });
  return Promise.all(
    list.map(async (key, index) => {
      const home = path.join(target, `part=${index}`);
      return { key, files: (await readdir(home)).toSorted().map((name) => path.join(home, name)) };
    }),
  );
}

function append(before: PartitionVersion, fresh: PartitionVersion): PartitionVersion {
  // The index of what was there before is not one of the whole; a roll-up is, if the addition brings its own.
  const stale = new Set<LakeFileKind>(['calendar', 'summary']);
  if (!fresh.files.some((file) => file.kind === 'daily')) stale.add('daily');
  return {
    ...fresh,
    files: [...before.files.filter((file) => !stale.has(file.kind)), ...fresh.files],
    sums: mergeSums(before.sums, fresh.sums),
    firstDay: before.firstDay < fresh.firstDay ? before.firstDay : fresh.firstDay,
    lastDay: before.lastDay > fresh.lastDay ? before.lastDay : fresh.lastDay,
    importIds: [...before.importIds, ...fresh.importIds],
  };
}

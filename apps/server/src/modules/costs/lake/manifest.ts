/**
 * The manifest says which files make up a partition right now. Readers read only what it lists, so
 * its commit is the one instant at which old data becomes new data.
 */
export interface PartitionKey {
  organizationId: string;
  /** Month of BillingPeriodStart, `YYYY-MM`, UTC. */
  billingPeriod: string;
  /** BillingAccountId, as in the data. */
  billingAccountId: string;
}

/**
 * `rows`: line items. `calendar` and `summary`: the index of a partition, made after its commit: costs by day of every
 * combination of all dimensions, and of those of dashboards. `daily`: the roll-up of a store that has no index.
 */
export type LakeFileKind = 'rows' | 'daily' | 'calendar' | 'summary';

export interface LakeFile {
  /** Relative to the lake root (or the table part name, in ClickHouse). */
  path: string;
  kind: LakeFileKind;
  rows: number;
  bytes: number;
  /** Hex; empty where the store keeps its own checksums (ClickHouse). */
  sha256: string;
  /** Of an index: decimals of the costs of a day. */
  scale?: number;
}

/** Exact sums of one currency, decimal strings. */
export interface CostSums {
  currency: string;
  rows: number;
  billed: string;
  effective: string;
  list: string;
  contracted: string;
}

/** The current content of one partition. One version is one or more row files (more after an append). */
export interface PartitionVersion extends PartitionKey {
  version: string;
  files: LakeFile[];
  sums: CostSums[];
  /** First and last day of ChargePeriodStart, `YYYY-MM-DD`: queries skip partitions by it. */
  firstDay: string;
  lastDay: string;
  /** Imports whose rows are in it. */
  importIds: string[];
  committedAt: string;
}

export interface ImportedFile {
  organizationId: string;
  sha256: string;
  importId: string;
  name: string;
  bytes: number;
  /** How many partitions the import wrote. */
  partitions: number;
}

export interface ManifestChange {
  organizationId: string;
  put: PartitionVersion[];
  drop: PartitionKey[];
  /** Contents recorded as imported, for the recognition of duplicates. */
  files: ImportedFile[];
  /**
   * The version each touched partition had when the work began (null: none). If one differs now,
   * the commit fails with CostError `conflict` and changes nothing.
   */
  expect: (PartitionKey & { version: string | null })[];
}

/** Owned by the engine; in the server it is bound to PostgreSQL tables. */
export interface Manifest {
  /** Announces work whose files must not be swept. Returns its id. */
  begin(organizationId: string): Promise<string>;
  /** All of the change or nothing, in one transaction. Ends the work. */
  commit(workId: string, change: ManifestChange): Promise<void>;
  /**
   * Gives a partition its index files if it still is at `version` and has none, and ends the work. Its rows do not
   * change; files of an index of an earlier kind are let go. Returns whether it did; otherwise the files belong to nobody.
   */
  attach(workId: string, partition: PartitionVersion, files: readonly LakeFile[]): Promise<boolean>;
  /** Ends the work without a change. */
  abort(workId: string): Promise<void>;
  /** Current partitions of one organization, in stable order. */
  partitions(organizationId: string): Promise<PartitionVersion[]>;
  /**
   * The import that brought this content, if every partition it wrote still holds its rows. Once a
   * partition was replaced or dropped, the file is no duplicate any more: importing it is a restore.
   */
  findFile(organizationId: string, sha256: string): Promise<ImportedFile | undefined>;
  /** Paths of every file that some organization's current version lists. */
  referencedFiles(): Promise<Set<string>>;
  /** Whether any work is under way (begun, neither committed nor aborted), with the earliest begin. */
  oldestWork(): Promise<Date | undefined>;
}

export function sameKey(a: PartitionKey, b: PartitionKey): boolean {
  return (
    a.organizationId === b.organizationId &&
    a.billingPeriod === b.billingPeriod &&
    a.billingAccountId === b.billingAccountId
  );
}

/** The files of a partition with its index in the place of an earlier one. */
export function withIndex(current: readonly LakeFile[], index: readonly LakeFile[]): LakeFile[] {
  return [...current.filter((file) => file.kind === 'rows'), ...index];
}

/** Whether a partition has its index. */
export function isIndexed(partition: Pick<PartitionVersion, 'files'>): boolean {
  return partition.files.some((file) => file.kind === 'calendar');
}

import type { CostImport, CostImportDetail, CostSource } from '@cloudatlas/contracts/cost-imports';
import type {
  AlertRule,
  AllocationRules,
  Budget,
  CostAlert,
  CostAnomaly,
} from '@cloudatlas/contracts/cost-control';
import type { CostFilter } from '@cloudatlas/contracts/costs';
import type { ColumnType } from 'kysely';
import type { BilledIds } from './ingest/normalise.ts';
import type { CostSums, LakeFile } from './lake/manifest.ts';

/** jsonb: written as JSON text, read as a value. */
type Json<T> = ColumnType<T, string, string>;
type JsonOrNull<T> = ColumnType<T | null, string | null, string | null>;
/** NUMERIC and BIGINT: read as text. */
type Exact = ColumnType<string, string | number, string | number>;

export type Origin = CostImport['origin'];

/** How the files of an import are read. */
export interface Reading {
  decimalComma: boolean;
  dateOrder?: 'dmy' | 'mdy' | undefined;
  ids?: BilledIds | undefined;
}

export interface PartitionTable {
  organization_id: string;
  workspace_id: string;
  billing_period: string;
  billing_account_id: string;
  version: string;
  files: Json<LakeFile[]>;
  sums: Json<CostSums[]>;
  first_day: string;
  last_day: string;
  import_ids: string[];
  origin: Origin;
  source_account_id: string | null;
  committed_at: Date;
  rolled_version: ColumnType<string | null, string | null | undefined, string | null>;
  verified_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  verify_problem: ColumnType<string | null, string | null | undefined, string | null>;
}

interface PartitionRow {
  organization_id: string;
  workspace_id: string;
  billing_period: string;
  billing_account_id: string;
}

export interface ImportedFileTable {
  organization_id: string;
  workspace_id: string;
  sha256: string;
  import_id: string;
  name: string;
  bytes: Exact;
  partitions: number;
}

export interface ImportTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  status: CostImport['status'];
  origin: Origin;
  on_existing: CostImport['onExisting'];
  reading: Json<Reading>;
  force: boolean;
  account_id: string | null;
  account_name: string | null;
  files: Json<CostImport['files']>;
  progress: JsonOrNull<NonNullable<CostImport['progress']>>;
  rows: JsonOrNull<NonNullable<CostImport['rows']>>;
  report: JsonOrNull<NonNullable<CostImportDetail['report']>>;
  has_rejects: ColumnType<boolean, boolean | undefined, boolean>;
  problem: JsonOrNull<{ code: string; message: string }>;
  duplicate_of: string | null;
  delivery: ColumnType<Record<string, string> | null, string | null | undefined, string | null>;
  requested_by: string | null;
  requested_by_label: string;
  created_at: Date;
  changed_at: Date;
  finished_at: Date | null;
}

export interface ReconciliationTable extends PartitionRow {
  currency: string;
  import_id: string;
  source_rows: Exact;
  refused_rows: Exact;
  store_rows: Exact;
  source_billed: Exact;
  refused_billed: Exact;
  store_billed: Exact;
}

export interface DailyTable extends PartitionRow {
  day: string;
  provider: string;
  account_id: string;
  account_name: string;
  service: string;
  category: string;
  region: string;
  charge_category: string;
  currency: string;
  billed: Exact;
  effective: Exact;
  list: Exact;
  contracted: Exact;
  line_items: Exact;
}

export interface SourceTable {
  organization_id: string;
  account_id: string;
  workspace_id: string;
  mode: CostSource['mode'];
  location: JsonOrNull<NonNullable<CostSource['location']>>;
  status: CostSource['status'];
  problem: JsonOrNull<NonNullable<CostSource['problem']>>;
  last_run_at: Date | null;
  query_cost: JsonOrNull<NonNullable<CostSource['queryCost']>>;
  delivered: ColumnType<Record<string, string>, string | undefined, string>;
}

export interface BudgetTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  name: string;
  period: Budget['period'];
  amount: Exact;
  currency: string;
  metric: Budget['metric'];
  filters: Json<CostFilter[]>;
  thresholds: Json<Budget['thresholds']>;
  enabled: boolean;
  created_at: Date;
  updated_at: Date;
}

export interface BudgetStateTable {
  organization_id: string;
  budget_id: string;
  period_start: string;
  period_end: string;
  actual: ColumnType<string | null, string | null, string | null>;
  forecast: ColumnType<string | null, string | null, string | null>;
  problem: string | null;
  evaluated_at: Date;
}

export interface AlertRuleTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  name: string;
  filters: Json<CostFilter[]>;
  time_window: AlertRule['window'];
  condition: Json<AlertRule['condition']>;
  enabled: boolean;
  created_at: Date;
  updated_at: Date;
  last_fired_at: Date | null;
}

export interface AlertTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  kind: CostAlert['kind'];
  severity: CostAlert['severity'];
  source_id: string;
  source_name: string;
  facts: Json<CostAlert['facts']>;
  currency: string;
  period_start: string;
  dedupe_key: string;
  created_at: Date;
}

export interface AnomalyTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  provider: string;
  account_id: string;
  service: string;
  region: string;
  currency: string;
  day: string;
  kind: CostAnomaly['kind'];
  actual: Exact;
  expected: Exact;
  score: number;
  method: CostAnomaly['method'];
  status: CostAnomaly['status'];
  note: string | null;
  marked_by: string | null;
  detected_at: Date;
}

export interface CostsTables {
  'costs.partition': PartitionTable;
  'costs.imported_file': ImportedFileTable;
  'costs.work': {
    organization_id: string;
    id: string;
    workspace_id: string;
    started_at: Date;
    beat_at: Date;
  };
  'costs.import': ImportTable;
  'costs.reconciliation': ReconciliationTable;
  'costs.daily': DailyTable;
  'costs.tag_key': PartitionRow & { key: string; weight: Exact };
  'costs.source': SourceTable;
  'costs.rate': {
    organization_id: string;
    id: string;
    from_currency: string;
    to_currency: string;
    day: string;
    rate: Exact;
    source: string;
    updated_at: Date;
  };
  'costs.settings': {
    organization_id: string;
    workspace_id: string;
    display_currency: string | null;
    closed_through: string | null;
    retention_months: number | null;
  };
  'costs.budget': BudgetTable;
  'costs.budget_state': BudgetStateTable;
  'costs.alert_rule': AlertRuleTable;
  'costs.alert': AlertTable;
  'costs.alert_read': { organization_id: string; alert_id: string; user_id: string; read_at: Date };
  'costs.alert_preference': { organization_id: string; workspace_id: string; user_id: string; mail: boolean };
  'costs.anomaly': AnomalyTable;
  'costs.allocation': {
    organization_id: string;
    workspace_id: string;
    rules: Json<AllocationRules>;
    updated_at: Date;
  };
}

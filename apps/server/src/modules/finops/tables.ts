import type { Grade, RecommendationStatus, SkipReason, UndoClass } from '@cloudatlas/contracts/finops';
import type { Json as JsonValue, ResourceRef, ResourceState, SizeSpec } from '@cloudatlas/cloud/resource';
import type { PriceQuote, Statistic } from '@cloudatlas/cloud/observations';
import type { ColumnType } from 'kysely';
import type { Finding, PlannedAction } from './rules/rule.ts';

/** jsonb: written as JSON text, read as a value. */
type Json<T> = ColumnType<T, string, string>;
type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
type Counter = ColumnType<number, number | undefined, number>;

export interface SettingsTable {
  organization_id: string;
  exclude_tags: string[];
  minimum_monthly: string;
  regions: string[];
  scan_every_hours: number | null;
  updated_at: Date;
}

export interface RuleSettingTable {
  organization_id: string;
  rule_id: string;
  enabled: boolean;
  snoozed_until: Date | null;
  values: Json<Record<string, number>>;
}

export interface ScanTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  trigger: 'manual' | 'schedule' | 'sync';
  status: 'running' | 'succeeded' | 'partial' | 'failed';
  message: string | null;
  costs_through: string | null;
  started_at: Date;
  finished_at: Date | null;
}

export interface ScanAccountTable {
  organization_id: string;
  scan_id: string;
  account_id: string;
  status: 'pending' | 'metrics' | 'rules' | 'done' | 'failed';
  done: Counter;
  total: Counter;
  examined: Counter;
  found: Counter;
  opened: Counter;
  expired: Counter;
  message: string | null;
  updated_at: Date;
}

/** A resource as a finding keeps it. */
export interface ResourceSnapshot extends ResourceRef {
  name: string;
  state: ResourceState;
  tags: Record<string, string>;
}

/** What must still be true of the resource when an action begins. */
export interface Fingerprint {
  state: ResourceState;
  size: SizeSpec | null;
  /** Native ids of what it is attached to, sorted. */
  attachments: string[];
}

/** The part of a finding that only its page shows. */
export type StoredFinding = Pick<
  Finding,
  'method' | 'why' | 'explanation' | 'current' | 'recommended' | 'evidence'
>;

export interface Dismissal {
  reason: 'needed' | 'planned' | 'wrong' | 'too_risky' | 'other';
  note: string;
  /** Name of the person at that time. */
  by: string;
  at: string;
  until: string | null;
  /** Saving a month at that time, converted: much more than it opens the finding again. */
  monthly: string | null;
}

export interface RecommendationTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  account_id: string;
  rule_id: string;
  resource_id: string;
  native_id: string;
  provider: string;
  category: string;
  region: string;
  name: string;
  resource: Json<ResourceSnapshot>;
  status: RecommendationStatus;
  priority: Grade;
  monthly: string | null;
  currency: string | null;
  monthly_converted: string | null;
  counted_monthly: string;
  claims: 'all' | 'setting';
  cost_monthly: string | null;
  cost_currency: string | null;
  cost_converted: string | null;
  confidence: Grade;
  effort: Grade;
  restart: boolean;
  undo_class: UndoClass;
  finding: Json<StoredFinding>;
  action: OptionalJson<PlannedAction>;
  fingerprint: Json<Fingerprint>;
  kept: OptionalJson<{ reason: SkipReason; detail: string | null }>;
  first_seen_at: Date;
  last_seen_at: Date;
  assignee_id: string | null;
  dismissal: OptionalJson<Dismissal>;
  dismissed_until: Date | null;
  action_id: string | null;
  applied_at: Date | null;
  search: string;
  /** SHA-256 of what the newest scan wrote; null on rows of before it was kept. */
  content_hash: Buffer | null;
}

export interface SkipCount {
  reason: SkipReason;
  detail: string | null;
  count: number;
}

export interface FinopsTables {
  'finops.settings': SettingsTable;
  'finops.rule_setting': RuleSettingTable;
  'finops.scan': ScanTable;
  'finops.scan_account': ScanAccountTable;
  'finops.recommendation': RecommendationTable;
  'finops.found': {
    organization_id: string;
    scan_id: string;
    account_id: string;
    rule_id: string;
    native_id: string;
    resource_id: string | null;
    row: Json<Record<string, JsonValue>>;
  };
  'finops.diagnostic': {
    organization_id: string;
    workspace_id: string;
    rule_id: string;
    account_id: string;
    region: string;
    examined: number;
    found: number;
    clear: number;
    skipped: Json<SkipCount[]>;
  };
  'finops.metric_profile': {
    organization_id: string;
    resource_id: string;
    metric: string;
    statistic: Statistic;
    account_id: string;
    unit: string;
    through: string;
    hours: Buffer;
  };
  'finops.price': {
    organization_id: string;
    provider: string;
    query: string;
    quote: OptionalJson<PriceQuote>;
    fetched_at: Date;
  };
}

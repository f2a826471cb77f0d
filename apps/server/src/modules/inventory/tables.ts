import type { CloudProblem } from '@cloudatlas/cloud/errors';
import type { ResourceRef, ResourceState, SizeSpec } from '@cloudatlas/cloud/resource';
import type { ColumnType } from 'kysely';

/** jsonb: written as JSON text, read as a value. */
type Json<T> = ColumnType<T, string, string>;

export interface ResourceTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  account_id: string;
  provider: string;
  service: string;
  type: string;
  category: string;
  native_id: string;
  short_id: string;
  name: string;
  region: string;
  zone: string | null;
  state: ResourceState;
  state_raw: string | null;
  tags: Json<Record<string, string>>;
  size: Json<SizeSpec> | null;
  monthly_amount: string | null;
  currency: string | null;
  cloud_created_at: Date | null;
  first_seen_at: Date;
  changed_at: Date;
  vanished_at: Date | null;
  search: string;
  fingerprint: Buffer;
}

export interface RelationTable {
  organization_id: string;
  resource_id: string;
  kind: string;
  target_native_id: string;
  account_id: string;
}

export interface FieldChange {
  path: string;
  from: unknown;
  to: unknown;
}

export interface ChangeTable {
  organization_id: string;
  id: string;
  resource_id: string;
  at: Date;
  kind: 'appeared' | 'changed' | 'vanished' | 'returned';
  fields: Json<FieldChange[]>;
}

export interface SyncRunTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  account_id: string;
  trigger: 'manual' | 'schedule' | 'account';
  status: 'running' | 'succeeded' | 'partial' | 'failed';
  problem: Json<CloudProblem> | null;
  started_at: Date;
  finished_at: Date | null;
}

export interface ScopeProblem {
  type: string;
  problem: CloudProblem;
}

export interface SyncScopeTable {
  organization_id: string;
  run_id: string;
  service: string;
  region: string;
  status: 'pending' | 'running' | 'done' | 'failed';
  count: ColumnType<number, number | undefined, number>;
  appeared: ColumnType<number, number | undefined, number>;
  changed: ColumnType<number, number | undefined, number>;
  vanished: ColumnType<number, number | undefined, number>;
  problems: ColumnType<ScopeProblem[], string | undefined, string>;
}

export interface CloudOrderTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  account_id: string;
  kind: 'operation' | 'creation';
  operation: string;
  type: string;
  region: string;
  resource_id: string | null;
  resource_name: string;
  status: 'pending' | 'running' | 'done' | 'failed' | 'needs_attention';
  step: string | null;
  message: string | null;
  problem: Json<CloudProblem> | null;
  shown_input: Json<Record<string, unknown>>;
  sealed_input: Buffer | null;
  result: Json<Record<string, unknown>> | null;
  created_resources: ColumnType<ResourceRef[], string | undefined, string>;
  idempotency_key: string | null;
  requested_by: string | null;
  requested_by_label: string;
  ip: string | null;
  request_id: string | null;
  created_at: Date;
  finished_at: Date | null;
}

export interface InventoryTables {
  'inventory.resource': ResourceTable;
  'inventory.resource_detail': {
    organization_id: string;
    resource_id: string;
    attributes: Json<Record<string, unknown>>;
  };
  'inventory.relation': RelationTable;
  'inventory.change': ChangeTable;
  'inventory.sync_run': SyncRunTable;
  'inventory.sync_scope': SyncScopeTable;
  'inventory.cloud_order': CloudOrderTable;
}

import type { ActionStatus } from '@cloudatlas/contracts/finops-actions';
import type { LocalText, UndoClass } from '@cloudatlas/contracts/finops';
import type { CloudProblem } from '@cloudatlas/cloud/errors';
import type { FieldValues } from '@cloudatlas/cloud/fields';
import type { ResourceRef } from '@cloudatlas/cloud/resource';
import type { ColumnType, Selectable } from 'kysely';
import type { z } from 'zod';
import type { PlannedAction } from '../rules/rule.ts';
import type { Fingerprint, FinopsTables } from '../tables.ts';

/** jsonb: written as JSON text, read as a value. */
type Json<T> = ColumnType<T, string, string>;
type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
type Later<T> = ColumnType<T | null, T | null | undefined, T | null>;
type Defaulted<T> = ColumnType<T, T | undefined, T>;

export type Status = z.infer<typeof ActionStatus>;
export type StepStatus =
  | 'pending'
  | 'running'
  | 'done'
  | 'already'
  | 'failed'
  | 'undone'
  | 'undo_failed'
  | 'skipped';

export interface ActionTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  account_id: string;
  account_name: string;
  provider: string;
  recommendation_id: string;
  rule_id: string;
  title: Json<LocalText>;
  kind: PlannedAction['kind'];
  status: Status;
  resource_id: string;
  resource: Json<ResourceRef & { name: string }>;
  planned: Json<PlannedAction>;
  fingerprint: Json<Fingerprint>;
  left_as: OptionalJson<Fingerprint>;
  monthly: string | null;
  currency: string | null;
  monthly_converted: string | null;
  undo_class: UndoClass;
  trigger: 'manual' | 'bulk' | 'automatic';
  policy_id: string | null;
  requested_by: string | null;
  requested_by_label: string;
  note: string;
  ip: string | null;
  request_id: string | null;
  idempotency_key: string;
  needs_approval: boolean;
  decided_by: Later<string>;
  decided_by_label: Later<string>;
  decided_at: Later<Date>;
  decision_note: Later<string>;
  message: Later<string>;
  attention: OptionalJson<LocalText>;
  sealed_before: Later<Buffer>;
  created: ColumnType<ResourceRef[], string | undefined, string>;
  pair_id: Later<string>;
  applied_at: Later<Date>;
  undo_from: Later<Date>;
  undo_until: Later<Date>;
  final_at: Later<Date>;
  undo_round: Defaulted<number>;
  undo_pending: Defaulted<boolean>;
  undo_by: Later<string>;
  undo_by_label: Later<string>;
  expires_at: Later<Date>;
  created_at: Date;
  finished_at: Later<Date>;
}

export interface ActionStepTable {
  organization_id: string;
  action_id: string;
  phase: 'apply' | 'undo';
  position: number;
  operation: string;
  target: Json<ResourceRef>;
  parameters: Json<FieldValues>;
  sealed_parameters: Later<Buffer>;
  calls: string[];
  later: Defaulted<boolean>;
  status: StepStatus;
  message: Later<string>;
  problem: OptionalJson<CloudProblem>;
  attempts: Defaulted<number>;
  sealed_undo: Later<Buffer>;
  undo_operation: Later<string>;
  not_before: Later<Date>;
  created: ColumnType<ResourceRef[], string | undefined, string>;
  undoes: Later<number>;
  sent_at: Later<Date>;
  answered_at: Later<Date>;
  started_at: Later<Date>;
  finished_at: Later<Date>;
  token: string;
}

export interface RealisedTable {
  organization_id: string;
  action_id: string;
  /** First day of the month. */
  month: string;
  days: number;
  before_per_day: string;
  after_total: string;
  currency: string;
  estimated: string | null;
  measured_at: Date;
}

export interface AutomationPolicyTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  name: string;
  enabled: boolean;
  rules: string[];
  undo_classes: UndoClass[];
  account_ids: string[];
  minimum_monthly: string;
  time_zone: string;
  days: number[];
  from_hour: number;
  to_hour: number;
  max_actions_per_day: number;
  set_by: string | null;
  set_by_label: string;
  final_confirmed: boolean;
  ticked_at: Date | null;
  created_at: Date;
}

export interface ActionTables extends FinopsTables {
  'finops.action': ActionTable;
  'finops.action_step': ActionStepTable;
  'finops.realised': RealisedTable;
  'finops.automation_policy': AutomationPolicyTable;
  'finops.approval_setting': {
    organization_id: string;
    mode: 'none' | 'restorable' | 'all';
    expire_days: number;
    updated_at: Date;
  };
}

export type ActionRecord = Selectable<ActionTable>;
export type StepRecord = Selectable<ActionStepTable>;
export type PolicyRecord = Selectable<AutomationPolicyTable>;

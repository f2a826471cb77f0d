import type { CloudProblem } from '@cloudatlas/cloud/errors';
import type { Feature, PermissionFinding } from '@cloudatlas/cloud/permissions';
import type { ColumnType, JSONColumnType } from 'kysely';

export interface CloudAccountTable {
  organization_id: string;
  id: string;
  workspace_id: string;
  provider: string;
  name: string;
  native_id: string;
  principal: string;
  endpoint: string | null;
  method: string;
  features: Feature[];
  enabled: boolean;
  health_status: 'unknown' | 'ok' | 'degraded' | 'failing';
  health_problem: JSONColumnType<CloudProblem> | null;
  health_checked_at: Date | null;
  permissions: ColumnType<PermissionFinding[], string, string>;
  credentials: Buffer;
  credentials_changed_at: Date;
  created_at: Date;
}

export interface SeatPriceTable {
  organization_id: string;
  provider: string;
  sku: string;
  /** Exact decimal. */
  amount: string;
  currency: string;
  changed_at: Date;
}

export interface AccountsTables {
  'accounts.cloud_account': CloudAccountTable;
  'accounts.seat_price': SeatPriceTable;
}

import type { AuditEntry } from '@cloudatlas/contracts/audit';
import type { ColumnType, JSONColumnType } from 'kysely';

export interface EntryTable {
  organization_id: string;
  /** bigint: a string when read. */
  sequence: ColumnType<string, number | string, never>;
  id: string;
  at: Date;
  action: string;
  outcome: AuditEntry['outcome'];
  actor_kind: AuditEntry['actor']['kind'];
  actor_id: string | null;
  actor_label: string;
  provider: string | null;
  target_type: string | null;
  target_id: string | null;
  target_label: string | null;
  workspace_id: string | null;
  ip: string | null;
  request_id: string | null;
  details: JSONColumnType<Record<string, unknown>>;
  hash: string;
}

export interface AuditTables {
  'audit.chain': {
    organization_id: string;
    last_sequence: ColumnType<string, number, number>;
    last_hash: string;
  };
  'audit.entry': EntryTable;
  'audit.checkpoint': {
    organization_id: string;
    sequence: ColumnType<string, number | string, never>;
    hash: string;
    at: Date;
    signature: string;
  };
}

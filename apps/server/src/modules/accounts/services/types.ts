import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import type { Connection, Credentials } from '@cloudatlas/cloud/contract';
import type { CloudProblem } from '@cloudatlas/cloud/errors';
import type { Feature, PermissionFinding } from '@cloudatlas/cloud/permissions';
import type { AuditActor } from '#modules/audit/index.ts';
import type { AnyTenantTx, TenantScope } from '#platform/db/database.ts';

/** A connected account without its secrets, as other modules know it. */
export interface AccountFacts {
  id: string;
  organizationId: string;
  workspaceId: string;
  provider: string;
  name: string;
  nativeId: string;
  enabled: boolean;
  features: Feature[];
}

/** What other modules may do with cloud accounts. */
export interface AccountsService {
  /** Enabled and disabled accounts of a workspace, by name. At most 500. */
  listFacts(scope: TenantScope, workspaceId: string): Promise<AccountFacts[]>;
  /** Every enabled account of the installation, for schedulers. */
  listEnabled(): Promise<AccountFacts[]>;
  /** @throws AppError `not_found` */
  factsOf(scope: TenantScope, accountId: string): Promise<AccountFacts>;
  /**
   * Runs `work` with a connection to the account; connections are shared and closed when idle.
   * @throws AppError `not_found`, or `conflict` when the account is disabled
   */
  withConnection<R>(
    scope: TenantScope,
    accountId: string,
    work: (connection: Connection, account: AccountFacts) => Promise<R>,
  ): Promise<R>;
  /**
   * The same for work that begins in the database: `first` runs in the transaction that reads the account, for
   * callers of whom there are hundreds a minute. `work` gets what it returned.
   * @throws AppError as `withConnection`; `first` has not run then
   */
  withConnectionAfter<F, R>(
    scope: TenantScope,
    accountId: string,
    first: (tx: AnyTenantTx, account: AccountFacts) => Promise<F>,
    work: (connection: Connection, account: AccountFacts, opened: F) => Promise<R>,
  ): Promise<R>;
  /** Writes down how talking to the account went; null when it went well, which ends `failing`. */
  reportHealth(scope: TenantScope, accountId: string, problem: CloudProblem | null): Promise<void>;
  /** What the stored credentials may do, as found out when they were last tried. @throws AppError `not_found` */
  permissionsOf(scope: TenantScope, accountId: string): Promise<PermissionFinding[]>;
  /** Connects an account for a seed or command. @returns its id */
  connectAccount(scope: WorkspaceRef, actor: Acting, input: ConnectInput): Promise<CloudAccount>;
}

/** Who asks, for the audit log. */
export interface Acting {
  actor: AuditActor;
  ip?: string;
  requestId?: string;
}

export interface WorkspaceRef extends TenantScope {
  workspaceId: string;
}

export interface ConnectInput {
  provider: string;
  name: string;
  endpoint?: string | undefined;
  credentials: Credentials;
  features: Feature[];
  signal: AbortSignal;
}

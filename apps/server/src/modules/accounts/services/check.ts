import type { AccountCheck } from '@cloudatlas/contracts/accounts';
import type { Connection } from '@cloudatlas/cloud/contract';
import { CloudError, type CloudProblem } from '@cloudatlas/cloud/errors';
import type { Feature, PermissionFinding } from '@cloudatlas/cloud/permissions';
import { providerRefusal } from '../connections.ts';

export interface Probe {
  nativeId: string;
  principal: string;
  alias: string | null;
  regions: AccountCheck['regions'];
  permissions: PermissionFinding[];
}

const probeTimeoutMs = 60_000;

/** Proves credentials and finds out what they may do. @throws AppError `provider_denied` or `provider_error` */
export async function probeConnection(
  connection: Connection,
  features: readonly Feature[],
  signal: AbortSignal,
): Promise<Probe> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(probeTimeoutMs)]);
  try {
    const identity = await connection.identity(bounded);
    const [regions, permissions] = await Promise.all([
      connection.regions(bounded).catch(() => []),
      connection.probe({ features, signal: bounded }),
    ]);
    return {
      nativeId: identity.accountId,
      principal: identity.principal,
      alias: identity.alias ?? null,
      regions: regions.map(({ id, label }) => ({ id, label })),
      permissions: [...permissions],
    };
  } catch (error) {
    if (error instanceof CloudError) throw providerRefusal(error);
    throw error;
  }
}

/** What a probe means for the account's health; a missing permission degrades, it does not fail. */
export function healthOf(permissions: readonly PermissionFinding[]): 'ok' | 'degraded' {
  return permissions.some((finding) => finding.granted === 'no') ? 'degraded' : 'ok';
}

/** The provider's problem inside an error of ours, for storing. */
export function problemIn(error: unknown): CloudProblem | null {
  const meta = (error as { meta?: { problem?: CloudProblem } }).meta;
  return meta?.problem ?? null;
}

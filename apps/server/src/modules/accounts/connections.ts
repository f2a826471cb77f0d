import type { Connection, Credentials } from '@cloudatlas/cloud/contract';
import { CloudError } from '@cloudatlas/cloud/errors';
import { loadProvider } from '@cloudatlas/cloud/registry';
import type { Money } from '@cloudatlas/cloud/resource';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Envelope } from '#platform/crypto/envelope.ts';
import type { AnyTx } from '#platform/db/database.ts';
import { AppError, invalidField } from '#platform/errors/app-error.ts';
import type { Logger } from '#platform/log/log.ts';
import { endpointUrl, type AccountsConfig } from './config.ts';

const StoredCredentials = z.object({ method: z.string(), values: z.record(z.string(), z.string()) });
/** Form field that the server fills: a caller who could choose it could reach another tenant's role. */
const externalIdField = 'externalId';

export interface AccountRow {
  id: string;
  organization_id: string;
  workspace_id: string;
  provider: string;
  endpoint: string | null;
  credentials: Buffer;
}

/** Turns forms and stored accounts into provider connections. The only place where credentials are in the clear. */
export class Connections {
  readonly #config: AccountsConfig;
  readonly #envelope: Envelope;
  readonly #secretKey: string;
  readonly #log: Logger;

  constructor(options: { config: AccountsConfig; envelope: Envelope; secretKey: string; log: Logger }) {
    this.#config = options.config;
    this.#envelope = options.envelope;
    this.#secretKey = options.secretKey;
    this.#log = options.log;
  }

  /** The secret that roles must demand from us for one workspace (AWS external id; confused deputy, AWS IAM guide). */
  externalIdOf(workspaceId: string): string {
    const digest = createHmac('sha256', this.#secretKey).update(`external id ${workspaceId}`).digest('hex');
    return `atlas-${digest.slice(0, 32)}`;
  }

  /** Connects with what a form gave. @throws AppError `validation_failed` naming the field */
  async fromForm(
    workspaceId: string,
    provider: string,
    endpoint: string | undefined,
    given: Credentials,
  ): Promise<{ connection: Connection; credentials: Credentials }> {
    const adapter = await this.#adapter(provider);
    const method = adapter.credentialMethods.find((candidate) => candidate.id === given.method);
    if (method === undefined || (method.ambient === true && !this.#config.ambient))
      throw invalidField('body.credentials.method', 'is not offered');
    const values: Record<string, string> = { ...given.values };
    if (method.fields.some((field) => field.name === externalIdField))
      values[externalIdField] = this.externalIdOf(workspaceId);
    const credentials = { method: given.method, values };
    try {
      return { connection: adapter.connect(credentials, this.#options(provider, endpoint)), credentials };
    } catch (error) {
      if (error instanceof CloudError && error.kind === 'invalid_input') {
        const errors = (error.problem.fields ?? []).map((field) => ({
          path: `body.credentials.values.${field.field}`,
          code: 'invalid',
          message: field.message,
        }));
        throw new AppError('validation_failed', error.message, { errors });
      }
      throw error;
    }
  }

  /**
   * Connects with a stored account's credentials. The caller closes the connection.
   * @param priceList what the organization pays by SKU; empty where the provider's list holds
   */
  async fromAccount(
    tx: AnyTx,
    account: AccountRow,
    priceList: Readonly<Record<string, Money>> = {},
  ): Promise<() => Promise<Connection>> {
    const text = await this.#envelope.openText(tx, placeOf(account), account.credentials);
    // Connecting may load an adapter: outside the transaction that opened the secret.
    return async () => {
      const adapter = await this.#adapter(account.provider);
      return adapter.connect(StoredCredentials.parse(JSON.parse(text)), {
        ...this.#options(account.provider, account.endpoint ?? undefined),
        priceList,
      });
    };
  }

  seal(
    tx: AnyTx,
    account: { id: string; organization_id: string },
    credentials: Credentials,
  ): Promise<Buffer> {
    return this.#envelope.seal(
      tx,
      placeOf(account),
      JSON.stringify({ method: credentials.method, values: credentials.values }),
    );
  }

  async #adapter(provider: string) {
    try {
      return await loadProvider(provider);
    } catch {
      throw invalidField('body.provider', 'is not a provider of this installation');
    }
  }

  #options(provider: string, endpoint: string | undefined) {
    const log = this.#log;
    if (endpoint === undefined) return { log };
    const url = endpointUrl(this.#config.endpoints, endpoint, provider);
    if (url === undefined)
      throw invalidField('body.endpoint', 'is not allowed by the operator of this installation');
    return { endpoint: url, log };
  }
}

function placeOf(account: { id: string; organization_id: string }) {
  return {
    organizationId: account.organization_id,
    table: 'accounts.cloud_account',
    column: 'credentials',
    rowId: account.id,
  };
}

/** A provider's refusal as the caller of our API sees it. */
export function providerRefusal(error: CloudError): AppError {
  const { problem } = error;
  const code =
    error.retryable || error.kind === 'unknown' || error.kind === 'aborted'
      ? 'provider_error'
      : 'provider_denied';
  return new AppError(code, problem.message, { meta: { problem }, cause: error });
}

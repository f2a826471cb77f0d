import type { ClientSecretCredential } from '@azure/identity';
import type { CredentialMethod, Credentials } from '../contract.ts';
import { CloudError, invalidInput, type CloudErrorKind } from '../errors.ts';
import { checkFields, type Field } from '../fields.ts';

/*
 * What every Microsoft cloud shares: an application of an Entra ID tenant that signs in with a
 * client secret (OAuth 2.0 client credentials, RFC 6749 §4.4).
 */

const GUID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

export const TENANT: Field = {
  name: 'tenantId',
  label: 'Directory (tenant) ID',
  kind: 'text',
  required: true,
  pattern: { source: GUID, message: 'is a GUID such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301' },
};
export const CLIENT: Field = {
  name: 'clientId',
  label: 'Application (client) ID',
  kind: 'text',
  required: true,
  pattern: { source: GUID, message: 'is a GUID such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301' },
};
export const SECRET: Field = {
  name: 'clientSecret',
  label: 'Client secret',
  help: 'The value of the secret, not its ID.',
  kind: 'secret',
  required: true,
  minLength: 8,
  maxLength: 256,
};

/** A client secret of an application and, where the provider needs more, further fields. */
export function clientSecretMethod(...more: readonly Field[]): CredentialMethod {
  return {
    id: 'client_secret',
    label: 'Application with a client secret',
    fields: [TENANT, CLIENT, SECRET, ...more],
  };
}

/** Checked values of a credential form. @throws CloudError `invalid_input` */
export function checkedValues(
  methods: readonly CredentialMethod[],
  credentials: Credentials,
): Readonly<Record<string, string>> {
  const method = methods.find((m) => m.id === credentials.method);
  if (!method) throw invalidInput([{ field: 'method', message: 'is not a way to connect' }]);
  // Blanks come along when ids and secrets are copied; Entra ID's have none.
  const given = Object.fromEntries(
    Object.entries(credentials.values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.trim() : value,
    ]),
  );
  const { values, issues } = checkFields(method.fields, given);
  if (issues.length > 0) throw invalidInput(issues);
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

const SIGN_IN_HOST = 'https://login.microsoftonline.com';

/** Opens the credential; `endpoint` replaces the public sign-in host, for a simulator. */
export async function openCredential(
  values: Readonly<Record<string, string>>,
  endpoint: string | undefined,
): Promise<ClientSecretCredential> {
  const { ClientSecretCredential } = await import('@azure/identity');
  return new ClientSecretCredential(
    values['tenantId'] ?? '',
    values['clientId'] ?? '',
    values['clientSecret'] ?? '',
    {
      ...(endpoint === undefined ? {} : { authorityHost: endpoint, disableInstanceDiscovery: true }),
      // Retries are ours alone; two policies would multiply.
      retryOptions: { maxRetries: 0 },
    },
  );
}

/** Asks for a token. Rejects with what {@link signInError} understands. */
export async function signIn(
  credential: ClientSecretCredential,
  scope: string,
  tenantId: string,
  endpoint: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  try {
    return (await credential.getToken(scope, signal ? { abortSignal: signal } : {})).token;
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('endpoints_resolution_error')) throw error;
    // The library says the same for a tenant that does not exist and for a host that is down: ask which it is.
    const place = `${endpoint ?? SIGN_IN_HOST}/${tenantId}/v2.0/.well-known/openid-configuration`;
    const answer = await fetch(place, signal ? { signal } : {});
    if (answer.status !== 400) throw error;
    throw Object.assign(new Error('AADSTS90002'), { name: 'AuthenticationError', statusCode: 400 });
  }
}

/** Codes of the token endpoint (Microsoft identity platform, "error codes") by what they mean to a person. */
const TOKEN_ERRORS: readonly (readonly [code: string, kind: CloudErrorKind, message: string])[] = [
  ['AADSTS7000222', 'expired', 'The client secret has expired: make a new one and rotate the credentials.'],
  ['AADSTS7000215', 'invalid_credentials', 'The client secret is wrong: paste its value, not its ID.'],
  ['AADSTS700016', 'invalid_credentials', 'The tenant has no application with this client ID.'],
  ['AADSTS90002', 'invalid_credentials', 'There is no tenant with this ID.'],
  ['AADSTS900023', 'invalid_credentials', 'There is no tenant with this ID.'],
  ['AADSTS7000112', 'invalid_credentials', 'The application is disabled in the tenant.'],
  ['AADSTS65001', 'denied', 'An administrator of the tenant has not consented to the application yet.'],
  ['AADSTS53003', 'denied', 'A conditional access policy of the tenant blocks the sign-in.'],
];

/** Errors of @azure/identity; the second is what the underlying library's refusals become. */
const SIGN_IN_ERRORS: ReadonlySet<string> = new Set([
  'AuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
]);

/** A failed sign-in as our error; undefined when the thrown value is not one. */
export function signInError(thrown: unknown, call: string): CloudError | undefined {
  const error = thrown as { name?: string; message?: string; statusCode?: number };
  if (!SIGN_IN_ERRORS.has(error.name ?? '')) return undefined;
  const text = error.message ?? '';
  const known = TOKEN_ERRORS.find(([code]) => text.includes(code));
  const code = /AADSTS\d+/.exec(text)?.[0];
  const status = error.statusCode;
  if (known)
    return new CloudError({
      kind: known[1],
      message: known[2],
      call,
      providerCode: known[0],
      ...(status ? { httpStatus: status } : {}),
    });
  if (status === 429)
    return new CloudError({ kind: 'throttled', message: 'Entra ID refuses sign-ins for a while.', call });
  if (code === undefined && (status === undefined || status >= 500))
    return new CloudError({
      kind: 'unavailable',
      message: 'The token endpoint of Entra ID does not answer.',
      call,
    });
  return new CloudError({
    kind: 'invalid_credentials',
    message: `Entra ID refused the sign-in${code ? ` (${code})` : ''}.`,
    call,
    ...(code ? { providerCode: code } : {}),
    ...(status === undefined ? {} : { httpStatus: status }),
  });
}

/** The claims of a token we were given; not verified, since it is the provider who checks it. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const [, payload = ''] = token.split('.');
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Seconds of a `Retry-After` header, delta form or date (RFC 9110 §10.2.3), in milliseconds; at most ten minutes. */
export function retryAfterMs(value: string | null | undefined, now: number): number | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const seconds = Number(value);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
  return Number.isFinite(wait) && wait > 0 ? Math.min(wait, 600_000) : undefined;
}

import { exportJWK, generateKeyPair, jwtVerify, SignJWT, type CryptoKey } from 'jose';
import type { Application, Directory } from './directory.ts';
import { ApiError, type JsonAnswer, type JsonRequest } from './http.ts';

/** Who a verified token speaks for. */
export interface Caller {
  readonly directory: Directory;
  readonly application: Application;
  /** `https://graph.microsoft.com`, `https://management.azure.com`. */
  readonly audience: string;
  readonly roles: ReadonlySet<string>;
}

/** A refusal of the token endpoint (RFC 6749 §5.2 with Entra's codes). */
function refusal(status: number, error: string, code: number, text: string): JsonAnswer {
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${text}`,
      error_codes: [code],
      timestamp: new Date().toISOString().replace('T', ' '),
      trace_id: crypto.randomUUID(),
      correlation_id: crypto.randomUUID(),
    },
  };
}

/** The sign-in host: OpenID configuration, keys and the client-credentials grant of every tenant. */
export class Entra {
  readonly #directories: () => ReadonlyMap<string, Directory>;
  readonly #now: () => number;
  #keys: Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> | undefined;

  constructor(directories: () => ReadonlyMap<string, Directory>, now: () => number) {
    this.#directories = directories;
    this.#now = now;
  }

  /** Undefined when the path is not of the sign-in host. */
  async serve(request: JsonRequest): Promise<JsonAnswer | undefined> {
    const match =
      /^\/([^/]+)\/(v2\.0\/\.well-known\/openid-configuration|oauth2\/v2\.0\/token|discovery\/v2\.0\/keys)$/.exec(
        request.path,
      );
    if (!match) return undefined;
    const [, tenant = '', what = ''] = match;
    const directory = this.#directories().get(tenant.toLowerCase());
    if (!directory)
      return refusal(
        400,
        'invalid_request',
        90002,
        `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`,
      );
    const base = `${request.origin}/${directory.id}`;
    if (what.startsWith('v2.0')) return { status: 200, body: configuration(base) };
    if (what.startsWith('discovery')) return { status: 200, body: { keys: [await this.#jwk()] } };
    if (request.method !== 'POST') return { status: 405, body: {} };
    return this.#token(request, directory, base);
  }

  async #token(request: JsonRequest, directory: Directory, base: string): Promise<JsonAnswer> {
    const { form } = request;
    if (form.get('grant_type') !== 'client_credentials')
      return refusal(400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.');
    const clientId = form.get('client_id') ?? '';
    const application = directory.applications.get(clientId);
    if (!application)
      return refusal(
        400,
        'unauthorized_client',
        700016,
        `Application with identifier '${clientId}' was not found in the directory '${directory.displayName}'.`,
      );
    if (!application.enabled)
      return refusal(
        400,
        'unauthorized_client',
        7000112,
        `Application '${clientId}'(${application.name}) is disabled.`,
      );
    if (form.get('client_secret') !== application.secret)
      return refusal(
        401,
        'invalid_client',
        7000215,
        `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
      );
    if (application.secretExpiresAt <= this.#now())
      return refusal(
        401,
        'invalid_client',
        7000222,
        `The provided client secret keys for app '${clientId}' are expired.`,
      );
    const scope = form.get('scope') ?? '';
    const audience = /^(https:\/\/[^ ]+?)\/?\.default( |$)/.exec(scope)?.[1]?.replace(/\/$/, '');
    if (audience === undefined)
      return refusal(400, 'invalid_scope', 1002012, `The provided value for scope ${scope} is not valid.`);
    const { privateKey } = await this.#pair();
    const roles = audience === 'https://graph.microsoft.com' ? [...application.graphRoles].sort() : undefined;
    const token = await new SignJWT({
      appid: application.clientId,
      oid: application.objectId,
      tid: directory.id,
      idtyp: 'app',
      ...(roles === undefined || roles.length === 0 ? {} : { roles }),
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'simulator', typ: 'JWT' })
      .setIssuer(`${base}/v2.0`)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${directory.tokenSeconds}s`)
      .sign(privateKey);
    return {
      status: 200,
      headers: { 'cache-control': 'no-store, no-cache' },
      body: {
        token_type: 'Bearer',
        expires_in: directory.tokenSeconds,
        ext_expires_in: directory.tokenSeconds,
        access_token: token,
      },
    };
  }

  /** Who calls. @throws ApiError 401 */
  async caller(request: JsonRequest, audience: string): Promise<Caller> {
    const token = /^Bearer (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
    const refuse = (text: string): ApiError =>
      new ApiError(401, 'InvalidAuthenticationToken', text, { 'www-authenticate': 'Bearer' });
    if (token === undefined) throw refuse('Access token is empty.');
    const { publicKey } = await this.#pair();
    const claims = await jwtVerify(token, publicKey, { audience }).then(
      ({ payload }) => payload,
      (error: { code?: string }) => {
        throw refuse(
          error.code === 'ERR_JWT_EXPIRED'
            ? 'Lifetime validation failed, the token is expired.'
            : 'Access token validation failure.',
        );
      },
    );
    const directory = this.#directories().get(String(claims['tid']));
    const application = directory?.applications.get(String(claims['appid']));
    if (!directory || !application?.enabled) throw refuse('Access token validation failure.');
    // A secret that has ended since does not end tokens; a consent that was taken back does when the token is renewed.
    const roles = Array.isArray(claims['roles']) ? claims['roles'].map(String) : [];
    return { directory, application, audience, roles: new Set(roles) };
  }

  #pair() {
    this.#keys ??= generateKeyPair('RS256');
    return this.#keys;
  }

  async #jwk() {
    const { publicKey } = await this.#pair();
    return { ...(await exportJWK(publicKey)), kid: 'simulator', use: 'sig', alg: 'RS256' };
  }
}

function configuration(base: string) {
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'tid', 'ver'],
    tenant_region_scope: 'SA',
  };
}

import { importSPKI, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { randomBytes } from 'node:crypto';
import type { JsonAnswer, JsonRequest } from '../microsoft/http.ts';
import { GoogleError } from './http.ts';
import type { ServiceAccount } from './project.ts';

const TOKEN_SECONDS = 3599;
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

function refusal(status: number, error: string, text: string): JsonAnswer {
  return { status, body: { error, error_description: text } };
}

/** The token endpoint for service accounts: a signed assertion against an access token (RFC 7523). */
export class TokenEndpoint {
  readonly #accounts: () => ReadonlyMap<string, ServiceAccount>;
  readonly #tokens = new Map<string, { readonly email: string; readonly expiresAt: number }>();

  constructor(accounts: () => ReadonlyMap<string, ServiceAccount>) {
    this.#accounts = accounts;
  }

  async serve(request: JsonRequest): Promise<JsonAnswer> {
    const { form } = request;
    if (form.get('grant_type') !== GRANT)
      return refusal(400, 'unsupported_grant_type', `Invalid grant_type: ${form.get('grant_type') ?? ''}`);
    const assertion = form.get('assertion') ?? '';
    let email: string;
    let keyId: string | undefined;
    try {
      email = decodeJwt(assertion).iss ?? '';
      keyId = decodeProtectedHeader(assertion).kid;
    } catch {
      return refusal(400, 'invalid_request', 'Bad Request');
    }
    const account = this.#accounts().get(email);
    if (!account) return refusal(400, 'invalid_grant', 'Invalid grant: account not found');
    if (account.disabled)
      return refusal(
        401,
        'invalid_client',
        'The OAuth client was disabled: the service account is disabled.',
      );
    const keys = keyId === undefined ? [...account.keys.values()] : [account.keys.get(keyId)];
    for (const pem of keys) {
      if (pem === undefined) continue;
      try {
        await jwtVerify(assertion, await importSPKI(pem, 'RS256'), {
          audience: 'https://oauth2.googleapis.com/token',
          algorithms: ['RS256'],
          clockTolerance: 60,
          maxTokenAge: '65m',
        });
        return this.#grant(account);
      } catch (error) {
        const code = (error as { code?: string }).code ?? '';
        if (code === 'ERR_JWT_EXPIRED' || code === 'ERR_JWT_CLAIM_VALIDATION_FAILED')
          return refusal(
            400,
            'invalid_grant',
            'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
          );
      }
    }
    return refusal(400, 'invalid_grant', 'Invalid JWT Signature.');
  }

  #grant({ email, tokenSeconds = TOKEN_SECONDS }: ServiceAccount): JsonAnswer {
    const token = `ya29.c.${randomBytes(48).toString('base64url')}`;
    this.#tokens.set(token, { email, expiresAt: Date.now() + tokenSeconds * 1000 });
    return { status: 200, body: { access_token: token, expires_in: tokenSeconds, token_type: 'Bearer' } };
  }

  /** Who calls. @throws GoogleError 401 */
  caller(request: JsonRequest): ServiceAccount {
    const token = /^Bearer (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
    const known = this.#tokens.get(token);
    const account = known && known.expiresAt > Date.now() ? this.#accounts().get(known.email) : undefined;
    if (!account || account.disabled)
      throw new GoogleError(
        401,
        'authError',
        'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
        { headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/"' } },
      );
    return account;
  }
}

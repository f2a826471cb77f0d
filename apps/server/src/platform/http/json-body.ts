import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors/app-error.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** An escaped NUL: legal JSON, but no PostgreSQL text can hold it. */
const escapedNul = /(?:^|[^\\])(?:\\\\)*\\u0000/;

/** An escaped UTF-16 surrogate; alone, it is no character, and neither jsonb nor UTF-8 can hold it. */
const escapedSurrogate = /\\u[dD][89a-fA-F]/;

/** Without recursion: how deep a body nests is its sender's choice. */
function isWellFormed(body: unknown): boolean {
  const rest = [body];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string' && !value.isWellFormed()) return false;
    if (value === null || typeof value !== 'object') continue;
    for (const [key, item] of Object.entries(value)) rest.push(key, item);
  }
  return true;
}

/**
 * Reads JSON bodies strictly: valid UTF-8, no NUL, no half characters, no `__proto__` or `constructor.prototype` keys.
 * Every other content type is refused unless the route declares an upload of it.
 */
export function registerBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = utf8.decode(body as Buffer);
    } catch {
      done(new AppError('malformed_request', 'The body is not valid UTF-8.'));
      return;
    }
    if (text === '') {
      done(null, undefined);
      return;
    }
    if (text.includes('\0') || escapedNul.test(text)) {
      done(new AppError('malformed_request', 'The body contains a NUL character.'));
      return;
    }
    void parseJson(request, text, (error, value) => {
      if (error) done(new AppError('malformed_request', 'The body is not valid JSON.', { cause: error }));
      else if (escapedSurrogate.test(text) && !isWellFormed(value))
        done(new AppError('malformed_request', 'The body contains half of a surrogate pair.'));
      else done(null, value);
    });
  });
  // Bytes stay a stream; the handler counts them against its limit.
  app.addContentTypeParser('*', (request, payload, done) => {
    const upload = request.routeOptions.config.route?.upload;
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (upload !== undefined && upload.contentTypes.includes(type)) done(null, payload);
    else done(new AppError('unsupported_media_type', 'Send application/json.'));
  });
}

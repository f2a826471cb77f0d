import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

const secretKey =
  /pass(word|phrase)?$|secret|token$|authorization|cookie|api[-_]?key|private[-_]?key|credential/i;
/** Values that are secrets whatever field they stand in: AWS keys, JWTs, PEM keys, our own tokens. */
const secretValue =
  /\b(AKIA|ASIA)[A-Z0-9]{12,}\b|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----|\batlas_[a-z]{2,4}_[\w-]{16,}\b|(?<=:\/\/[^:/@\s]{0,64}:)[^@/\s]+(?=@)/g;

/**
 * Copies a value with secrets masked by key and by shape, cut to a bounded depth and size.
 * Used for every log line and for anything stored as diagnostics.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string')
    return value.length > 4096 ? `${maskText(value.slice(0, 4096))}…` : maskText(value);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return value;
  if (value instanceof Error) return redactError(value, depth);
  if (depth >= 6) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value).slice(0, 100)) {
    copy[key] =
      secretKey.test(key) && item !== null && item !== undefined ? '[redacted]' : redact(item, depth + 1);
  }
  return copy;
}

function redactError(error: Error, depth: number): unknown {
  const extra = error as Error & { code?: unknown };
  return {
    type: error.name,
    message: maskText(error.message),
    stack: error.stack === undefined ? undefined : maskText(error.stack),
    code: extra.code,
    cause: error.cause === undefined || depth > 3 ? undefined : redact(error.cause, depth + 1),
  };
}

/** Whether a field's name says that its value is a secret; names of references (`credentialId`) do not. */
export function isSecretName(name: string): boolean {
  return secretKey.test(name) && !/ids?$/i.test(name);
}

/** Masks secret-looking parts of a text. */
export function maskText(text: string): string {
  return text.replace(secretValue, '[redacted]');
}

/** The process's logger: JSON lines, secrets masked. Standard error by default, so that stdout stays for people. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (object) => redact(object) as Record<string, unknown>,
      },
      // Own handling of errors above; pino's default serializer would run after it.
      serializers: { err: (value: unknown) => value },
      hooks: {
        logMethod(args, method) {
          const masked = args.map((argument) =>
            typeof argument === 'string' ? maskText(argument) : argument,
          );
          method.apply(this, masked as Parameters<typeof method>);
        },
      },
    },
    destination ?? pino.destination(2),
  );
}

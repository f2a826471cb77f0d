/** Errors in words: what happened, what to do, and the request id. Texts are in i18n/<language>/errors.json. */
import i18next from 'i18next';
import { ApiError, NetworkError } from './api.ts';
import { translate } from './i18n.ts';

export interface ErrorDescription {
  title: string;
  detail: string;
  /** Undefined when the error did not come from the server. */
  requestId: string | undefined;
}

/** Codes whose English `detail` says something the code alone cannot. */
const speakingDetails = new Set(['conflict', 'provider_error', 'provider_denied', 'limit_reached']);

/** Describes anything thrown, in the current language. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof NetworkError) {
    return {
      title: translate('errors:network.title'),
      detail: translate('errors:network.hint'),
      requestId: undefined,
    };
  }
  if (!(error instanceof ApiError)) {
    return {
      title: translate('errors:page.title'),
      detail: translate('errors:page.hint'),
      requestId: undefined,
    };
  }
  const { code, detail, requestId } = error.problem;
  const known = i18next.exists(`errors:code.${code}.title`);
  const name = known ? code : 'internal';
  const wait = error.retryAfter === null ? {} : { count: error.retryAfter };
  const hint =
    code === 'rate_limited' && error.retryAfter !== null
      ? translate('errors:retryIn', wait)
      : translate(`errors:code.${name}.hint`);
  const extra = speakingDetails.has(code) && detail !== undefined ? ` (${detail})` : '';
  return {
    title: translate(`errors:code.${name}.title`),
    detail: `${hint}${extra}`,
    requestId: requestId === '' ? undefined : requestId,
  };
}

/** One sentence for toasts and dialogs. */
export function explainError(error: unknown): string {
  const { title, detail } = describeError(error);
  return `${title}. ${detail}`;
}

/** What is known about one invalid field, from zod here or from the server's problem document. */
export interface FieldIssue {
  /** Last part of the field's path, e.g. `slug`. */
  field: string;
  /** zod's issue code, e.g. `too_small`. */
  code: string;
  /** Bounds for the text. */
  minimum?: number | undefined;
  maximum?: number | undefined;
  format?: string | undefined;
  message: string;
}

/** A field error in the current language: the most particular text there is, else the message as it came. */
export function describeField(issue: FieldIssue): string {
  const values = { minimum: issue.minimum, maximum: issue.maximum };
  const blank = issue.code === 'too_small' && issue.minimum === 1;
  const keys = [
    `errors:field.${issue.field}.${issue.code}`,
    issue.format === undefined ? '' : `errors:field.any.${issue.format}`,
    blank ? 'errors:field.any.required' : `errors:field.any.${issue.code}`,
  ];
  const key = keys.find((candidate) => candidate !== '' && i18next.exists(candidate));
  return key === undefined ? issue.message : translate(key, values);
}

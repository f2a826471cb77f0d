/** A request to one of Microsoft's APIs, body read and parsed. */
export interface JsonRequest {
  readonly method: string;
  /** Decoded path without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
  /** Form fields of `application/x-www-form-urlencoded`. */
  readonly form: URLSearchParams;
  /** `https://host:port` as the caller sees us: links in answers must carry it. */
  readonly origin: string;
}

/** An answer; `body` is JSON unless it is text. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent as it is instead of `body`. */
  readonly text?: string;
  /** The same for what is no text. */
  readonly bytes?: Uint8Array;
}

/** A refusal in the error envelope of Graph and Resource Manager. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

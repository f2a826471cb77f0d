/** What a refusal may carry besides code and message. */
export interface AwsErrorDetails {
  /** Members of the modelled error structure, e.g. `{ BucketName: 'x' }`. */
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A refusal by a simulated service, rendered in the caller's protocol by the wire layer.
 *
 * `code` is the wire code (`InvalidInstanceID.NotFound`) or the class name of a modelled error
 * (`DBInstanceNotFoundFault`); the status comes from the service's model when it is left out, and is
 * 400 for codes the model does not know.
 */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number | undefined;
  readonly details: AwsErrorDetails;

  constructor(code: string, message: string, status?: number, details: AwsErrorDetails = {}) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** A request the protocol itself can't read: bad JSON, bad form, wrong type. */
export class MalformedRequest extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MalformedRequest';
  }
}

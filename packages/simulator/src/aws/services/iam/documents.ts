import type { PolicyDocument } from '../../auth/policy.ts';
import type { RequestContext } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { AwsError } from '../../wire/aws-error.ts';

/** IAM hands policy documents out as URL-encoded JSON (RFC 3986). */
export function encodeDocument(document: PolicyDocument): string {
  return encodeURIComponent(JSON.stringify(document));
}

export function noSuchEntity(kind: string, name: string): AwsError {
  return new AwsError('NoSuchEntityException', `The ${kind} with name ${name} cannot be found.`);
}

interface MarkerInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** One page in IAM's way: Marker and IsTruncated, 1 to 1,000 items, 100 by default. */
export function markerPage<T>(
  items: readonly T[],
  input: MarkerInput,
  keyOf: (item: T) => string,
  context: RequestContext,
): { items: T[]; IsTruncated: boolean; Marker: string | undefined } {
  const { Marker: token, MaxItems: limit, ...parameters } = input;
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1 || limit > 1000)) {
    throw new AwsError(
      'ValidationError',
      `Value '${limit}' at 'maxItems' failed to satisfy constraint: between 1 and 1000`,
      400,
    );
  }
  const invalidToken = (): AwsError => new AwsError('ValidationError', 'Invalid Marker', 400);
  const page = paginate(items, { token, limit, defaultLimit: 100, parameters, keyOf, invalidToken }, context);
  return { items: [...page.items], IsTruncated: page.nextToken !== undefined, Marker: page.nextToken };
}

import type { Filter } from '@aws-sdk/client-rds';
import { matchesGlob } from '../../auth/policy.ts';
import type { RequestContext } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { rdsStore, type DatabaseEntity } from './store.ts';

/** Identifiers are stored in lower case and given in any. */
export function normalise(identifier: string | undefined): string {
  return (identifier ?? '').toLowerCase();
}

/** One instance by identifier; refuses with DBInstanceNotFound. */
export function needInstance(context: RequestContext, identifier: string | undefined): DatabaseEntity {
  // Describe calls accept the ARN as well.
  const name = normalise(identifier?.startsWith('arn:') ? identifier.split(':').pop() : identifier);
  const entity = context.store(rdsStore).instances.get(name);
  if (!entity || !context.isVisible(entity.createdAt)) {
    throw new AwsError('DBInstanceNotFoundFault', `DBInstance ${name} not found.`);
  }
  return entity;
}

/** Refuses names RDS refuses: 1–63 letters, digits and single hyphens, starting with a letter. */
export function checkIdentifier(identifier: string | undefined, parameter: string, maximum = 63): string {
  const name = normalise(identifier);
  if (name === '')
    throw new AwsError('MissingParameter', `The request must contain the parameter ${parameter}`);
  if (name.length > maximum || !/^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$|^[a-z]$/.test(name)) {
    throw new AwsError(
      'InvalidParameterValue',
      `The parameter ${parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
    );
  }
  return name;
}

interface PagedInput {
  readonly MaxRecords?: number | undefined;
  readonly Marker?: string | undefined;
}

/** One page by Marker and MaxRecords (20–100, default 100). */
export function pageOf<T>(
  items: readonly T[],
  input: PagedInput,
  keyOf: (item: T) => string,
  context: RequestContext,
): { items: readonly T[]; Marker: string | undefined } {
  const { MaxRecords: limit, Marker: token, ...parameters } = input;
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 20 || limit > 100)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid value ${limit} for MaxRecords. Must be between 20 and 100`,
    );
  }
  const invalidToken = (): AwsError =>
    new AwsError('InvalidParameterValue', 'The Marker parameter is not valid for the request');
  const page = paginate(items, { token, limit, defaultLimit: 100, parameters, keyOf, invalidToken }, context);
  return { items: page.items, Marker: page.nextToken };
}

/** Builds a predicate from RDS filters; values are joined by or, filters by and. */
export function filterBy<T>(
  filters: readonly Filter[] | undefined,
  fields: Readonly<Record<string, (item: T) => string | undefined>>,
): (item: T) => boolean {
  const tests = (filters ?? []).map(({ Name: name = '', Values: values = [] }) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) throw new AwsError('InvalidParameterValue', `Unrecognized filter name: ${name}`);
    return (item: T): boolean =>
      values.some((value) =>
        matchesGlob(
          normalise(value.startsWith('arn:') ? value.split(':').pop() : value),
          normalise(field(item)),
        ),
      );
  });
  return (item) => tests.every((test) => test(item));
}

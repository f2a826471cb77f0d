import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { lambdaStore, type FunctionEntity } from './store.ts';

/** A refusal of a value. */
export const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

/** Runtimes that can be created today. */
export const RUNTIMES: readonly string[] = [
  'nodejs20.x',
  'nodejs22.x',
  'nodejs24.x',
  'python3.10',
  'python3.11',
  'python3.12',
  'python3.13',
  'python3.14',
  'java11',
  'java17',
  'java21',
  'java25',
  'dotnet8',
  'ruby3.3',
  'ruby3.4',
  'provided.al2',
  'provided.al2023',
];

/** Runtimes that still run but can't be created any more. */
export const RETIRED = [
  'nodejs12.x',
  'nodejs14.x',
  'nodejs16.x',
  'nodejs18.x',
  'python3.7',
  'python3.8',
  'python3.9',
  'dotnet6',
  'go1.x',
  'java8',
  'java8.al2',
  'ruby2.7',
  'ruby3.2',
];

/** The plain name out of a name, partial ARN or ARN. */
export function nameOf(reference: string | undefined): string {
  const parts = (reference ?? '').split(':');
  if (parts.length >= 7 && parts[0] === 'arn') return parts[6] ?? '';
  const at = parts.indexOf('function');
  return at >= 0 ? (parts[at + 1] ?? '') : (parts[0] ?? '');
}

/** One function by name or ARN; refuses with ResourceNotFoundException. */
export function need(context: RequestContext, reference: string | undefined): FunctionEntity {
  const store = context.store(lambdaStore);
  const name = nameOf(reference);
  const entity = store.functions.get(name);
  if (!entity || !context.isVisible(entity.createdAt)) {
    throw new AwsError('ResourceNotFoundException', `Function not found: ${store.arn(name)}`, 404, {
      fields: { Type: 'User', Message: `Function not found: ${store.arn(name)}` },
    });
  }
  return entity;
}

/** A copy for the answer: later changes must not reach into what was said. */
export function view(configuration: FunctionConfiguration): FunctionConfiguration {
  return { ...configuration };
}

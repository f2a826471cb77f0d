import type { RuleResource } from '../rule.ts';
import { numberAt } from '../shared/attributes.ts';

/** Resource type of Lambda functions. */
export const FUNCTION = 'aws.lambda.function';

/** Memory in MB; undefined when not told. */
export function memoryMb(fn: RuleResource): number | undefined {
  return numberAt(fn.attributes, 'MemorySize');
}

/** Permissions of a change of memory or timeout. */
export const CONFIGURE_PERMISSIONS = {
  read: ['lambda:ListFunctions', 'cloudwatch:GetMetricData'],
  apply: ['lambda:UpdateFunctionConfiguration'],
  undo: ['lambda:UpdateFunctionConfiguration'],
} as const;

import type { Json } from '@cloudatlas/cloud/resource';
import type { RuleResource, Skip } from '../rule.ts';
import { hasAt, objectsAt, textAt, type JsonObject } from '../shared/attributes.ts';
import { skip } from '../shared/verdict.ts';

/** Resource type of S3 buckets. */
export const BUCKET = 'aws.s3.bucket';

/** Lifecycle rules in force; none when there is no lifecycle; a skip when it may not or could not be read. */
export function lifecycleOf(bucket: RuleResource): readonly JsonObject[] | Skip {
  if (textAt(bucket.attributes, 'Lifecycle', 'unreadable'))
    return skip('missing_permission', 's3:GetLifecycleConfiguration');
  if (!hasAt(bucket.attributes, 'Lifecycle')) return skip('not_synchronised', 'Lifecycle');
  return objectsAt(bucket.attributes, 'Lifecycle', 'Rules');
}

/** Whether a lifecycle rule is in force for the whole bucket. */
export function coversAll(rule: JsonObject): boolean {
  if (rule['Status'] !== 'Enabled') return false;
  const filter = rule['Filter'];
  if (filter === undefined || filter === null) return (textAt(rule, 'Prefix') ?? '') === '';
  const members = Object.entries(filter as JsonObject).filter(([, value]) => value !== '');
  return members.length === 0;
}

/** The whole configuration with one rule more, as `set-lifecycle` takes it. */
export function withRule(rules: readonly JsonObject[], added: JsonObject): Json {
  return { Rules: [...rules.map((rule) => ({ ...rule })), { ...added }] };
}

/** Permissions of a change of the lifecycle. */
export const LIFECYCLE_PERMISSIONS = {
  read: ['s3:ListAllMyBuckets', 's3:GetLifecycleConfiguration'],
  apply: ['s3:PutLifecycleConfiguration'],
  undo: ['s3:PutLifecycleConfiguration'],
} as const;

import type { ResourceRef } from '../../resource.ts';
import {
  ATHENA,
  AUTOSCALING,
  CLASSIC_ELB,
  CLOUDTRAIL,
  ECR,
  ECS,
  EMR,
  FSX,
  KINESIS,
  KMS,
  OPENSEARCH,
  REDSHIFT,
  ROUTE53,
  SAGEMAKER,
  SECRETS,
  WORKSPACES,
  type AwsService,
} from '../clients.ts';
import type { Scope } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';

/** Sets and removes tags; both may be empty, not at once. Setting the same tags twice changes nothing. */
export type Tagger = (
  scope: Scope,
  ref: ResourceRef,
  set: Record<string, string>,
  remove: readonly string[],
) => Promise<void>;

type TagRow = readonly [tagger: Tagger, set: string, remove: string];

const list = (tags: Record<string, string>): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** A tagger of one call for setting and one for removing, each sent only when it has something to do. */
function row<Sdk>(
  service: AwsService<Sdk>,
  actions: readonly [set: string, remove: string],
  set: (
    handle: ServiceHandle<Sdk>,
    scope: Scope,
    ref: ResourceRef,
    tags: Record<string, string>,
  ) => Promise<unknown>,
  remove: (handle: ServiceHandle<Sdk>, scope: Scope, ref: ResourceRef, keys: string[]) => Promise<unknown>,
): TagRow {
  return [
    async (scope, ref, tags, keys) => {
      const handle = await scope.session.open(service, scope.region);
      if (Object.keys(tags).length > 0) await set(handle, scope, ref, tags);
      if (keys.length > 0) await remove(handle, scope, ref, [...keys]);
    },
    ...actions,
  ];
}

/** Tags of a group without propagation: instances that it starts later are not meant. */
const groupTags = (id: string) => ({ ResourceId: id, ResourceType: 'auto-scaling-group' });

/** By the service in a type's id, or by the type. */
export const FURTHER_TAGGERS: Readonly<Record<string, TagRow>> = {
  autoscaling: row(
    AUTOSCALING,
    ['autoscaling:CreateOrUpdateTags', 'autoscaling:DeleteTags'],
    (h, s, r, tags) =>
      h.send(
        new h.sdk.CreateOrUpdateTagsCommand({
          Tags: list(tags).map((t) => ({ ...t, ...groupTags(r.id), PropagateAtLaunch: false })),
        }),
        s,
      ),
    (h, s, r, keys) =>
      h.send(new h.sdk.DeleteTagsCommand({ Tags: keys.map((Key) => ({ Key, ...groupTags(r.id) })) }), s),
  ),
  'aws.elb.classic-load-balancer': row(
    CLASSIC_ELB,
    ['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'],
    (h, s, r, tags) => h.send(new h.sdk.AddTagsCommand({ LoadBalancerNames: [r.id], Tags: list(tags) }), s),
    (h, s, r, keys) =>
      h.send(
        new h.sdk.RemoveTagsCommand({ LoadBalancerNames: [r.id], Tags: keys.map((Key) => ({ Key })) }),
        s,
      ),
  ),
  redshift: row(
    REDSHIFT,
    ['redshift:CreateTags', 'redshift:DeleteTags'],
    (h, s, r, tags) => h.send(new h.sdk.CreateTagsCommand({ ResourceName: r.nativeId, Tags: list(tags) }), s),
    (h, s, r, TagKeys) => h.send(new h.sdk.DeleteTagsCommand({ ResourceName: r.nativeId, TagKeys }), s),
  ),
  opensearch: row(
    OPENSEARCH,
    ['es:AddTags', 'es:RemoveTags'],
    (h, s, r, tags) => h.send(new h.sdk.AddTagsCommand({ ARN: r.nativeId, TagList: list(tags) }), s),
    (h, s, r, TagKeys) => h.send(new h.sdk.RemoveTagsCommand({ ARN: r.nativeId, TagKeys }), s),
  ),
  kinesis: row(
    KINESIS,
    ['kinesis:AddTagsToStream', 'kinesis:RemoveTagsFromStream'],
    (h, s, r, Tags) => h.send(new h.sdk.AddTagsToStreamCommand({ StreamName: r.id, Tags }), s),
    (h, s, r, TagKeys) => h.send(new h.sdk.RemoveTagsFromStreamCommand({ StreamName: r.id, TagKeys }), s),
  ),
  emr: row(
    EMR,
    ['elasticmapreduce:AddTags', 'elasticmapreduce:RemoveTags'],
    (h, s, r, tags) => h.send(new h.sdk.AddTagsCommand({ ResourceId: r.id, Tags: list(tags) }), s),
    (h, s, r, TagKeys) => h.send(new h.sdk.RemoveTagsCommand({ ResourceId: r.id, TagKeys }), s),
  ),
  athena: row(
    ATHENA,
    ['athena:TagResource', 'athena:UntagResource'],
    (h, s, r, tags) => h.send(new h.sdk.TagResourceCommand({ ResourceARN: r.nativeId, Tags: list(tags) }), s),
    (h, s, r, TagKeys) => h.send(new h.sdk.UntagResourceCommand({ ResourceARN: r.nativeId, TagKeys }), s),
  ),
  ecs: row(
    ECS,
    ['ecs:TagResource', 'ecs:UntagResource'],
    (h, s, r, tags) =>
      h.send(
        new h.sdk.TagResourceCommand({
          resourceArn: r.nativeId,
          tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
        }),
        s,
      ),
    (h, s, r, tagKeys) => h.send(new h.sdk.UntagResourceCommand({ resourceArn: r.nativeId, tagKeys }), s),
  ),
  ecr: row(
    ECR,
    ['ecr:TagResource', 'ecr:UntagResource'],
    (h, s, r, tags) => h.send(new h.sdk.TagResourceCommand({ resourceArn: r.nativeId, tags: list(tags) }), s),
    (h, s, r, tagKeys) => h.send(new h.sdk.UntagResourceCommand({ resourceArn: r.nativeId, tagKeys }), s),
  ),
  sagemaker: row(
    SAGEMAKER,
    ['sagemaker:AddTags', 'sagemaker:DeleteTags'],
    (h, s, r, tags) => h.send(new h.sdk.AddTagsCommand({ ResourceArn: r.nativeId, Tags: list(tags) }), s),
    (h, s, r, TagKeys) => h.send(new h.sdk.DeleteTagsCommand({ ResourceArn: r.nativeId, TagKeys }), s),
  ),
  workspaces: row(
    WORKSPACES,
    ['workspaces:CreateTags', 'workspaces:DeleteTags'],
    (h, s, r, tags) => h.send(new h.sdk.CreateTagsCommand({ ResourceId: r.id, Tags: list(tags) }), s),
    (h, s, r, TagKeys) => h.send(new h.sdk.DeleteTagsCommand({ ResourceId: r.id, TagKeys }), s),
  ),
  fsx: row(
    FSX,
    ['fsx:TagResource', 'fsx:UntagResource'],
    (h, s, r, tags) => h.send(new h.sdk.TagResourceCommand({ ResourceARN: r.nativeId, Tags: list(tags) }), s),
    (h, s, r, TagKeys) => h.send(new h.sdk.UntagResourceCommand({ ResourceARN: r.nativeId, TagKeys }), s),
  ),
  secretsmanager: row(
    SECRETS,
    ['secretsmanager:TagResource', 'secretsmanager:UntagResource'],
    (h, s, r, tags) => h.send(new h.sdk.TagResourceCommand({ SecretId: r.nativeId, Tags: list(tags) }), s),
    (h, s, r, TagKeys) => h.send(new h.sdk.UntagResourceCommand({ SecretId: r.nativeId, TagKeys }), s),
  ),
  kms: row(
    KMS,
    ['kms:TagResource', 'kms:UntagResource'],
    (h, s, r, tags) =>
      h.send(
        new h.sdk.TagResourceCommand({
          KeyId: r.id,
          Tags: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
        }),
        s,
      ),
    (h, s, r, TagKeys) => h.send(new h.sdk.UntagResourceCommand({ KeyId: r.id, TagKeys }), s),
  ),
  cloudtrail: row(
    CLOUDTRAIL,
    ['cloudtrail:AddTags', 'cloudtrail:RemoveTags'],
    (h, s, r, tags) => h.send(new h.sdk.AddTagsCommand({ ResourceId: r.nativeId, TagsList: list(tags) }), s),
    (h, s, r, keys) =>
      h.send(
        new h.sdk.RemoveTagsCommand({ ResourceId: r.nativeId, TagsList: keys.map((Key) => ({ Key })) }),
        s,
      ),
  ),
  route53: row(
    ROUTE53,
    ['route53:ChangeTagsForResource', 'route53:ChangeTagsForResource'],
    (h, s, r, tags) =>
      h.send(
        new h.sdk.ChangeTagsForResourceCommand({
          ResourceType: 'healthcheck',
          ResourceId: r.id,
          AddTags: list(tags),
        }),
        s,
      ),
    (h, s, r, RemoveTagKeys) =>
      h.send(
        new h.sdk.ChangeTagsForResourceCommand({
          ResourceType: 'healthcheck',
          ResourceId: r.id,
          RemoveTagKeys,
        }),
        s,
      ),
  ),
};

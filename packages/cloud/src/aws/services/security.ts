import type { EventSelector, Trail } from '@aws-sdk/client-cloudtrail';
import type * as CloudtrailSdk from '@aws-sdk/client-cloudtrail';
import type { KeyMetadata } from '@aws-sdk/client-kms';
import type * as KmsSdk from '@aws-sdk/client-kms';
import type { SecretListEntry } from '@aws-sdk/client-secrets-manager';
import type * as SecretsSdk from '@aws-sdk/client-secrets-manager';
import { orGone } from '../../errors.ts';
import type { ResourceState } from '../../resource.ts';
import { CLOUDTRAIL, KMS, SECRETS } from '../clients.ts';
import { relations, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { arn, type Scope } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { orUnreadable, orNoTags } from './lenient.ts';
import { detailedReader, plainReader } from './reader.ts';

/** Names, ages and use of secrets; their values are never read. */
export const secrets = plainReader<typeof SecretsSdk, SecretListEntry>({
  type: { id: 'aws.secretsmanager.secret', label: 'Secret', category: 'identity', taggable: true },
  service: SECRETS,
  call: 'ListSecrets',
  async page(handle, scope, NextToken) {
    const answer = await handle.send(
      new handle.sdk.ListSecretsCommand({ NextToken, MaxResults: 100 }),
      scope,
    );
    return { items: answer.SecretList ?? [], next: answer.NextToken };
  },
  async find(handle, scope, ref) {
    const answer = await handle.send(new handle.sdk.DescribeSecretCommand({ SecretId: ref.nativeId }), scope);
    // The list names versions by another member.
    const { $metadata: _metadata, VersionIdsToStages: _versions, ReplicationStatus: _r, ...entry } = answer;
    return entry;
  },
  facts(scope, raw) {
    const id = raw.Name ?? '';
    return {
      nativeId: raw.ARN ?? arn(scope, 'secretsmanager', `secret:${id}`),
      id,
      // In its window it can be had back; for everyone else it is gone.
      state: raw.DeletedDate ? 'deleted' : 'active',
      tags: tagMap(raw.Tags),
      createdAt: raw.CreatedDate,
      relations: relations(['uses', raw.KmsKeyId?.startsWith('arn:') ? raw.KmsKeyId : undefined]),
      attributes: toAttributes(raw, ['Tags', 'SecretVersionsToStages']),
    };
  },
});

const KEY_STATES: Readonly<Record<string, ResourceState>> = {
  Creating: 'creating',
  Enabled: 'active',
  Disabled: 'stopped',
  PendingDeletion: 'deleted',
  PendingReplicaDeletion: 'deleted',
  PendingImport: 'stopped',
  Unavailable: 'failed',
  Updating: 'updating',
};

interface Key extends KeyMetadata {
  readonly TagMap: Record<string, string>;
}

async function readKey(
  kms: ServiceHandle<typeof KmsSdk>,
  scope: Scope,
  KeyId: string,
): Promise<Key | undefined> {
  const answer = await orGone(kms.send(new kms.sdk.DescribeKeyCommand({ KeyId }), scope));
  const raw = answer?.KeyMetadata;
  // Keys that AWS keeps for its services are free and not to be touched.
  if (!raw || raw.KeyManager === 'AWS') return undefined;
  const read = kms.send(new kms.sdk.ListResourceTagsCommand({ KeyId }), scope);
  const tags = await orNoTags(
    read.then((found) =>
      Object.fromEntries((found.Tags ?? []).map((t) => [t.TagKey ?? '', t.TagValue ?? ''])),
    ),
  );
  return { ...raw, TagMap: tags };
}

export const keys = detailedReader<typeof KmsSdk, string, Key>({
  type: { id: 'aws.kms.key', label: 'KMS key', category: 'identity', taggable: true },
  service: KMS,
  call: 'ListKeys',
  async page(kms, scope, Marker) {
    const answer = await kms.send(new kms.sdk.ListKeysCommand({ Marker, Limit: 1000 }), scope);
    return {
      items: (answer.Keys ?? []).flatMap((k) => k.KeyId ?? []),
      next: answer.Truncated ? answer.NextMarker : undefined,
    };
  },
  detail: readKey,
  find: (kms, scope, ref) => readKey(kms, scope, ref.id),
  facts(scope, raw) {
    const id = raw.KeyId ?? '';
    return {
      nativeId: raw.Arn ?? arn(scope, 'kms', `key/${id}`),
      id,
      name: raw.Description || undefined,
      state: stateOf(KEY_STATES, raw.KeyState),
      stateRaw: raw.KeyState,
      tags: raw.TagMap,
      createdAt: raw.CreationDate,
      size: { sku: raw.KeySpec },
      attributes: toAttributes(raw, ['TagMap']),
    };
  },
});

/** A trail with what it writes down and whether it does. */
interface LoggingTrail extends Trail {
  readonly IsLogging: boolean | undefined;
  readonly ManagementEvents: string | undefined;
  readonly HasDataEvents: boolean | undefined;
  readonly TagMap: Record<string, string>;
}

type Cloudtrail = ServiceHandle<typeof CloudtrailSdk>;

function managementEvents(selectors: readonly EventSelector[]): string {
  const kinds = new Set(
    selectors.filter((s) => s.IncludeManagementEvents).map((s) => s.ReadWriteType ?? 'All'),
  );
  if (kinds.size === 0) return 'None';
  return kinds.has('All') || kinds.size > 1 ? 'All' : ([...kinds][0] ?? 'All');
}

async function withLogging(handle: Cloudtrail, scope: Scope, raw: Trail): Promise<LoggingTrail> {
  const Name = raw.TrailARN;
  const [status, selectors, tags] = await Promise.all([
    orUnreadable(handle.send(new handle.sdk.GetTrailStatusCommand({ Name }), scope)),
    orUnreadable(handle.send(new handle.sdk.GetEventSelectorsCommand({ TrailName: Name }), scope)),
    orNoTags(
      handle
        .send(new handle.sdk.ListTagsCommand({ ResourceIdList: [Name ?? ''] }), scope)
        .then((answer) => tagMap(answer.ResourceTagList?.[0]?.TagsList)),
    ),
  ]);
  const plain = selectors?.EventSelectors ?? [];
  const advanced = selectors?.AdvancedEventSelectors ?? [];
  const categories = advanced.flatMap(
    (s) => s.FieldSelectors?.find((f) => f.Field === 'eventCategory')?.Equals ?? [],
  );
  return {
    ...raw,
    IsLogging: status?.IsLogging,
    ManagementEvents:
      selectors &&
      (advanced.length > 0 ? (categories.includes('Management') ? 'All' : 'None') : managementEvents(plain)),
    HasDataEvents:
      selectors && (categories.includes('Data') || plain.some((s) => (s.DataResources ?? []).length > 0)),
    TagMap: tags,
  };
}

/** Trails in their home region; copies that other regions show are left out. */
export const trails = detailedReader<typeof CloudtrailSdk, Trail, LoggingTrail>({
  type: { id: 'aws.cloudtrail.trail', label: 'CloudTrail trail', category: 'monitoring', taggable: true },
  service: CLOUDTRAIL,
  call: 'DescribeTrails',
  async page(handle, scope) {
    const answer = await handle.send(
      new handle.sdk.DescribeTrailsCommand({ includeShadowTrails: false }),
      scope,
    );
    const items = (answer.trailList ?? []).filter(
      (t) => t.HomeRegion === undefined || t.HomeRegion === scope.region,
    );
    return { items, next: undefined };
  },
  detail: withLogging,
  async find(handle, scope, ref) {
    const input = { trailNameList: [ref.nativeId], includeShadowTrails: false };
    const answer = await handle.send(new handle.sdk.DescribeTrailsCommand(input), scope);
    return answer.trailList?.[0] && withLogging(handle, scope, answer.trailList[0]);
  },
  facts(scope, raw) {
    const id = raw.Name ?? '';
    const state: ResourceState =
      raw.IsLogging === undefined ? 'active' : raw.IsLogging ? 'running' : 'stopped';
    return {
      nativeId: raw.TrailARN ?? arn(scope, 'cloudtrail', `trail/${id}`),
      id,
      state,
      tags: raw.TagMap,
      relations: relations(['uses', raw.S3BucketName && `arn:${scope.partition}:s3:::${raw.S3BucketName}`]),
      attributes: toAttributes(raw, ['TagMap']),
    };
  },
});

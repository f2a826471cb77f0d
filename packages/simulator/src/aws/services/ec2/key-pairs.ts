import { createHash, generateKeyPairSync } from 'node:crypto';
import type {
  CreateKeyPairRequest,
  DeleteKeyPairRequest,
  DeleteKeyPairResult,
  DescribeKeyPairsRequest,
  DescribeKeyPairsResult,
  ImportKeyPairRequest,
  ImportKeyPairResult,
  KeyPair,
  KeyPairInfo,
} from '@aws-sdk/client-ec2';
import type { RequestContext } from '../../context.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { filterBy, KINDS, missing, needAll, type FieldTable } from './query.ts';
import { ec2Store, type Ec2Store } from './store.ts';
import { tagsFor } from './tags.ts';

const FIELDS: FieldTable<KeyPairInfo> = {
  'key-name': (k) => k.KeyName,
  'key-pair-id': (k) => k.KeyPairId,
  fingerprint: (k) => k.KeyFingerprint,
};

/** Lists key pairs; the call has no paging. */
export function describeKeyPairs(
  input: DescribeKeyPairsRequest,
  context: RequestContext,
): DescribeKeyPairsResult {
  const { keyPairs } = context.store(ec2Store);
  const ids = input.KeyPairIds;
  const names = input.KeyNames ?? [];
  const entities = ids && ids.length > 0 ? needAll(keyPairs, KINDS.keyPair, ids, context) : keyPairs.list();
  const test = filterBy(input.Filters, FIELDS, (k) => k.Tags);
  const found = entities
    .map((e) => e.data)
    .filter((k) => (names.length === 0 || names.includes(k.KeyName ?? '')) && test(k));
  const absent = names.find((name) => !found.some((k) => k.KeyName === name));
  if (absent !== undefined)
    throw new AwsError('InvalidKeyPair.NotFound', `The key pair '${absent}' does not exist`);
  return { KeyPairs: found };
}

function newKey(store: Ec2Store, name: string | undefined): { id: string; name: string } {
  if (!name) throw missing('KeyName');
  if (store.keyPairs.list().some((e) => e.data.KeyName === name)) {
    throw new AwsError('InvalidKeyPair.Duplicate', `The keypair already exists`);
  }
  return { id: store.newId('key'), name };
}

function fingerprint(data: string | Uint8Array): string {
  return createHash('sha1')
    .update(data)
    .digest('hex')
    .replace(/(..)(?=.)/g, '$1:');
}

/** Makes a real Ed25519 or RSA key, whose private half is in the answer only and never kept. */
export function createKeyPair(input: CreateKeyPairRequest, context: RequestContext): KeyPair {
  const store = context.store(ec2Store);
  const { id, name } = newKey(store, input.KeyName);
  const type = input.KeyType ?? 'rsa';
  const keys =
    type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const tags = tagsFor(input.TagSpecifications, 'key-pair', context);
  const info: KeyPairInfo = {
    KeyPairId: id,
    KeyName: name,
    KeyType: type,
    KeyFingerprint: fingerprint(keys.publicKey.export({ type: 'spki', format: 'der' })),
    CreateTime: new Date(context.now),
    ...(tags ? { Tags: tags } : {}),
  };
  store.keyPairs.add(id, info);
  return {
    KeyPairId: id,
    KeyName: name,
    KeyFingerprint: info.KeyFingerprint,
    KeyMaterial: String(keys.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    ...(tags ? { Tags: tags } : {}),
  };
}

export function importKeyPair(input: ImportKeyPairRequest, context: RequestContext): ImportKeyPairResult {
  const store = context.store(ec2Store);
  const { id, name } = newKey(store, input.KeyName);
  if (!input.PublicKeyMaterial || input.PublicKeyMaterial.length === 0) throw missing('PublicKeyMaterial');
  const tags = tagsFor(input.TagSpecifications, 'key-pair', context);
  const info: KeyPairInfo = {
    KeyPairId: id,
    KeyName: name,
    KeyType: Buffer.from(input.PublicKeyMaterial).toString('latin1').startsWith('ssh-ed25519')
      ? 'ed25519'
      : 'rsa',
    KeyFingerprint: fingerprint(input.PublicKeyMaterial),
    CreateTime: new Date(context.now),
    ...(tags ? { Tags: tags } : {}),
  };
  store.keyPairs.add(id, info);
  return {
    KeyPairId: id,
    KeyName: name,
    KeyFingerprint: info.KeyFingerprint,
    ...(tags ? { Tags: tags } : {}),
  };
}

/** Deleting a key pair that does not exist succeeds, as on AWS. */
export function deleteKeyPair(input: DeleteKeyPairRequest, context: RequestContext): DeleteKeyPairResult {
  const store = context.store(ec2Store);
  const entity = store.keyPairs
    .list()
    .find((e) => (input.KeyPairId ? e.id === input.KeyPairId : e.data.KeyName === input.KeyName));
  if (entity) store.keyPairs.delete(entity.id);
  return { Return: true, ...(entity ? { KeyPairId: entity.id } : {}) };
}

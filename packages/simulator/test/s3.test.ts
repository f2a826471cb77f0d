import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketReplicationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  UploadPartCommand,
  type CreateBucketCommandInput,
} from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { credentialsOf } from './support.ts';

let simulator: Simulator;
let s3: S3Client;

/** Takes out the location constraint the JavaScript SDK fills in. */
const withoutLocation = (next: (args: object) => unknown) => (args: object) =>
  next({ ...args, input: { Bucket: 'no-location' } });

function client(region: string, label = 'admin'): S3Client {
  return new S3Client({
    region,
    endpoint: simulator.url,
    credentials: credentialsOf(simulator, label),
    forcePathStyle: true,
    maxAttempts: 1,
  });
}

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty' });
  s3 = client('us-east-1');
});
afterAll(() => simulator.close());
async function bucket(name: string, configuration: Partial<CreateBucketCommandInput> = {}): Promise<string> {
  await s3.send(new CreateBucketCommand({ Bucket: name, ...configuration }));
  return name;
}

describe('creating buckets', () => {
  test('outside us-east-1 the location constraint is needed, in us-east-1 it is refused', async () => {
    const west = client('us-west-2');
    const bare = client('us-west-2');
    // The JavaScript SDK fills the constraint in; other clients don't.
    bare.middlewareStack.addRelativeTo(withoutLocation as never, {
      relation: 'after',
      toMiddleware: 'locationConstraintMiddleware',
    });
    await expect(bare.send(new CreateBucketCommand({ Bucket: 'no-location' }))).rejects.toMatchObject({
      name: 'IllegalLocationConstraintException',
    });
    await expect(
      s3.send(
        new CreateBucketCommand({
          Bucket: 'odd-location',
          CreateBucketConfiguration: { LocationConstraint: 'us-east-1' as 'EU' },
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidLocationConstraint' });
    await west.send(
      new CreateBucketCommand({
        Bucket: 'west-bucket',
        CreateBucketConfiguration: { LocationConstraint: 'us-west-2' },
      }),
    );
    expect((await s3.send(new GetBucketLocationCommand({ Bucket: 'west-bucket' }))).LocationConstraint).toBe(
      'us-west-2',
    );
  });

  test('the location of a bucket in us-east-1 is empty', async () => {
    await bucket('east-bucket');
    expect(
      (await s3.send(new GetBucketLocationCommand({ Bucket: 'east-bucket' }))).LocationConstraint,
    ).toBeFalsy();
  });

  test('bad names, taken names and foreign buckets are refused', async () => {
    for (const name of ['ab', 'Upper-Case', 'a..b', '192.168.1.1', 'xn--abc', 'under_score']) {
      await expect(s3.send(new CreateBucketCommand({ Bucket: name })), name).rejects.toMatchObject({
        name: 'InvalidBucketName',
      });
    }
    await client('us-west-2').send(
      new CreateBucketCommand({
        Bucket: 'mine-west',
        CreateBucketConfiguration: { LocationConstraint: 'us-west-2' },
      }),
    );
    await expect(
      s3.send(
        new CreateBucketCommand({
          Bucket: 'mine-west',
          CreateBucketConfiguration: { LocationConstraint: 'us-west-2' },
        }),
      ),
    ).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou', $metadata: { httpStatusCode: 409 } });
    const key = simulator.control.report?.keys.find((k) => k.accountId === '444455556666');
    const other = new S3Client({
      region: 'us-east-1',
      endpoint: simulator.url,
      credentials: key ?? { accessKeyId: '', secretAccessKey: '' },
      forcePathStyle: true,
      maxAttempts: 1,
    });
    await expect(other.send(new CreateBucketCommand({ Bucket: 'mine-west' }))).rejects.toMatchObject({
      name: 'BucketAlreadyExists',
    });
    await expect(other.send(new ListObjectsV2Command({ Bucket: 'mine-west' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  test('a bucket of another region is redirected, not served', async () => {
    await client('eu-west-1').send(
      new CreateBucketCommand({
        Bucket: 'ireland',
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    );
    await expect(s3.send(new GetBucketTaggingCommand({ Bucket: 'ireland' }))).rejects.toMatchObject({
      name: 'PermanentRedirect',
      $metadata: { httpStatusCode: 301 },
    });
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'ireland' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 301 },
    });
    expect((await client('eu-west-1').send(new HeadBucketCommand({ Bucket: 'ireland' }))).BucketRegion).toBe(
      'eu-west-1',
    );
  });

  test('buckets are listed in pages with their regions', async () => {
    for (const n of [1, 2, 3, 4, 5]) await bucket(`paged-${n}`);
    const names: string[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const page = await s3.send(
        new ListBucketsCommand({ Prefix: 'paged-', MaxBuckets: 2, ContinuationToken: token }),
      );
      names.push(...(page.Buckets ?? []).map((b) => `${b.Name}/${b.BucketRegion}`));
      token = page.ContinuationToken;
      pages += 1;
    } while (token);
    expect(pages).toBe(3);
    expect(names).toEqual([1, 2, 3, 4, 5].map((n) => `paged-${n}/us-east-1`));
  });
});

describe('settings', () => {
  test('what was never set is an error, encryption and public access block have defaults', async () => {
    const Bucket = await bucket('fresh');
    await expect(s3.send(new GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchTagSet',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchLifecycleConfiguration',
    });
    await expect(s3.send(new GetBucketReplicationCommand({ Bucket }))).rejects.toMatchObject({
      name: 'ReplicationConfigurationNotFoundError',
    });
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    const encryption = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(
      encryption.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault
        ?.SSEAlgorithm,
    ).toBe('AES256');
    const block = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(block.PublicAccessBlockConfiguration?.BlockPublicPolicy).toBe(true);
    await expect(s3.send(new GetBucketTaggingCommand({ Bucket: 'absent-bucket' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  test('settings made are given back', async () => {
    const Bucket = await bucket('settled');
    await s3.send(
      new PutBucketTaggingCommand({
        Bucket,
        Tagging: { TagSet: [{ Key: 'time & <place>', Value: 'São Paulo 🌎' }] },
      }),
    );
    expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([
      { Key: 'time & <place>', Value: 'São Paulo 🌎' },
    ]);
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
    const rule = {
      ID: 'old',
      Status: 'Enabled' as const,
      Filter: { Prefix: 'logs/' },
      Expiration: { Days: 30 },
    };
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [rule] } }),
    );
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual([rule]);
    await s3.send(
      new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
    );
    expect(
      (await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration
        ?.BlockPublicPolicy,
    ).toBe(false);
  });
});

describe('objects', () => {
  test('text and streams round-trip with metadata, range and conditions', async () => {
    const Bucket = await bucket('objects');
    const Key = 'a//b/../ção 🌎.txt';
    const put = await s3.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: 'hello world',
        ContentType: 'text/plain',
        Metadata: { owner: 'ana' },
      }),
    );
    const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(await got.Body?.transformToString()).toBe('hello world');
    expect(got.Metadata).toEqual({ owner: 'ana' });
    const part = await s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=6-' }));
    expect(part.ContentRange).toBe('bytes 6-10/11');
    expect(await part.Body?.transformToString()).toBe('world');
    await expect(s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=50-' }))).rejects.toMatchObject({
      name: 'InvalidRange',
    });
    await expect(s3.send(new GetObjectCommand({ Bucket, Key, IfNoneMatch: put.ETag }))).rejects.toMatchObject(
      { $metadata: { httpStatusCode: 304 } },
    );
    await expect(
      s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', IfNoneMatch: '*' })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const bytes = Buffer.alloc(300_000, 7);
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'stream',
        Body: Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)]),
        ContentLength: bytes.length,
      }),
    );
    const stream = await s3.send(new GetObjectCommand({ Bucket, Key: 'stream' }));
    expect(Buffer.from((await stream.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'stream' }))).ContentLength).toBe(
      bytes.length,
    );
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });

  test('a listing has pages, prefixes and encoded keys', async () => {
    const Bucket = await bucket('listing');
    for (let i = 0; i < 7; i++)
      await s3.send(new PutObjectCommand({ Bucket, Key: `data/part-${i}`, Body: String(i) }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'top+ level.txt', Body: 'x' }));
    const top = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    expect(top.CommonPrefixes).toEqual([{ Prefix: 'data/' }]);
    expect(top.Contents?.map((o) => o.Key)).toEqual(['top+ level.txt']);
    const keys: (string | undefined)[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'data/', MaxKeys: 3, ContinuationToken: token }),
      );
      keys.push(...(page.Contents ?? []).map((o) => o.Key));
      token = page.NextContinuationToken;
      pages += 1;
    } while (token);
    expect(pages).toBe(3);
    expect(keys).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => `data/part-${i}`));
    const first = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 3 }));
    await expect(
      s3.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'other', ContinuationToken: first.NextContinuationToken }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  test('uploads in parts are put together, small parts refused', async () => {
    const Bucket = await bucket('parts');
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'big' }));
    const sizes = [5 * 1024 * 1024, 1000];
    const Parts = [];
    for (const [i, size] of sizes.entries()) {
      const { ETag } = await s3.send(
        new UploadPartCommand({
          Bucket,
          Key: 'big',
          UploadId,
          PartNumber: i + 1,
          Body: Buffer.alloc(size, i),
        }),
      );
      Parts.push({ PartNumber: i + 1, ETag });
    }
    await expect(
      s3.send(
        new CompleteMultipartUploadCommand({
          Bucket,
          Key: 'big',
          UploadId,
          MultipartUpload: { Parts: Parts.toReversed() },
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    const done = await s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key: 'big', UploadId, MultipartUpload: { Parts } }),
    );
    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'big' }))).ContentLength).toBe(
      5 * 1024 * 1024 + 1000,
    );
    const small = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'small' }));
    const tags: { PartNumber: number; ETag: string | undefined }[] = [];
    for (const PartNumber of [1, 2]) {
      const { ETag } = await s3.send(
        new UploadPartCommand({ Bucket, Key: 'small', UploadId: small.UploadId, PartNumber, Body: 'tiny' }),
      );
      tags.push({ PartNumber, ETag });
    }
    await expect(
      s3.send(
        new CompleteMultipartUploadCommand({
          Bucket,
          Key: 'small',
          UploadId: small.UploadId,
          MultipartUpload: { Parts: tags },
        }),
      ),
    ).rejects.toMatchObject({ name: 'EntityTooSmall' });
  });

  test('a bucket with objects or versions is not deleted', async () => {
    const Bucket = await bucket('versioned');
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '1' }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '2' }));
    const gone = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(gone.DeleteMarker).toBe(true);
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
    await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketNotEmpty',
      $metadata: { httpStatusCode: 409 },
    });
    const all = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(all.Versions).toHaveLength(2);
    expect(all.DeleteMarkers).toHaveLength(1);
    const Objects = [...(all.Versions ?? []), ...(all.DeleteMarkers ?? [])].map((v) => ({
      Key: v.Key,
      VersionId: v.VersionId,
    }));
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
    await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('a reader may list and not write', async () => {
    await expect(
      client('us-east-1', 'read-only').send(new CreateBucketCommand({ Bucket: 'never-made' })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(
      (await client('us-east-1', 'read-only').send(new ListBucketsCommand({}))).Buckets?.length,
    ).toBeGreaterThan(0);
  });
});

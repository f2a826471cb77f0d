import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { CostError, diskFull } from './errors.ts';
import type { Digest } from './hash.ts';
import { STAGING, walkFiles, type LakeEntry, type LakeRoot } from './root.ts';

/** Settings of a lake in an object store. */
export interface ObjectRootOptions {
  /** Folder for the copies that are read from, and for staging. */
  readonly cacheFolder: string;
  /** Size to which the copies are cut back, in bytes. Files in use may exceed it for a while. */
  readonly cacheBytes: number;
  /** Address of the service where it is not AWS's own, e.g. of a MinIO. */
  readonly endpoint?: string | undefined;
}

/** A copy that was used in this time is left alone when the cache is cut back: a query may still read it. */
const IN_USE_MS = 15 * 60_000;
/** Without one the client writes to the console when a stream fails; here that is an error with words of its own. */
const ignore = (): void => {};
const QUIET = { debug: ignore, info: ignore, warn: ignore, error: ignore };
/** Tries of one upload; the client does not try streams again by itself. */
const TRIES = 4;

/**
 * A lake in an object store that speaks S3. Files are written once and never change, so every process reads local
 * copies: fetched when first needed, bounded in size, thrown away at will. Credentials and region come from where the
 * AWS SDK looks for them (environment, shared files, the role of the machine).
 */
export class ObjectRoot implements LakeRoot {
  readonly url: string;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #options: ObjectRootOptions;
  readonly #client: S3Client;
  readonly #fetching = new Map<string, Promise<void>>();

  /** @param url `s3://bucket` or `s3://bucket/prefix` @throws CostError `bad-input` */
  constructor(url: string, options: ObjectRootOptions) {
    const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url);
    if (!match?.[1]) throw new CostError('bad-input', 'COST_LAKE_URL must look like s3://bucket/prefix');
    this.url = url;
    this.#bucket = match[1];
    const prefix = (match[2] ?? '').replace(/\/+$/, '');
    this.#prefix = prefix === '' ? '' : `${prefix}/`;
    this.#options = options;
    this.#client = new S3Client({
      logger: QUIET,
      ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint, forcePathStyle: true }),
    });
  }

  locate(relative: string): string {
    const folder = path.resolve(this.#options.cacheFolder);
    const full = path.resolve(folder, relative);
    if (!full.startsWith(folder + path.sep)) throw new CostError('bad-input', 'path outside the cost lake');
    return full;
  }

  async createStaging(): Promise<string> {
    const folder = this.locate(`${STAGING}/${randomUUID()}`);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  async publish(stagedFile: string, relative: string, digest: Digest): Promise<void> {
    const checksum = Buffer.from(digest.sha256, 'hex').toString('base64');
    await this.#told(() => this.#upload(stagedFile, relative, digest.bytes, checksum));
    const target = this.locate(relative);
    await mkdir(path.dirname(target), { recursive: true });
    await rename(stagedFile, target);
  }

  async ready(relatives: readonly string[], { fresh = false } = {}): Promise<void> {
    const missing: string[] = [];
    const now = new Date();
    for (const relative of relatives) {
      const file = this.locate(relative);
      if (fresh) await rm(file, { force: true });
      // The time of last use is the file's own, so that every process on the machine sees it.
      const here = await utimes(file, now, now).then(
        () => true,
        () => false,
      );
      if (!here) missing.push(relative);
    }
    for (const relative of missing) await this.#fetchOnce(relative);
    if (missing.length > 0) await this.#cutBack();
  }

  async remove(relative: string): Promise<void> {
    await rm(this.locate(relative), { force: true, recursive: true });
    if (relative.startsWith(`${STAGING}/`)) return;
    await this.#told(() =>
      this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: this.#prefix + relative })),
    );
  }

  async list(): Promise<LakeEntry[]> {
    const found = await this.#staging();
    let token: string | undefined;
    do {
      const page = await this.#told(() =>
        this.#client.send(
          new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: this.#prefix, ContinuationToken: token }),
        ),
      );
      for (const { Key: key, LastModified: modifiedAt } of page.Contents ?? [])
        if (key?.endsWith('.parquet') && modifiedAt)
          found.push({ path: key.slice(this.#prefix.length), modifiedAt });
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
    return found;
  }

  close(): void {
    this.#client.destroy();
  }

  async #upload(file: string, relative: string, bytes: number, checksum: string): Promise<void> {
    const place = { Bucket: this.#bucket, Key: this.#prefix + relative };
    for (let attempt = 1; ; attempt += 1) {
      const body = createReadStream(file);
      try {
        await this.#client.send(
          new PutObjectCommand({
            ...place,
            Body: body,
            ContentLength: bytes,
            ChecksumSHA256: checksum,
            IfNoneMatch: '*',
          }),
        );
        return;
      } catch (error) {
        const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
        // An earlier try may have arrived though its answer did not.
        if (status === 412) {
          const there = await this.#client.send(new HeadObjectCommand({ ...place, ChecksumMode: 'ENABLED' }));
          if (there.ContentLength === bytes && (there.ChecksumSHA256 ?? checksum) === checksum) return;
          throw new CostError('conflict', `${relative} is in the cost lake already, with another content`);
        }
        const again = status === undefined || status === 409 || status === 429 || status >= 500;
        if (!again || attempt === TRIES) throw error;
      } finally {
        body.destroy();
      }
    }
  }

  #fetchOnce(relative: string): Promise<void> {
    const running = this.#fetching.get(relative);
    if (running) return running;
    const fetched = this.#told(() => this.#fetch(relative)).finally(() => this.#fetching.delete(relative));
    this.#fetching.set(relative, fetched);
    return fetched;
  }

  async #fetch(relative: string): Promise<void> {
    const target = this.locate(relative);
    const partial = `${target}.${randomUUID().slice(0, 8)}.part`;
    await mkdir(path.dirname(target), { recursive: true });
    try {
      const answer = await this.#client.send(
        new GetObjectCommand({ Bucket: this.#bucket, Key: this.#prefix + relative, ChecksumMode: 'ENABLED' }),
      );
      await pipeline(answer.Body as Readable, createWriteStream(partial));
      const { size } = await stat(partial);
      if (answer.ContentLength !== undefined && size !== answer.ContentLength)
        throw new CostError('store-failed', `${relative} did not come whole from the object store`);
      await rename(partial, target);
    } catch (error) {
      await rm(partial, { force: true });
      throw diskFull(error);
    }
  }

  /** Removes the copies that were not used for longest until the rest fits. */
  async #cutBack(): Promise<void> {
    const files = await walkFiles(path.resolve(this.#options.cacheFolder));
    let held = files.reduce((sum, file) => sum + file.bytes, 0);
    const before = Date.now() - IN_USE_MS;
    for (const file of files.toSorted((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime())) {
      if (held <= this.#options.cacheBytes || file.modifiedAt.getTime() >= before) return;
      await rm(this.locate(file.path), { force: true });
      held -= file.bytes;
    }
  }

  async #staging(): Promise<LakeEntry[]> {
    const names = await readdir(this.locate(STAGING)).catch(() => []);
    const found: LakeEntry[] = [];
    for (const name of names) {
      const info = await stat(this.locate(`${STAGING}/${name}`)).catch(() => undefined);
      if (info) found.push({ path: `${STAGING}/${name}`, modifiedAt: info.mtime });
    }
    return found;
  }

  /** The service's refusals in words for an administrator. */
  async #told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof CostError) throw error;
      if (error instanceof S3ServiceException && error.name === 'NoSuchKey')
        throw new CostError('corrupt', 'a file of the cost store is missing in the object store', {}, error);
      const said = error instanceof Error ? `${error.name}: ${error.message}` : 'no answer';
      throw new CostError(
        'store-failed',
        `the object store of the costs (${this.#bucket}) does not answer as it should: ${said}`,
        {},
        error,
      );
    }
  }
}

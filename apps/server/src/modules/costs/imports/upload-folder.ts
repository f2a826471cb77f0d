import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '#platform/errors/app-error.ts';

/** Files of imports, until they are in the store, and the rows they refused. */
export interface UploadFolder {
  /** Path of a received file; `index` is its place in the import. */
  fileOf(importId: string, index: number): string;
  rejectsOf(importId: string): string;
  /** Makes the folder of an import. */
  prepare(importId: string): Promise<void>;
  /**
   * Writes a stream from `offset` on. What came before a lost connection stays.
   * @returns the file's size afterwards
   * @throws AppError `conflict` when `offset` is not the present size, `payload_too_large`
   */
  receive(importId: string, index: number, offset: number, body: Readable): Promise<number>;
  sizeOf(importId: string, index: number): Promise<number>;
  readRejects(importId: string): AsyncIterable<Uint8Array>;
  /** Removes the received files, not the rejects. */
  removeFiles(importId: string): Promise<void>;
  remove(importId: string): Promise<void>;
}

export function createUploadFolder(root: string, maxBytes: number): UploadFolder {
  const writing = new Set<string>();
  const folder = (importId: string): string => path.join(root, importId);
  const fileOf = (importId: string, index: number): string => path.join(folder(importId), `${index}.part`);
  const sizeOf = async (importId: string, index: number): Promise<number> => {
    const info = await stat(fileOf(importId, index)).catch(() => undefined);
    return info?.size ?? 0;
  };

  async function write(file: string, offset: number, body: Readable): Promise<number> {
    const handle = await open(file, offset === 0 ? 'w' : 'r+');
    let position = offset;
    try {
      for await (const chunk of body) {
        const bytes = chunk as Uint8Array;
        if (position + bytes.byteLength > maxBytes)
          throw new AppError('payload_too_large', `A file may have at most ${maxBytes} bytes.`);
        await handle.write(bytes, 0, bytes.byteLength, position);
        position += bytes.byteLength;
      }
      await handle.sync();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
        throw new AppError('unavailable', 'There is no disk space left for uploads.', { cause: error });
      throw error;
    } finally {
      await handle.close();
    }
    return position;
  }

  return {
    fileOf,
    sizeOf,
    rejectsOf: (importId) => path.join(folder(importId), 'rejects.csv'),
    async prepare(importId) {
      await mkdir(folder(importId), { recursive: true });
    },
    async receive(importId, index, offset, body) {
      const file = fileOf(importId, index);
      if (writing.has(file))
        throw new AppError('conflict', 'This file is being uploaded by another request.');
      writing.add(file);
      try {
        await mkdir(folder(importId), { recursive: true });
        const received = await sizeOf(importId, index);
        if (offset !== 0 && offset !== received) {
          throw new AppError(
            'conflict',
            `${received} bytes of the file have been received; go on from there.`,
            { meta: { received } },
          );
        }
        return await write(file, offset, body);
      } finally {
        writing.delete(file);
      }
    },
    readRejects: (importId) => createReadStream(path.join(folder(importId), 'rejects.csv')),
    async removeFiles(importId) {
      const names = await readdir(folder(importId)).catch(() => []);
      for (const name of names)
        if (name.endsWith('.part')) await rm(path.join(folder(importId), name), { force: true });
    },
    async remove(importId) {
      await rm(folder(importId), { recursive: true, force: true });
    },
  };
}

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';

export interface Digest {
  sha256: string;
  bytes: number;
}

/** Up to here hashing takes a few milliseconds, less than starting a thread. */
const INLINE_BYTES = 4 << 20;

/** SHA-256 and size of a file. Large files are hashed on a thread of their own, off the event loop. */
export async function hashFile(path: string): Promise<Digest> {
  if ((await stat(path)).size <= INLINE_BYTES) {
    const content = await readFile(path);
    return { sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length };
  }
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./hashWorker.ts', import.meta.url), { workerData: path });
    worker.once('message', (digest: Digest) => resolve(digest));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code !== 0) reject(new Error(`hash worker ended with ${code}`));
    });
  });
}

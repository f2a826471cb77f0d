import { Worker } from 'node:worker_threads';

export interface Digest {
  sha256: string;
  bytes: number;
}

/** SHA-256 and size of a file, computed on a thread of its own: hashing gigabytes would hold up the event loop. */
export function hashFile(path: string): Promise<Digest> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./hashWorker.ts', import.meta.url), { workerData: path });
    worker.once('message', (digest: Digest) => resolve(digest));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code !== 0) reject(new Error(`hash worker ended with ${code}`));
    });
  });
}

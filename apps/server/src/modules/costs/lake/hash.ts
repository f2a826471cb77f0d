import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';

export interface Digest {
  sha256: string;
  bytes: number;
}

/** Up to here hashing takes a few milliseconds, less than handing it to a thread. */
const INLINE_BYTES = 8 << 20;

/** Threads that are kept for the next files: starting one takes as long as hashing 50 MB. */
const KEPT = 2;
const idle: Worker[] = [];

type Answer = { digest: Digest } | { error: unknown };

/** SHA-256 and size of a file. Large files are hashed on a thread of their own, off the event loop. */
export async function hashFile(path: string): Promise<Digest> {
  if ((await stat(path)).size <= INLINE_BYTES) {
    const content = await readFile(path);
    return { sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length };
  }
  const worker = idle.pop() ?? new Worker(new URL('./hashWorker.mjs', import.meta.url));
  worker.removeAllListeners();
  // Only a thread that has something to do keeps the process alive.
  worker.ref();
  const answer = await ask(worker, path);
  keep(worker);
  if ('error' in answer) throw answer.error;
  return answer.digest;
}

function keep(worker: Worker): void {
  worker.removeAllListeners();
  if (idle.length >= KEPT) {
    void worker.terminate();
    return;
  }
  worker.unref();
  const drop = (): void => {
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
  };
  worker.once('exit', drop);
  worker.once('error', drop);
  idle.push(worker);
}

/** One file at a time; rejects when the thread ends without an answer, which is then of no more use. */
function ask(worker: Worker, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`hash worker ended with ${code}`)));
    worker.postMessage(path);
  });
}

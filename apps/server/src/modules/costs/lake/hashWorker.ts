import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const hash = createHash('sha256');
let bytes = 0;
for await (const chunk of createReadStream(String(workerData), { highWaterMark: 4 << 20 })) {
  const buffer = chunk as Buffer;
  hash.update(buffer);
  bytes += buffer.length;
}
parentPort?.postMessage({ sha256: hash.digest('hex'), bytes });

/** A bucket of a simulated S3, and lakes in it. */
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startSimulator, type Simulator } from '../../../../packages/simulator/src/server.ts';
import { ObjectRoot } from '../../src/modules/costs/lake/objectRoot.ts';

export interface TestBucket {
  readonly simulator: Simulator;
  readonly name: string;
  /** An administrator's client, to look at the bucket from outside. */
  readonly client: S3Client;
  /** A lake under a prefix, read through copies in a folder. */
  lake(prefix: string, cacheFolder: string, cacheBytes?: number): ObjectRoot;
  close(): Promise<void>;
}

/** Starts a simulator with one bucket; the process's environment has its keys, as an administrator gives them. */
export async function openTestBucket(): Promise<TestBucket> {
  const simulator = await startSimulator({ scenario: 'empty', transitionScale: 0 });
  const key = simulator.control.report?.keys.find(({ label }) => label === 'admin');
  if (!key) throw new Error('the scenario has no administrator');
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  });
  const client = new S3Client({ endpoint: simulator.url, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: 'costs' }));
  return {
    simulator,
    name: 'costs',
    client,
    lake: (prefix, cacheFolder, cacheBytes = 1 << 30) =>
      new ObjectRoot(`s3://costs/${prefix}`, { cacheFolder, cacheBytes, endpoint: simulator.url }),
    async close() {
      client.destroy();
      await simulator.close();
    },
  };
}

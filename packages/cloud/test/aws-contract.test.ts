import { startSimulator } from '../../simulator/src/server.ts';
import { aws } from '../src/aws/provider.ts';
import { cloudContract } from './contract.ts';
import { keysOf } from './support.ts';

cloudContract(aws, async () => {
  // A standing clock, so that two readings of the same thing can be compared.
  const simulator = await startSimulator({ scenario: 'demo', transitionScale: 0, clock: { factor: 0 } });
  const full = keysOf(simulator, 'admin');
  const secretAccessKey = 'a-secret-nobody-has-a-secret-nobody-has';
  return {
    endpoint: simulator.url,
    full,
    readOnly: keysOf(simulator, 'read-only'),
    unknown: { method: 'keys', values: { accessKeyId: 'AKIA0000000000000000', secretAccessKey } },
    secrets: [secretAccessKey],
    region: 'us-east-1',
    taggableType: 'aws.ec2.volume',
    make: { creatable: 'aws.s3.bucket', input: { bucketName: 'contract-made' } },
    price: { product: 'compute', region: 'us-east-1', sku: 'm5.large', variant: { os: 'linux' } },
    close: () => simulator.close(),
  };
});

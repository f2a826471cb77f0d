import { generateKeyPairSync } from 'node:crypto';
import { startSimulator } from '../../simulator/src/server.ts';
import { gcp } from '../src/gcp/provider.ts';
import { cloudContract } from './contract.ts';
import { serviceAccountOf } from './support.ts';

cloudContract(gcp, async () => {
  const simulator = await startSimulator({ scenario: 'demo', transitionScale: 0, clock: { factor: 0 } });
  const full = serviceAccountOf(simulator, 'gcp-admin');
  const key = JSON.parse(full.values['serviceAccountKey'] ?? '{}') as Record<string, string>;
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });
  return {
    endpoint: simulator.google.url,
    full,
    readOnly: serviceAccountOf(simulator, 'gcp-read-only'),
    unknown: {
      method: 'service_account',
      values: { serviceAccountKey: JSON.stringify({ ...key, private_key: other }) },
    },
    secrets: [String(other).split('\n')[1] ?? 'the key'],
    region: 'southamerica-east1',
    taggableType: 'gcp.compute.disk',
    // Labels take lower-case letters and digits only.
    change: {
      operation: 'set-labels',
      parameters: () => ({ labels: { env: 'changed', contract: 'yes', owner: null } }),
    },
    make: { creatable: 'gcp.storage.bucket', input: { bucketName: 'contract-made' } },
    price: { product: 'compute', region: 'southamerica-east1', sku: 'n2-standard-4' },
    close: () => simulator.close(),
  };
});

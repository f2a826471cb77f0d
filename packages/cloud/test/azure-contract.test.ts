import tls from 'node:tls';
import { startSimulator } from '../../simulator/src/server.ts';
import { azure } from '../src/azure/provider.ts';
import { cloudContract } from './contract.ts';
import { applicationOf } from './support.ts';

cloudContract(azure, async () => {
  const simulator = await startSimulator({ scenario: 'demo', transitionScale: 0, clock: { factor: 0 } });
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), simulator.microsoft.ca]);
  const full = applicationOf(simulator, 'azure-admin');
  const clientSecret = 'a-secret-nobody-has-a-secret';
  return {
    endpoint: simulator.microsoft.url,
    full,
    readOnly: applicationOf(simulator, 'azure-read-only'),
    unknown: { method: 'client_secret', values: { ...full.values, clientSecret } },
    secrets: [clientSecret],
    region: 'brazilsouth',
    taggableType: 'azure.compute.disk',
    make: {
      creatable: 'azure.storage.account',
      input: { name: 'contractmade', resourceGroup: 'rg-analytics-dev' },
    },
    price: { product: 'compute', region: 'brazilsouth', sku: 'Standard_D2s_v5' },
    close: () => simulator.close(),
  };
});

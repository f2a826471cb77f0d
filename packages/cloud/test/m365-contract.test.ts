import tls from 'node:tls';
import { startSimulator } from '../../simulator/src/server.ts';
import { m365 } from '../src/m365/provider.ts';
import { cloudContract } from './contract.ts';
import { applicationOf } from './support.ts';

cloudContract(m365, async () => {
  const simulator = await startSimulator({ scenario: 'demo', transitionScale: 0, clock: { factor: 0 } });
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), simulator.microsoft.ca]);
  const full = applicationOf(simulator, 'm365-admin');
  const clientSecret = 'a-secret-nobody-has-a-secret';
  return {
    endpoint: simulator.microsoft.url,
    full,
    readOnly: applicationOf(simulator, 'm365-read-only'),
    unknown: { method: 'client_secret', values: { ...full.values, clientSecret } },
    secrets: [clientSecret],
    region: 'global',
    taggableType: 'm365.users.user',
    change: {
      operation: 'remove-licenses',
      parameters: ({ attributes }) => ({
        skuIds: (attributes['licences'] as { skuId: string }[]).map((licence) => licence.skuId),
      }),
    },
    price: { product: 'licence', region: 'global', sku: 'SPE_E3' },
    close: () => simulator.close(),
  };
});

/** The bundled clouds of the demo, and how the server reaches them: by environment, like any other endpoint. */
export interface DemoClouds {
  readonly env: Record<string, string>;
  /** PEM of the certificate that the server must trust: some clouds are reached over TLS only. */
  readonly ca: string;
  close(): Promise<void>;
}

/** Name under which accounts remember where they are; the address changes with every start. */
const endpoint = 'simulator';

/** Starts the simulated clouds with the demo estate on a free loopback port. */
export async function startDemoClouds(): Promise<DemoClouds> {
  // Loaded only here: a start without the demo has no need of it, and must not fail for it.
  const { startSimulator } = await import('../../packages/simulator/src/server.ts');
  const simulator = await startSimulator({ scenario: 'demo', transitionScale: 0.2 });
  const key = simulator.control.report?.keys[0];
  const applications = simulator.control.report?.applications ?? [];
  const tenant = applications.find((one) => one.label === 'm365-admin');
  const subscription = applications.find((one) => one.label === 'azure-admin');
  const google = simulator.control.report?.serviceAccounts?.find((one) => one.label === 'gcp-admin');
  const aws =
    key === undefined
      ? []
      : [
          {
            provider: 'aws',
            name: 'Aurora AWS',
            endpoint,
            credentials: {
              method: 'keys',
              values: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey },
            },
            // Where the demo estate has its FOCUS exports delivered.
            costs: { container: 'aurora-cost-exports', region: 'us-east-1', prefix: 'exports' },
          },
        ];
  const m365 =
    tenant === undefined
      ? []
      : [
          {
            provider: 'm365',
            name: 'Aurora Microsoft 365',
            endpoint,
            credentials: {
              method: 'client_secret',
              values: {
                tenantId: tenant.tenantId,
                clientId: tenant.clientId,
                clientSecret: tenant.clientSecret,
              },
            },
            costs: 'query',
          },
        ];
  const azure =
    subscription?.subscriptionId === undefined
      ? []
      : [
          {
            provider: 'azure',
            name: 'Aurora Azure',
            endpoint,
            credentials: {
              method: 'client_secret',
              values: {
                tenantId: subscription.tenantId,
                clientId: subscription.clientId,
                clientSecret: subscription.clientSecret,
                subscriptionId: subscription.subscriptionId,
              },
            },
            costs: 'query',
          },
        ];
  const gcp =
    google === undefined
      ? []
      : [
          {
            provider: 'gcp',
            name: 'Aurora Google Cloud',
            endpoint,
            credentials: {
              method: 'service_account',
              values: { serviceAccountKey: google.key, billingTable: google.billingTable },
            },
            costs: 'query',
          },
        ];
  return {
    env: {
      // Whose keys assume the roles that the CloudFormation template makes.
      ...(key === undefined ? {} : { ACCOUNTS_TRUSTED_PRINCIPAL: key.accountId }),
      ACCOUNTS_ENDPOINTS: `${endpoint}@aws=${simulator.url},${endpoint}@azure=${simulator.microsoft.url},${endpoint}@m365=${simulator.microsoft.url},${endpoint}@gcp=${simulator.google.url}`,
      ATLAS_DEMO_ACCOUNTS: JSON.stringify([...aws, ...azure, ...gcp, ...m365]),
    },
    ca: simulator.microsoft.ca,
    close: () => simulator.close(),
  };
}

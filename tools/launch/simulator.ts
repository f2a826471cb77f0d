/** The bundled clouds of the demo, and how the server reaches them: by environment, like any other endpoint. */
export interface DemoClouds {
  readonly env: Record<string, string>;
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
  const accounts =
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
  return {
    env: {
      ACCOUNTS_ENDPOINTS: `${endpoint}=${simulator.url}`,
      ATLAS_DEMO_ACCOUNTS: JSON.stringify(accounts),
    },
    close: () => simulator.close(),
  };
}

/** One estate over four providers, connected to a server of its own. */
import { fork, type ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client, owned, prepare, root, startServer, type Prepared } from './product.ts';
import type { CloudsReady } from './worker.ts';

export const PROVIDERS = ['aws', 'azure', 'gcp', 'm365'] as const;
export type ProviderName = (typeof PROVIDERS)[number];
export const BASE = '/orgs/mixed/workspaces/main';

/** A connected account; its inventory is switched off. */
export interface MixedAccount {
  readonly id: string;
  readonly provider: ProviderName;
}

export interface MixedStage extends Prepared {
  readonly clouds: CloudsReady;
  readonly cloudsProcess: ChildProcess;
  readonly server: { url: string; child: ChildProcess };
  readonly client: Client;
  readonly organizationId: string;
  readonly accounts: readonly MixedAccount[];
}

async function startClouds(resources: number): Promise<{ child: ChildProcess; ready: CloudsReady }> {
  const options = { scenario: 'mixed', scenarioOptions: { resources } };
  const child = owned(
    fork(path.join(import.meta.dirname, 'worker.ts'), [JSON.stringify(options)], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
  );
  const ready = await new Promise<CloudsReady>((resolve, reject) => {
    child.once('message', (message) => resolve(message as CloudsReady));
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  return { child, ready };
}

/** Form values of every account of the scenario. */
function credentialsOf({ report }: CloudsReady): { provider: ProviderName; credentials: unknown }[] {
  const secret = (label: string) => {
    const found = report.applications?.find((one) => one.label === label);
    if (found === undefined) throw new Error(`the scenario has no ${label}`);
    const { label: _, ...values } = found;
    return { method: 'client_secret', values };
  };
  const google = report.serviceAccounts?.find((one) => one.label === 'gcp-admin');
  return [
    ...report.keys
      .filter((key) => key.label.startsWith('admin'))
      .map(({ accessKeyId, secretAccessKey }) => ({
        provider: 'aws' as const,
        credentials: { method: 'keys', values: { accessKeyId, secretAccessKey } },
      })),
    { provider: 'azure', credentials: secret('azure-admin') },
    {
      provider: 'gcp',
      credentials: {
        method: 'service_account',
        values: { serviceAccountKey: google?.key ?? '', billingTable: google?.billingTable ?? '' },
      },
    },
    { provider: 'm365', credentials: secret('m365-admin') },
  ];
}

/** @param home folder of all data @param resources about how many over all providers */
export async function startMixed(home: string, resources: number): Promise<MixedStage> {
  const { child: cloudsProcess, ready: clouds } = await startClouds(resources);
  const ca = path.join(home, 'simulator-ca.pem');
  await writeFile(ca, clouds.ca, { mode: 0o600 });
  const addresses = { aws: clouds.aws, azure: clouds.microsoft, gcp: clouds.google, m365: clouds.microsoft };
  const prepared = await prepare(
    home,
    ['mixed'],
    PROVIDERS.map((provider) => `simulator@${provider}=${addresses[provider]}`).join(','),
  );
  const server = await startServer({ ...prepared.env, NODE_EXTRA_CA_CERTS: ca });
  const client = await Client.signIn(server.url);
  const accounts: MixedAccount[] = [];
  for (const [index, { provider, credentials }] of credentialsOf(clouds).entries()) {
    const { id } = await client.call('POST', `${BASE}/accounts`, {
      provider,
      endpoint: 'simulator',
      name: `${provider} ${index}`,
      credentials,
      // Without the inventory: connecting would start its synchronisation.
      features: ['operate'],
    });
    accounts.push({ id, provider });
  }
  const { organizationId = '' } = prepared.organizations.get('mixed') ?? {};
  return { ...prepared, clouds, cloudsProcess, server, client, organizationId, accounts };
}

export interface Synchronised {
  /** From the first start to the last end, as the server wrote them. */
  seconds: number;
  resources: number;
  changed: number;
  statuses: string[];
}

/** Runs the accounts, or all, and waits. */
export async function synchronise(
  client: Client,
  base: string,
  accountIds?: readonly string[],
): Promise<Synchronised> {
  const started = await client.call(
    'POST',
    `${base}/sync-runs`,
    accountIds === undefined ? {} : { accountIds },
  );
  const ids = new Set(started.items.map((run: { id: string }) => run.id));
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { items } = await client.call('GET', `${base}/sync-runs?limit=50`);
    const runs = items.filter((run: { id: string }) => ids.has(run.id));
    if (runs.some((run: { status: string }) => run.status === 'running')) continue;
    const sum = (field: string) =>
      runs.reduce((total: number, run: Record<string, number>) => total + (run[field] ?? 0), 0);
    const starts = runs.map((run: { startedAt: string }) => Date.parse(run.startedAt));
    const ends = runs.map((run: { finishedAt: string }) => Date.parse(run.finishedAt));
    return {
      seconds: (Math.max(...ends) - Math.min(...starts)) / 1000,
      resources: sum('resources'),
      changed: sum('appeared') + sum('changed') + sum('vanished'),
      statuses: runs.map((run: { status: string }) => run.status),
    };
  }
}

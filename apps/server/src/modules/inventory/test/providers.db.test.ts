import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  eventually,
  finished,
  orderEnd,
  startCloudStage,
  synchronise,
  type CloudStage,
} from '../../../../test/support/cloud.ts';
import type { FaultSpec } from '../../../../../../packages/simulator/src/control/faults.ts';

type Provider = 'azure' | 'gcp' | 'm365';
const PROVIDERS: readonly Provider[] = ['azure', 'gcp', 'm365'];
const ENDPOINTS: Readonly<Record<Provider, string>> = {
  azure: 'microsoft',
  gcp: 'google',
  m365: 'microsoft',
};

/** A run as the API tells it. */
interface Run {
  readonly id: string;
  readonly accountId: string;
  readonly status: string;
  readonly vanished: number;
  readonly problem: { readonly kind: string; readonly message: string } | null;
  readonly scopes: readonly {
    readonly service: string;
    readonly problems: readonly {
      readonly type: string;
      readonly problem: { readonly kind: string; readonly action?: string };
    }[];
  }[];
}

describe('a bad day at one of several clouds', () => {
  let stage: CloudStage;
  let authorities: string[];
  const accounts = new Map<Provider, string>();

  function credentialsOf(provider: Provider) {
    const report = stage.simulator.control.report;
    if (provider === 'gcp') {
      const found = report?.serviceAccounts?.find(({ label }) => label === 'gcp-admin');
      if (!found) throw new Error('the demo has no service account');
      return {
        method: 'service_account',
        values: { serviceAccountKey: found.key, billingTable: found.billingTable },
      };
    }
    const found = report?.applications?.find(({ label }) => label === `${provider}-admin`);
    if (!found) throw new Error(`the demo has no application of ${provider}`);
    const { tenantId, clientId, clientSecret, subscriptionId } = found;
    return {
      method: 'client_secret',
      values: { tenantId, clientId, clientSecret, ...(subscriptionId ? { subscriptionId } : {}) },
    };
  }

  const idOf = (provider: Provider): string => accounts.get(provider) ?? '';
  const healthOf = async (provider: Provider) =>
    (await stage.owner.get(`${stage.base}/accounts/${idOf(provider)}`)).body.account.health;

  beforeAll(async () => {
    stage = await startCloudStage({ scenario: 'demo' });
    // Tokens that end at once: what happens at the token endpoint is felt at the next call, not an hour later.
    for (const directory of stage.simulator.control.world.directories.values()) directory.tokenSeconds = 120;
    for (const account of stage.simulator.control.world.serviceAccounts.values()) account.tokenSeconds = 120;
    authorities = tls.getCACertificates('default');
    tls.setDefaultCACertificates([...authorities, stage.simulator.microsoft.ca]);
    for (const provider of PROVIDERS) {
      const answer = await stage.owner.post(`${stage.base}/accounts`, {
        provider,
        endpoint: ENDPOINTS[provider],
        name: provider,
        credentials: credentialsOf(provider),
        features: ['inventory', 'operate'],
      });
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      accounts.set(provider, answer.body.id);
    }
    await eventually(
      () => stage.owner.get(`${stage.base}/sync-runs`),
      ({ body }) =>
        body.items.length >= PROVIDERS.length &&
        body.items.every(({ status }: { status: string }) => status === 'succeeded'),
    );
  }, 300_000);
  afterEach(() => stage.simulator.control.faults.clear());
  afterAll(async () => {
    tls.setDefaultCACertificates(authorities);
    await stage.close();
  });

  async function synchroniseAll(): Promise<ReadonlyMap<Provider, Run>> {
    const started = await stage.owner.post(`${stage.base}/sync-runs`, {
      accountIds: PROVIDERS.map(idOf),
    });
    expect(started.status, JSON.stringify(started.body)).toBe(202);
    const runs = new Map<Provider, Run>();
    for (const { id, accountId } of started.body.items as Run[]) {
      const provider = PROVIDERS.find((one) => idOf(one) === accountId);
      if (provider) runs.set(provider, await finished(stage, id));
    }
    return runs;
  }

  const application = (provider: 'azure' | 'm365') => {
    const { clientId = '' } = credentialsOf(provider).values as { clientId?: string };
    for (const directory of stage.simulator.control.world.directories.values()) {
      const found = directory.applications.get(clientId);
      if (found) return found;
    }
    throw new Error('no application');
  };
  const project = () => {
    const [found] = stage.simulator.control.world.projects.values();
    if (!found) throw new Error('no project');
    return found;
  };
  const fault = (effect: FaultSpec['effect'], target: FaultSpec['target']) => {
    const id = stage.simulator.control.addFault({ effect, ...(target ? { target } : {}) });
    return () => void stage.simulator.control.faults.remove(id);
  };

  interface Case {
    readonly name: string;
    readonly provider: Provider;
    /** @returns what makes it good again */
    readonly broken: () => () => void;
    /** The run as a whole, or types of it. */
    readonly told: { readonly run: string } | { readonly types: Readonly<Record<string, string>> };
  }

  const cases: readonly Case[] = [
    {
      name: 'a client secret that expired',
      provider: 'azure',
      broken: () => {
        application('azure').secretExpiresAt = 0;
        return () => void (application('azure').secretExpiresAt = Number.POSITIVE_INFINITY);
      },
      told: { run: 'expired' },
    },
    {
      name: 'an application that was disabled',
      provider: 'm365',
      broken: () => {
        application('m365').enabled = false;
        return () => void (application('m365').enabled = true);
      },
      told: { run: 'invalid_credentials' },
    },
    {
      name: 'a consent that was taken back',
      provider: 'm365',
      broken: () => {
        // Either of the two is enough to read groups.
        const consents = ['Group.Read.All', 'Directory.Read.All'];
        for (const consent of consents) application('m365').graphRoles.delete(consent);
        return () => {
          for (const consent of consents) application('m365').graphRoles.add(consent);
        };
      },
      told: { types: { 'm365.groups.group': 'denied', 'm365.teams.team': 'denied' } },
    },
    {
      name: 'an API that is switched off',
      provider: 'gcp',
      broken: () => {
        project().disabledApis.add('sqladmin.googleapis.com');
        return () => void project().disabledApis.delete('sqladmin.googleapis.com');
      },
      told: { types: { 'gcp.sql.instance': 'not_enabled' } },
    },
    {
      name: 'a project that is gone',
      provider: 'gcp',
      broken: () => {
        const gone = project();
        stage.simulator.control.world.projects.delete(gone.id);
        return () => void stage.simulator.control.world.projects.set(gone.id, gone);
      },
      told: { run: 'not_found' },
    },
    {
      name: 'a subscription that is gone',
      provider: 'azure',
      broken: () => {
        const { subscriptions } = stage.simulator.control.world;
        const [[id, gone]] = [...subscriptions] as [[string, ReturnType<typeof subscriptions.get> & {}]];
        subscriptions.delete(id);
        return () => void subscriptions.set(id, gone);
      },
      told: { run: 'not_found' },
    },
    {
      name: 'a token endpoint that is down',
      provider: 'azure',
      broken: () =>
        fault(
          // Without an answer: the library itself refuses to ask again for a minute after a 5xx.
          { kind: 'reset' },
          { actions: ['entra:Token'], accessKeyId: application('azure').clientId },
        ),
      told: { run: 'unavailable' },
    },
    {
      name: 'a token endpoint of Google that is down',
      provider: 'gcp',
      broken: () => fault({ kind: 'html-error', status: 503 }, { actions: ['google:Token'] }),
      told: { run: 'unavailable' },
    },
    {
      name: 'throttling for longer than anyone waits',
      provider: 'm365',
      broken: () => fault({ kind: 'throttle', retryAfterSeconds: 600 }, { actions: ['graph:ListGroups'] }),
      told: { types: { 'm365.groups.group': 'throttled', 'm365.teams.team': 'throttled' } },
    },
    {
      name: 'throttling of one type for longer than anyone waits',
      provider: 'azure',
      broken: () =>
        fault({ kind: 'throttle', retryAfterSeconds: 600 }, { actions: ['Microsoft.Compute/disks/read'] }),
      told: { types: { 'azure.compute.disk': 'throttled' } },
    },
  ];

  test.each(cases)(
    '$name ($provider): told for what it hits, nothing is forgotten, the others are unaffected',
    { timeout: 300_000 },
    async ({ provider, broken, told }) => {
      const heal = broken();
      try {
        const runs = await synchroniseAll();
        for (const other of PROVIDERS.filter((one) => one !== provider)) {
          expect(runs.get(other), other).toMatchObject({ status: 'succeeded', vanished: 0 });
          expect(await healthOf(other)).toMatchObject({ status: 'ok', problem: null });
        }
        const run = runs.get(provider);
        expect(run?.vanished).toBe(0);
        if ('run' in told) {
          expect([run?.status, run?.problem?.kind]).toEqual(['failed', told.run]);
          expect(run?.problem?.message).toMatch(/\w{3}/);
          expect(await healthOf(provider)).toMatchObject({
            status: 'failing',
            problem: { kind: told.run },
          });
        } else {
          const problems = run?.scopes.flatMap((scope) =>
            scope.problems.map(({ type, problem }) => [type, problem.kind]),
          );
          expect([run?.status, Object.fromEntries(problems ?? [])]).toEqual(['partial', told.types]);
        }
      } finally {
        heal();
      }
      expect((await synchronise(stage, idOf(provider))).status).toBe('succeeded');
      expect((await healthOf(provider)).problem).toBeNull();
    },
  );

  test('a disabled subscription can be seen, and says why it cannot be changed', async () => {
    const [subscription] = stage.simulator.control.world.subscriptions.values();
    if (!subscription) throw new Error('no subscription');
    subscription.state = 'Disabled';
    try {
      expect((await synchronise(stage, idOf('azure'))).status).toBe('succeeded');
      const found = await stage.owner.get(`${stage.base}/resources?q=vm-airflow&type=azure.compute.vm`);
      const answer = await stage.owner.post(`${stage.base}/operations`, {
        operation: 'restart',
        resourceIds: [found.body.items[0].id],
        parameters: {},
      });
      expect(answer.status, JSON.stringify(answer.body)).toBe(202);
      const order = await orderEnd(stage, answer.body.orders[0].id);
      expect(order).toMatchObject({
        status: 'failed',
        problem: {
          message: expect.stringContaining('is disabled'),
          providerCode: 'ReadOnlyDisabledSubscription',
        },
      });
    } finally {
      subscription.state = 'Enabled';
    }
  });

  test('after all of it no secret is in a log line or in a column of any table', async () => {
    const secrets = PROVIDERS.map((provider) => {
      const values = credentialsOf(provider).values as Record<string, string>;
      if (values['clientSecret'] !== undefined) return values['clientSecret'];
      const { private_key } = JSON.parse(values['serviceAccountKey'] ?? '{}') as { private_key: string };
      // A line of its middle, since line ends are written in many ways.
      return private_key.split('\n')[5] ?? '';
    });
    for (const secret of secrets) expect(secret.length).toBeGreaterThan(20);
    // Providers that quote what they should not.
    const clients = PROVIDERS.map((provider, index) => ({ provider, secret: secrets[index] ?? '' }));
    for (const { provider, secret } of clients.filter((one) => one.provider !== 'gcp')) {
      fault(
        { kind: 'error', code: 'Weird', status: 400, message: `given ${secret}` },
        { actions: provider === 'azure' ? ['Microsoft.Compute/*'] : ['graph:ListGroups'] },
      );
    }
    for (const run of (await synchroniseAll()).values()) expect(run.vanished).toBe(0);
    const { rows: tables } = await stage.sql.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`,
    );
    const places: [string, string][] = [['log', stage.logged()]];
    for (const { name } of tables) {
      const { rows } = await stage.sql.query<{ text: string }>(`select t::text as text from ${name} t`);
      places.push([name, rows.map(({ text }) => text).join('\n')]);
    }
    // The search can find: what is no secret stands where it is kept.
    expect(places.find(([name]) => name === 'accounts.cloud_account')?.[1]).toContain(
      application('azure').objectId,
    );
    for (const [name, text] of places)
      for (const secret of secrets)
        for (const form of [
          secret,
          Buffer.from(secret).toString('hex'),
          Buffer.from(secret).toString('base64').slice(0, -4),
        ])
          expect(text.includes(form), `${name} holds a secret`).toBe(false);
  });
});

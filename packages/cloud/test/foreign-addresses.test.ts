import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeCertificate, type Certificate } from '../../simulator/src/microsoft/certificate.ts';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import { azure } from '../src/azure/provider.ts';
import type { Connection, ConnectOptions, Credentials, Provider } from '../src/contract.ts';
import { gcp } from '../src/gcp/provider.ts';
import { m365 } from '../src/m365/provider.ts';
import type { Resource } from '../src/resource.ts';
import { startBetween, startStranger, type Answer, type Place, type Seen } from './between.ts';
import { applicationOf, failure, listAll, QUICK, serviceAccountOf } from './support.ts';

/*
 * Answers that were tampered with: by whoever sits between, or by whoever can write text that a service hands on.
 * Whatever an answer says, our tokens and secrets go to the service's own host only.
 */

let simulator: Simulator;
let certificate: Certificate;
/** Over TLS, with a certificate that we trust: nothing but the address tells that it is a stranger. */
let stranger: Place;
const places: Place[] = [];
const opened: Connection[] = [];

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
  certificate = await makeCertificate();
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificate.cert]);
});
afterEach(async () => {
  for (const connection of opened.splice(0)) connection.close();
  for (const place of places.splice(0)) await place.close();
});
afterAll(() => simulator.close());

type Tamper = (answer: Answer, seen: Seen) => void;

async function connect(
  provider: Provider,
  credentials: Credentials,
  tamper: Tamper,
  limits: ConnectOptions['limits'] = {},
): Promise<Connection> {
  stranger = await startStranger(certificate);
  const target = provider === gcp ? { url: simulator.google.url } : { ...simulator.microsoft };
  const between = await startBetween(provider === gcp ? undefined : certificate, target, tamper);
  places.push(stranger, between);
  const connection = provider.connect(credentials, {
    endpoint: between.url,
    limits: { ...QUICK, ...limits },
  });
  opened.push(connection);
  return connection;
}

const azureAs = (tamper: Tamper) => connect(azure, applicationOf(simulator, 'azure-admin'), tamper);
const m365As = (tamper: Tamper) => connect(m365, applicationOf(simulator, 'm365-admin'), tamper);
const gcpAs = (tamper: Tamper) => connect(gcp, serviceAccountOf(simulator, 'gcp-admin'), tamper);

/** Changes the JSON of answers to paths that match. */
const rewriting =
  (path: RegExp, change: (body: Record<string, unknown>) => void): Tamper =>
  (answer, seen) => {
    if (!path.test(seen.path) || answer.status >= 300) return;
    const body = JSON.parse(answer.body) as Record<string, unknown>;
    change(body);
    answer.body = JSON.stringify(body);
  };
const redirecting =
  (path: RegExp, status: number): Tamper =>
  (answer, seen) => {
    if (!path.test(seen.path)) return;
    answer.status = status;
    answer.headers['location'] = `${stranger.url}/take`;
  };
const GLOBAL = { region: 'global' } as const;
const failures = (ends: ReadonlyMap<string, { readonly problem?: unknown }>): unknown[] =>
  [...ends.values()].flatMap(({ problem }) => (problem === undefined ? [] : [problem]));

test('Azure: a next page on another host is not asked for, and the list says that it is not whole', async () => {
  const connection = await azureAs(
    rewriting(/\/disks\?/, (body) => void (body['nextLink'] = `${stranger.url}/disks?api-version=1`)),
  );
  const { ends, resources } = await listAll(connection, { service: 'compute', ...GLOBAL });
  expect(ends.get('azure.compute.disk')).toMatchObject({
    problem: { kind: 'unavailable', providerCode: 'ForeignAddress' },
  });
  // What is not about disks is there.
  expect(ends.get('azure.compute.vm')?.problem).toBeUndefined();
  expect(resources.length).toBeGreaterThan(10);
  expect(stranger.seen).toEqual([]);
});

test('Azure: a next page over plain HTTP on the own host is not asked for either', async () => {
  const connection = await azureAs(
    rewriting(/\/disks\?/, (body) => {
      const [first] = body['value'] as { id: string }[];
      body['nextLink'] = `http://localhost:${new URL(places.at(-1)?.url ?? '').port}${first?.id}`;
    }),
  );
  const { ends } = await listAll(connection, { service: 'compute', ...GLOBAL });
  expect(ends.get('azure.compute.disk')).toMatchObject({ problem: { kind: 'unavailable' } });
});

test('Azure: a list whose next page is itself ends', async () => {
  const connection = await azureAs((answer, seen) =>
    rewriting(/\/disks\?/, (body) => void (body['nextLink'] = `${places.at(-1)?.url}${seen.path}`))(
      answer,
      seen,
    ),
  );
  const { ends } = await listAll(connection, { service: 'compute', ...GLOBAL });
  expect(ends.get('azure.compute.disk')).toMatchObject({ problem: { providerCode: 'RepeatedPageToken' } });
});

const named = async (connection: Connection, service: string, name: string): Promise<Resource> => {
  const { resources } = await listAll(connection, { service, ...GLOBAL });
  const found = resources.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

test('a page of any size is cut at the cap, and the list says that it is not whole', async () => {
  const many = (list: unknown): unknown[] => {
    const [first] = list as unknown[];
    return Array.from({ length: 5_000 }, () => first);
  };
  const [ofAzure, ofMicrosoft] = await Promise.all([
    connect(
      azure,
      applicationOf(simulator, 'azure-admin'),
      rewriting(/\/disks\?/, (body) => void (body['value'] = many(body['value']))),
      { maxItems: 50 },
    ).then((connection) => listAll(connection, { service: 'compute', ...GLOBAL })),
    connect(
      m365,
      applicationOf(simulator, 'm365-admin'),
      rewriting(/\/v1\.0\/groups\?/, (body) => void (body['value'] = many(body['value']))),
      { maxItems: 50 },
    ).then((connection) => listAll(connection, { service: 'groups', ...GLOBAL })),
  ]);
  for (const [{ ends, resources }, type] of [
    [ofAzure, 'azure.compute.disk'],
    [ofMicrosoft, 'm365.groups.group'],
  ] as const) {
    expect(ends.get(type)).toMatchObject({ complete: false, problem: { kind: 'truncated' } });
    expect(resources.filter((one) => one.type === type).length).toBeLessThanOrEqual(50);
  }
});

test.each(['azure-asyncoperation', 'location'])(
  'Azure: the state of an operation is not asked on another host (%s)',
  async (header) => {
    const connection = await azureAs((answer, seen) => {
      if (seen.method !== 'POST' || !/\/(deallocate|start)\?/.test(seen.path)) return;
      delete answer.headers['azure-asyncoperation'];
      delete answer.headers['location'];
      answer.headers[header] = `${stranger.url}/operations/1?api-version=1`;
    });
    const { type, nativeId, id, region } = await named(connection, 'compute', 'vm-gateway');
    // Accepted, or told as a fault: it is the token that matters.
    await connection
      .operate({
        operation: 'stop',
        resource: { type, nativeId, id, region },
        parameters: {},
        clientToken: `foreign-${header}`,
      })
      .catch(() => undefined);
    expect(stranger.seen).toEqual([]);
  },
);

test('Azure: pages of costs on another host, or without TLS, are not asked for', async () => {
  for (const link of [`https://localhost:1/x`, 'http://localhost:2/x', 'no address']) {
    const connection = await azureAs(
      rewriting(/CostManagement\/query/i, (body) => {
        (body['properties'] as Record<string, unknown>)['nextLink'] = link;
      }),
    );
    const costs = connection.costs({
      from: '2026-01-01',
      to: '2026-02-01',
      granularity: 'monthly',
      groupBy: [{ by: 'service' }],
    });
    expect((await failure(costs)).problem).toMatchObject({
      kind: 'unavailable',
      providerCode: 'ForeignAddress',
    });
  }
});

test.each([302, 307])('Azure: a redirection to another host carries no token (%i)', async (status) => {
  const connection = await azureAs(redirecting(/\/disks\?/, status));
  await listAll(connection, { service: 'compute', ...GLOBAL });
  expect(stranger.seen.filter((one) => one.authorization !== undefined)).toEqual([]);
});

test('Microsoft 365: a next page on another host is not asked for', async () => {
  const connection = await m365As(
    rewriting(
      /\/v1\.0\/users\?/,
      (body) => void (body['@odata.nextLink'] = `${stranger.url}/v1.0/users?x=1`),
    ),
  );
  const { ends } = await listAll(connection, { service: 'users', ...GLOBAL });
  expect(failures(ends)).toMatchObject([{ kind: 'unavailable', providerCode: 'ForeignAddress' }]);
  expect(stranger.seen).toEqual([]);
});

test('Microsoft 365: a list whose next page is itself ends', async () => {
  const connection = await m365As((answer, seen) =>
    rewriting(
      /\/v1\.0\/users\?/,
      (body) => void (body['@odata.nextLink'] = `${places.at(-1)?.url}${seen.path}`),
    )(answer, seen),
  );
  const { ends } = await listAll(connection, { service: 'users', ...GLOBAL });
  expect(failures(ends)).toMatchObject([{ providerCode: 'RepeatedPageToken' }]);
});

test('Microsoft 365: the file of a report is fetched without our token, and never without TLS', async () => {
  const followed = await m365As(redirecting(/\/reports\/get/, 302));
  await listAll(followed, { service: 'users', ...GLOBAL });
  expect(stranger.seen.length).toBeGreaterThan(0);
  expect(stranger.seen.filter((one) => one.authorization !== undefined)).toEqual([]);
  const plain = await startStranger(undefined);
  places.push(plain);
  const refused = await m365As((answer, seen) => {
    if (!/\/reports\/get/.test(seen.path)) return;
    answer.status = 302;
    answer.headers['location'] = `${plain.url}/take`;
  });
  await listAll(refused, { service: 'users', ...GLOBAL });
  expect(plain.seen).toEqual([]);
});

test.each([302, 307])(
  'Microsoft 365: a redirection to another host carries no token (%i)',
  async (status) => {
    const connection = await m365As(redirecting(/\/v1\.0\/users\?/, status));
    await listAll(connection, { service: 'users', ...GLOBAL });
    expect(stranger.seen.filter((one) => one.authorization !== undefined)).toEqual([]);
  },
);

test.each([302, 307])('Google Cloud: a redirection to another host is not followed (%i)', async (status) => {
  const connection = await gcpAs(redirecting(/aggregated\/instances/, status));
  const { ends } = await listAll(connection, { service: 'compute', ...GLOBAL });
  expect(failures(ends).length).toBeGreaterThan(0);
  expect(stranger.seen).toEqual([]);
});

test('Google Cloud: the code of a function is uploaded to Cloud Storage and nowhere else', async () => {
  let asked = 0;
  const connection = await gcpAs((answer, seen) => {
    if (seen.path.includes(':generateUploadUrl')) asked += 1;
    rewriting(/:generateUploadUrl/, (body) => void (body['uploadUrl'] = `${stranger.url}/upload`))(
      answer,
      seen,
    );
  });
  const order = {
    creatable: 'gcp.functions.function',
    region: 'us-central1',
    input: {
      functionName: 'stolen-function',
      runtime: 'nodejs24',
      entryPoint: 'handler',
      code: Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]).toString('base64'),
    },
    clientToken: 'foreign-upload-0001',
  };
  expect((await failure(connection.create(order))).problem.providerCode).toBe('ForeignAddress');
  expect(asked).toBe(1);
  expect(stranger.seen).toEqual([]);
});

test('Google Cloud: a page token stays a value of the query, and a repeated one ends the list', async () => {
  const evil = `x&project=other#@${new URL('https://evil.example').host}/../..`;
  const asked: string[] = [];
  const connection = await gcpAs((answer, seen) => {
    if (seen.path.includes('aggregated/instances')) asked.push(seen.path);
    rewriting(/aggregated\/instances/, (body) => void (body['nextPageToken'] = evil))(answer, seen);
  });
  const { ends } = await listAll(connection, { service: 'compute', ...GLOBAL });
  expect(failures(ends).length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThan(10);
  for (const path of asked.slice(1))
    expect(new URL(path, 'http://x').searchParams.get('pageToken')).toBe(evil);
});

test('a token endpoint that quotes what it was sent does not put the secret into our words', async () => {
  for (const [provider, label] of [
    [azure, 'azure-admin'],
    [m365, 'm365-admin'],
  ] as const) {
    const credentials = applicationOf(simulator, label);
    const secret = credentials.values['clientSecret'] ?? '';
    const connection = await connect(provider, credentials, (answer, seen) => {
      if (!seen.path.includes('/oauth2/v2.0/token')) return;
      answer.status = 401;
      answer.body = JSON.stringify({
        error: 'invalid_client',
        error_description: `AADSTS999: got ${secret}`,
      });
    });
    const { problem } = await failure(connection.identity());
    expect(JSON.stringify(problem)).not.toContain(secret);
  }
  const credentials = serviceAccountOf(simulator, 'gcp-admin');
  const key = JSON.parse(String(credentials.values['serviceAccountKey'])) as { private_key: string };
  const body = key.private_key.split('\n')[1] ?? '';
  const connection = await connect(gcp, credentials, (answer, seen) => {
    if (!seen.path.startsWith('/token')) return;
    answer.status = 400;
    const { assertion } = Object.fromEntries(new URLSearchParams(seen.body)) as { assertion?: string };
    answer.body = JSON.stringify({ error: 'invalid_grant', error_description: `${assertion} ${body}` });
  });
  const told = JSON.stringify(failures((await listAll(connection, { service: 'compute', ...GLOBAL })).ends));
  expect(told).toContain('invalid_credentials');
  expect(told).not.toContain(body);
  expect(told).not.toContain('eyJ');
});

test.each(['../../common', 'common', '3f2504e0-4f89-41d3-9a0c-0305e82c3301/../x', 'evil.example#', '\n', ''])(
  'a tenant is a GUID and nothing else: %j',
  (tenantId) => {
    for (const [provider, label] of [
      [azure, 'azure-admin'],
      [m365, 'm365-admin'],
    ] as const) {
      const { method, values } = applicationOf(simulator, label);
      expect(() => provider.connect({ method, values: { ...values, tenantId } }, {})).toThrow();
    }
  },
);

test('blanks around pasted ids and secrets do not matter', async () => {
  const { method, values } = applicationOf(simulator, 'azure-admin');
  const pasted = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, ` ${value}\n`]));
  const connection = await connect(azure, { method, values: pasted }, () => {});
  expect((await connection.identity()).accountId).toBe(values['subscriptionId']);
});

test('a key file decides neither where it is sent to nor where calls go', async () => {
  const credentials = serviceAccountOf(simulator, 'gcp-admin');
  stranger = await startStranger(certificate);
  places.push(stranger);
  const key = JSON.parse(String(credentials.values['serviceAccountKey'])) as Record<string, unknown>;
  const forged = {
    ...key,
    token_uri: `${stranger.url}/token`,
    auth_uri: `${stranger.url}/auth`,
    universe_domain: new URL(stranger.url).host,
  };
  const values = { ...credentials.values, serviceAccountKey: JSON.stringify(forged) };
  const connection = gcp.connect(
    { method: credentials.method, values },
    { endpoint: simulator.google.url, limits: QUICK },
  );
  opened.push(connection);
  await connection.identity();
  expect(stranger.seen).toEqual([]);
});

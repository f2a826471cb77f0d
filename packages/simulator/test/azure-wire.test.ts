import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';

/*
 * Facts of the wire that clients hide: headers of long-running operations, pages of the price list, ranges and refusals
 * of the Blob service. What the official clients make of them is tested in packages/cloud.
 */

let simulator: Simulator;
let subscriptionId = '';
const trusted = tls.getCACertificates('default');

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', clock: { factor: 0 } });
  tls.setDefaultCACertificates([...trusted, simulator.microsoft.ca]);
  subscriptionId = application().subscriptionId ?? '';
});
afterAll(async () => {
  tls.setDefaultCACertificates(trusted);
  await simulator.close();
});

function application() {
  const found = simulator.control.report?.applications?.find(({ label }) => label === 'azure-admin');
  if (!found) throw new Error('the scenario has no application of Azure');
  return found;
}

async function token(scope: string): Promise<string> {
  const { tenantId, clientId, clientSecret } = application();
  const answer = await fetch(`${simulator.microsoft.url}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${scope}/.default`,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

describe('Resource Manager', () => {
  const call = async (method: string, path: string, body?: object) => {
    const url = path.startsWith('https:') ? path : `${simulator.microsoft.url}${path}?api-version=2024-05-01`;
    const answer = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${await token('https://management.azure.com')}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  };
  const inGroup = (path: string) =>
    `/subscriptions/${subscriptionId}/resourceGroups/rg-analytics-dev/providers/${path}`;
  const pass = (seconds: number) => simulator.control.world.clock.advance(seconds * 1000);

  test('a network answers 201 with one header to ask after it, and is ready when that says so', async () => {
    const path = inGroup('Microsoft.Network/virtualNetworks/vnet-wire');
    const made = await call('PUT', path, {
      location: 'Brazil South',
      properties: { addressSpace: { addressPrefixes: ['10.77.0.0/16'] } },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      location: 'brazilsouth',
      properties: { provisioningState: 'Creating' },
    });
    expect(made.headers.get('location')).toBeNull();
    const status = made.headers.get('azure-asyncoperation') ?? '';
    expect((await call('GET', status)).body).toMatchObject({ status: 'InProgress' });
    pass(60);
    expect((await call('GET', status)).body).toMatchObject({ status: 'Succeeded' });
    expect((await call('GET', path)).body).toMatchObject({ properties: { provisioningState: 'Succeeded' } });
    expect((await call('PUT', path, { location: 'eastus', properties: {} })).body).toMatchObject({
      error: { code: 'InvalidResourceLocation' },
    });
  });

  test('a SQL server answers 202 with both headers, and its result is the resource without the password', async () => {
    const made = await call('PUT', inGroup('Microsoft.Sql/servers/sql-wire'), {
      location: 'brazilsouth',
      properties: { administratorLogin: 'operator', administratorLoginPassword: 'Correct-Horse-7' },
    });
    expect(made.status).toBe(202);
    expect(made.headers.get('azure-asyncoperation')).toContain('/operations/');
    const result = made.headers.get('location') ?? '';
    expect((await call('GET', result)).status).toBe(202);
    pass(60);
    const done = await call('GET', result);
    expect(done.status).toBe(200);
    expect(done.body).toMatchObject({ name: 'sql-wire', properties: { state: 'Ready' } });
    expect(JSON.stringify(done.body)).not.toContain('Correct-Horse-7');
  });

  test('an interface can not refer to an address that is still being made', async () => {
    const address = inGroup('Microsoft.Network/publicIPAddresses/ip-wire');
    await call('PUT', address, { location: 'brazilsouth', sku: { name: 'Standard' }, properties: {} });
    const nic = {
      location: 'brazilsouth',
      properties: {
        ipConfigurations: [
          {
            name: 'primary',
            properties: {
              subnet: {
                id: `/subscriptions/${subscriptionId}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-brazilsouth/subnets/apps`,
              },
              publicIPAddress: { id: address },
            },
          },
        ],
      },
    };
    const path = inGroup('Microsoft.Network/networkInterfaces/nic-wire');
    const early = await call('PUT', path, nic);
    expect([early.status, early.body]).toMatchObject([
      409,
      { error: { code: 'ReferencedResourceNotProvisioned' } },
    ]);
    expect((await call('GET', path)).status).toBe(404);
    pass(60);
    expect((await call('PUT', path, nic)).status).toBe(201);
  });

  test('sizes are told for one region, with what bars them there', async () => {
    const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/skus`;
    const url = `${simulator.microsoft.url}${path}?api-version=2021-07-01&$filter=location eq 'brazilsouth'`;
    const items: { name: string; locations: string[]; restrictions: object[] }[] = [];
    for (let next: string | undefined = url; next !== undefined;) {
      const { body } = await call('GET', next);
      items.push(...(body['value'] as typeof items));
      next = body['nextLink'] as string | undefined;
    }
    expect(new Set(items.flatMap(({ locations }) => locations))).toEqual(new Set(['brazilsouth']));
    expect(items.filter(({ restrictions }) => restrictions.length > 0).map(({ name }) => name)).toContain(
      'Standard_F8s_v2',
    );
  });
});

describe('the price list', () => {
  const ask = async (query: string) => {
    const answer = await fetch(`${simulator.microsoft.url}/api/retail/prices${query}`);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  test('is asked without a token and comes in pages', async () => {
    type Priced = { armRegionName: string; productName: string; skuName: string; meterName: string };
    const all: Priced[] = [];
    let query = '';
    for (let page = 0; page < 20; page += 1) {
      const { status, body } = await ask(query);
      expect(status).toBe(200);
      const items = body['Items'] as Priced[];
      expect(body['Count']).toBe(items.length);
      expect(items.length).toBeLessThanOrEqual(1_000);
      all.push(...items);
      const next = body['NextPageLink'];
      if (typeof next !== 'string') break;
      query = new URL(next).search;
    }
    const keys = all.map(({ armRegionName, productName, skuName, meterName }) =>
      [armRegionName, productName, skuName, meterName].join('|'),
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(all.map(({ armRegionName }) => armRegionName)).size).toBeGreaterThan(3);
  });

  test('a filter it does not know is refused', async () => {
    for (const filter of ["location like 'x'", "secret eq 'x'", "armRegionName eq 'eastus' or 1 eq 1"])
      expect((await ask(`?$filter=${encodeURIComponent(filter)}`)).status).toBe(400);
  });
});

describe('the Blob service', () => {
  const container = '/auroradatalake/cost-exports';
  const get = async (path: string, headers: Record<string, string> = {}) =>
    fetch(`${simulator.microsoft.url}${path}`, {
      headers: {
        'x-ms-version': '2024-11-04',
        authorization: `Bearer ${await token('https://storage.azure.com')}`,
        ...headers,
      },
    });

  test('lists by prefix and marker, and gives ranges', async () => {
    const names: string[] = [];
    let marker = '';
    do {
      const page = await get(
        `${container}?restype=container&comp=list&prefix=costs/aurora-focus/&maxresults=3&marker=${marker}`,
      );
      expect(page.headers.get('content-type')).toBe('application/xml');
      const text = await page.text();
      names.push(...[...text.matchAll(/<Name>([^<]+)<\/Name>/g)].map(([, name]) => name ?? ''));
      marker = /<NextMarker>([^<]*)<\/NextMarker>/.exec(text)?.[1] ?? '';
    } while (marker !== '');
    expect(names.length).toBeGreaterThan(20);
    expect(names).toEqual([...new Set(names)].toSorted());
    const manifest = names.find((name) => name.endsWith('manifest.json')) ?? '';
    const whole = await get(`${container}/${manifest}`);
    const text = await whole.text();
    expect(whole.status).toBe(200);
    const part = await get(`${container}/${manifest}`, { 'x-ms-range': 'bytes=5-14' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 5-14/${text.length}`);
    expect(await part.text()).toBe(text.slice(5, 15));
    expect((await get(`${container}/${manifest}`, { range: 'bytes=9999999-' })).status).toBe(416);
    expect((await get(`${container}/${manifest}`, { 'if-match': '"0xother"' })).status).toBe(412);
  });

  test('refuses in XML, with the code in a header', async () => {
    const missing = await get(`${container}/nothing`);
    expect([missing.status, missing.headers.get('x-ms-error-code')]).toEqual([404, 'BlobNotFound']);
    expect(await missing.text()).toContain('<Code>BlobNotFound</Code>');
    const other = await get('/auroradatalake/other?restype=container&comp=list');
    expect(other.headers.get('x-ms-error-code')).toBe('ContainerNotFound');
    // A token for another service is none here.
    const foreign = await get(`${container}?restype=container&comp=list`, {
      authorization: `Bearer ${await token('https://management.azure.com')}`,
    });
    expect(foreign.status).toBe(401);
    expect(await foreign.text()).toContain('<Error>');
  });
});

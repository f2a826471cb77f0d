import { expect, test } from 'vitest';
import type { Connection } from '../src/contract.ts';
import { m365 } from '../src/m365/provider.ts';
import { parseReport } from '../src/m365/reports.ts';
import type { Resource } from '../src/resource.ts';
import { demoCloud } from './demo-cloud.ts';
import { applicationOf, failure, listAll, QUICK } from './support.ts';

const cloud = demoCloud('m365', { clock: { factor: 0 } });
const { connect } = cloud;

const tenant = () => {
  const [directory] = cloud.simulator.control.world.directories.values();
  if (!directory) throw new Error('the demo has a tenant');
  return directory;
};
const application = (label = 'm365-admin') => {
  const id = applicationOf(cloud.simulator, label).values['clientId'] ?? '';
  const found = tenant().applications.get(id);
  if (!found) throw new Error(`no application ${label}`);
  return found;
};
const usersOf = (connection: Connection) => listAll(connection, { service: 'users', region: 'global' });
const withLicence = async (connection: Connection, part: string): Promise<Resource> => {
  const { resources } = await usersOf(connection);
  const found = resources.find((user) => JSON.stringify(user.attributes['licences']).includes(`"${part}"`));
  if (!found) throw new Error(`nobody holds ${part}`);
  return found;
};

test('an expired secret, a disabled application and a tenant that is gone are told apart', async () => {
  application().secretExpiresAt = cloud.simulator.control.world.clock.now() - 1;
  expect((await failure(connect().identity())).problem).toMatchObject({
    kind: 'expired',
    providerCode: 'AADSTS7000222',
  });
  application().secretExpiresAt = Number.POSITIVE_INFINITY;
  application().enabled = false;
  expect((await failure(connect().identity())).kind).toBe('invalid_credentials');
  const credentials = applicationOf(cloud.simulator, 'm365-admin');
  const gone = m365.connect(credentials, { endpoint: cloud.simulator.microsoft.url, limits: QUICK });
  cloud.opened(gone);
  cloud.simulator.control.world.directories.clear();
  expect((await failure(gone.identity())).problem).toMatchObject({
    kind: 'invalid_credentials',
    providerCode: 'AADSTS90002',
  });
});

test('a consent that is missing hides one service and leaves the others', async () => {
  application().graphRoles.delete('Group.Read.All');
  application().graphRoles.delete('Directory.Read.All');
  const connection = connect();
  const groups = await listAll(connection, { service: 'groups', region: 'global' });
  expect([...groups.ends.values()].map((end) => end.problem?.kind)).toEqual(['denied', 'denied']);
  expect((await usersOf(connection)).resources.length).toBeGreaterThan(100);
  const missing = (await connection.probe()).filter((f) => f.granted === 'no').map((f) => f.action);
  expect(missing).toContain('Group.Read.All');
});

test('a tenant without premium licence lists its users without sign-in activity', async () => {
  tenant().premium = false;
  const { resources, ends } = await usersOf(connect());
  expect(ends.get('m365.users.user')).toMatchObject({ complete: true });
  expect(resources.some((user) => 'signInActivity' in user.attributes || 'mfa' in user.attributes)).toBe(
    false,
  );
  expect(resources.some((user) => 'usage' in user.attributes)).toBe(true);
});

test('a tenant that conceals names in reports gives no usage, and says nothing wrong', async () => {
  tenant().concealNames = true;
  const { resources } = await usersOf(connect());
  expect(resources.length).toBeGreaterThan(100);
  expect(resources.some((user) => 'usage' in user.attributes)).toBe(false);
});

test('throttling with Retry-After is waited out; for longer than the limit it is told', async () => {
  const naps: number[] = [];
  let now = Date.now();
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      naps.push(milliseconds);
      now += milliseconds;
    },
  };
  cloud.simulator.control.addFault({
    effect: { kind: 'throttle', retryAfterSeconds: 90 },
    target: { actions: ['graph:ListUsers'] },
    times: 2,
  });
  const { resources } = await usersOf(connect('m365-admin', { clock, limits: { retryForMs: 600_000 } }));
  expect(resources.length).toBeGreaterThan(100);
  expect(naps.filter((nap) => nap >= 90_000)).toHaveLength(2);
  cloud.simulator.control.addFault({
    effect: { kind: 'throttle', retryAfterSeconds: 600 },
    target: { actions: ['graph:ListGroups'] },
  });
  const groups = await listAll(connect('m365-admin', { clock, limits: { retryForMs: 60_000 } }), {
    service: 'groups',
    region: 'global',
  });
  expect(groups.ends.get('m365.groups.group')?.problem?.kind).toBe('throttled');
});

test('a token endpoint that is down, HTML, a truncated answer, a reset and a repeating link end in a clear state', async () => {
  const cases = [
    ['entra:Token', { kind: 'reset' }, 'unavailable'],
    ['graph:ListGroups', { kind: 'html-error', status: 502 }, 'unavailable'],
    ['graph:ListGroups', { kind: 'truncate' }, 'unavailable'],
    ['graph:ListGroups', { kind: 'reset' }, 'unavailable'],
    ['graph:ListGroups', { kind: 'repeat-token' }, 'unavailable'],
    ['graph:ListGroups', { kind: 'error', code: 'serviceNotAvailable', status: 503 }, 'unavailable'],
  ] as const;
  for (const [action, effect, kind] of cases) {
    cloud.simulator.control.faults.clear();
    cloud.simulator.control.addFault({ effect, target: { actions: [action] } });
    const connection = connect('m365-admin', { limits: { retryForMs: 200 } });
    const { ends } = await listAll(connection, { service: 'groups', region: 'global' });
    expect(ends.get('m365.groups.group')?.problem?.kind, `${action} ${effect.kind}`).toBe(kind);
  }
});

test('small pages are followed to the last user', async () => {
  cloud.simulator.control.addFault({ effect: { kind: 'partial-pages', maxItems: 7 } });
  const { resources } = await usersOf(connect());
  expect(new Set(resources.map((user) => user.id)).size).toBe(tenant().users.size);
});

test('licences are removed and given back with the service plans that were off', async () => {
  const connection = connect();
  const user = await withLicence(connection, 'SPE_E3');
  const held = tenant().users.get(user.id)?.licences;
  const skuId = [...tenant().skus.values()].find((sku) => sku.skuPartNumber === 'SPE_E3')?.skuId ?? '';
  held?.set(skuId, { disabledPlans: ['11111111-1111-4111-8111-111111111111'] });
  const former = structuredClone(held);
  const resource = { type: user.type, nativeId: user.nativeId, id: user.id, region: user.region };
  const request = {
    operation: 'remove-licenses',
    resource,
    parameters: { skuIds: [skuId] },
    clientToken: 'test-remove-01',
  };
  // The answer is lost: it is not asked for again, which Graph would refuse, and what happened can still be told.
  cloud.simulator.control.addFault({
    effect: { kind: 'reset-after-work' },
    target: { actions: ['graph:AssignLicense'] },
    times: 1,
  });
  const undo = (await connection.rehearse(request)).undo;
  await expect(connection.operate(request)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(await connection.reconcileOperation(request)).toMatchObject({ happened: 'yes' });
  expect(held?.has(skuId)).toBe(false);
  await connection.operate({
    operation: undo?.operation ?? '',
    resource,
    parameters: undo?.parameters ?? {},
    clientToken: 'test-assign-01',
  });
  expect(Object.fromEntries(held ?? [])).toEqual(Object.fromEntries(former ?? []));
});

test('a licence cannot be given back when all seats are taken', async () => {
  const connection = connect();
  const user = await withLicence(connection, 'EXCHANGESTANDARD');
  const sku = [...tenant().skus.values()].find((one) => one.skuPartNumber === 'SPE_F1');
  if (sku) sku.enabled = tenant().consumed(sku.skuId);
  const error = await failure(
    connection.operate({
      operation: 'assign-licenses',
      resource: { type: user.type, nativeId: user.nativeId, id: user.id, region: user.region },
      parameters: { skuIds: [sku?.skuId ?? ''] },
      clientToken: 'test-assign-02',
    }),
  );
  expect(error.problem.message).toContain('does not have any available licenses');
});

test('costs follow the seats and the prices the organization entered', async () => {
  const day = {
    from: '2026-06-01',
    to: '2026-07-01',
    granularity: 'monthly',
    groupBy: [{ by: 'service' }],
  } as const;
  const listed = await connect().costs(day);
  const own = await connect('m365-admin', {
    priceList: { SPE_E3: { amount: '20.00', currency: 'BRL' } },
  }).costs(day);
  const row = (answer: typeof listed) => answer.rows.find((one) => one.keys[0] === 'Microsoft 365 E3');
  expect(row(listed)).toMatchObject({ amount: '3456', currency: 'USD', estimated: true });
  expect(row(own)).toMatchObject({ amount: '1920', currency: 'BRL' });
});

test('reports are read as their files are: byte order mark, quotes, empty cells', () => {
  expect(parseReport('\uFEFFA,"B ""x"""\r\n1,"a,\nb"\r\n,\r\nshort\r\n')).toEqual([
    { A: '1', 'B "x"': 'a,\nb' },
    { A: '', 'B "x"': '' },
  ]);
});

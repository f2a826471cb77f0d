import { describe, expect, test } from 'vitest';
import { gcp } from '../src/gcp/provider.ts';
import { demoCloud } from './demo-cloud.ts';
import { failure, listAll, QUICK, serviceAccountOf } from './support.ts';

const cloud = demoCloud('gcp');
const { all, connect } = cloud;

const project = () => {
  const [found] = cloud.simulator.control.world.projects.values();
  if (!found) throw new Error('the demo has a project');
  return found;
};
const account = (label = 'gcp-admin') => {
  const found = [...cloud.simulator.control.world.serviceAccounts.values()].find((one) =>
    one.email.startsWith(label),
  );
  if (!found) throw new Error(`no ${label}`);
  return found;
};
const VM = 'gcp.compute.instance';
const DISK = 'gcp.compute.disk';

describe('faults', () => {
  test('zones out of reach leave the others listed, and the listing incomplete', async () => {
    project().unreachable.add('us-central1-b');
    const { ends, resources } = await listAll(connect(), { service: 'compute', region: 'global' });
    const end = ends.get(VM);
    expect(end).toMatchObject({
      complete: false,
      problem: { kind: 'unavailable', providerCode: 'UNREACHABLE' },
    });
    expect(end?.problem?.message).toContain('us-central1-b');
    expect(resources.map((one) => one.name)).toContain('web-1');
    expect(resources.map((one) => one.name)).not.toContain('poc-vision');
    expect(ends.get('gcp.compute.snapshot')).toMatchObject({ complete: true });
  });

  test('more than the cap is cut, and the listing told as incomplete', async () => {
    const connection = connect('gcp-admin', { limits: { maxItems: 5 } });
    const { ends, resources } = await listAll(connection, { service: 'compute', region: 'global' });
    expect(ends.get(VM)).toMatchObject({ complete: false, problem: { kind: 'truncated' } });
    expect(resources.filter((one) => one.type === VM)).toHaveLength(5);
    expect(ends.get('gcp.compute.image')).toMatchObject({ complete: true });
  });

  test('an API that is switched off is its own diagnosis, and others are unaffected', async () => {
    project().disabledApis.add('sqladmin.googleapis.com');
    const connection = connect();
    const { ends } = await listAll(connection, { service: 'sql', region: 'global' });
    expect(ends.get('gcp.sql.instance')?.problem).toMatchObject({ kind: 'not_enabled' });
    expect((await all(connection, 'storage')).length).toBeGreaterThan(0);
  });

  test('a missing permission hides one type, names itself, and leaves the others', async () => {
    account().denied = ['compute.disks.*'];
    const connection = connect();
    const { ends, resources } = await listAll(connection, { service: 'compute', region: 'global' });
    expect(ends.get(DISK)?.problem).toMatchObject({ kind: 'denied', action: 'compute.disks.list' });
    expect(resources.some((one) => one.type === VM)).toBe(true);
    const missing = (await connection.probe()).filter((finding) => finding.granted === 'no');
    expect(missing.map((finding) => finding.action)).toContain('compute.disks.list');
  });

  test('accounts that are gone, disabled or of another project are told apart from a token endpoint that is down', async () => {
    const { values } = serviceAccountOf(cloud.simulator, 'gcp-admin');
    const key = JSON.parse(values['serviceAccountKey'] ?? '{}') as Record<string, string>;
    const as = (changes: Record<string, string>, more: Record<string, string> = {}) => {
      const connection = gcp.connect(
        {
          method: 'service_account',
          values: { serviceAccountKey: JSON.stringify({ ...key, ...changes }), ...more },
        },
        { endpoint: cloud.simulator.google.url, limits: { ...QUICK, retryForMs: 100 } },
      );
      cloud.opened(connection);
      return connection;
    };
    const nobody = as({ client_email: 'nobody@aurora-digital-prod.iam.gserviceaccount.com' });
    expect((await failure(nobody.identity())).kind).toBe('invalid_credentials');
    expect((await failure(as({}, { projectId: 'somebody-elses' }).identity())).kind).toBe('not_found');
    account('gcp-read-only').disabled = true;
    expect((await failure(connect('gcp-read-only').identity())).kind).toBe('invalid_credentials');
    cloud.simulator.control.addFault({
      effect: { kind: 'html-error', status: 503 },
      target: { actions: ['google:Token'] },
    });
    expect((await failure(as({}).identity())).kind).toBe('unavailable');
  });

  test('a key that is none is refused before anything is sent, and not quoted', async () => {
    const { values } = serviceAccountOf(cloud.simulator, 'gcp-admin');
    const key = JSON.parse(values['serviceAccountKey'] ?? '{}') as Record<string, string>;
    const texts = [
      'not json at all '.repeat(10),
      JSON.stringify({ ...key, type: 'authorized_user' }),
      JSON.stringify({ ...key, private_key: 'a-private-thing' }),
    ];
    for (const serviceAccountKey of texts) {
      const error = await failure(
        (async () => gcp.connect({ method: 'service_account', values: { serviceAccountKey } }))(),
      );
      expect(error.problem.fields?.[0]?.field).toBe('serviceAccountKey');
      expect(JSON.stringify(error.problem)).not.toContain('a-private-thing');
    }
  });

  test("throttling for minutes is waited out with the provider's own pause", async () => {
    let now = Date.now();
    const naps: number[] = [];
    const clock = {
      now: () => now,
      sleep: async (milliseconds: number) => {
        naps.push(milliseconds);
        now += milliseconds;
      },
    };
    cloud.simulator.control.addFault({
      effect: { kind: 'throttle', retryAfterSeconds: 150 },
      target: { actions: ['storage.*'] },
      times: 1,
    });
    const connection = connect('gcp-admin', { clock, limits: { retryForMs: 900_000 } });
    expect((await all(connection, 'storage')).length).toBeGreaterThan(0);
    expect(naps.some((nap) => nap >= 150_000)).toBe(true);
  });

  test('pages of three are followed; a repeating token, HTML, a cut answer and a lost connection end in a clear state', async () => {
    cloud.simulator.control.addFault({ effect: { kind: 'partial-pages', maxItems: 3 } });
    const disks = (await all(connect(), 'compute')).filter((one) => one.type === DISK);
    expect(disks).toHaveLength(project().of('compute.disks').length);
    for (const effect of [
      { kind: 'repeat-token' },
      { kind: 'html-error', status: 502 },
      { kind: 'truncate' },
      { kind: 'reset' },
    ] as const) {
      cloud.simulator.control.faults.clear();
      cloud.simulator.control.addFault({ effect, target: { actions: ['storage.buckets.list'] } });
      const connection = connect('gcp-admin', { limits: { retryForMs: 200 } });
      const { ends } = await listAll(connection, { service: 'storage', region: 'global' });
      expect(ends.get('gcp.storage.bucket')?.problem?.kind, effect.kind).toBe('unavailable');
    }
  });
});

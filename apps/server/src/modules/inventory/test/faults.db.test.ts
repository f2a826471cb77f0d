import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  connectAccount,
  eventually,
  finished,
  startCloudStage,
  synchronise,
  type CloudStage,
} from '../../../../test/support/cloud.ts';
import type { FaultSpec } from '../../../../../../packages/simulator/src/control/faults.ts';
import { ec2Store } from '../../../../../../packages/simulator/src/aws/services/ec2/store.ts';
import { addVolume } from '../../../../../../packages/simulator/src/aws/services/ec2/volume-model.ts';
import { EMPTY_ACCOUNT } from '../../../../../../packages/simulator/src/scenarios/empty.ts';

const volumes = 30;

describe('a bad day of the cloud', () => {
  let stage: CloudStage;
  let accountId: string;

  beforeAll(async () => {
    stage = await startCloudStage();
    for (let n = 0; n < volumes; n += 1)
      addVolume(store(), {
        size: 10,
        type: 'gp3',
        zone: 'us-east-1a',
        tags: [{ Key: 'Name', Value: `v-${n}` }],
      });
    accountId = (await connectAccount(stage)).id;
    expect((await synchronise(stage, accountId)).status).toBe('succeeded');
  });
  afterEach(() => stage.simulator.control.faults.clear());
  afterAll(() => stage.close());

  function account() {
    const found = stage.simulator.control.world.accounts.get(EMPTY_ACCOUNT);
    if (found === undefined) throw new Error('no account');
    return found;
  }

  function store(region = 'us-east-1') {
    return account().store(ec2Store, region);
  }

  async function count(query: string): Promise<number> {
    return (await stage.owner.get(`${stage.base}/resources?limit=1&${query}`)).body.total;
  }

  const inVirginia = { actions: ['ec2:DescribeVolumes'], region: 'us-east-1' };
  function fault(effect: FaultSpec['effect'], more: Partial<FaultSpec> = {}): void {
    stage.simulator.control.addFault({ effect, target: inVirginia, ...more });
  }

  /** Problems of a run by type and kind. */
  function problemsOf(run: {
    scopes: { service: string; region: string; problems: { type: string; problem: { kind: string } }[] }[];
  }): string[] {
    return run.scopes.flatMap((scope) =>
      scope.problems.map(({ type, problem }) => `${scope.region} ${type} ${problem.kind}`),
    );
  }

  test('throttling for a while is waited out', async () => {
    fault({ kind: 'throttle' }, { target: { actions: ['ec2:*'] }, forSeconds: 3 });
    const run = await synchronise(stage, accountId);
    expect(run).toMatchObject({ status: 'succeeded', vanished: 0 });
  });

  test.each([
    ['a 500 with an HTML page', { kind: 'html-error', status: 500 }],
    ['an HTML page with status 200', { kind: 'html-error', status: 200 }],
    ['a cut answer', { kind: 'truncate' }],
    ['a broken connection', { kind: 'reset' }],
  ] as const)('%s: the type is marked unavailable and kept, all others are in', async (_name, effect) => {
    addVolume(store('eu-west-1'), { size: 1, type: 'gp3', zone: 'eu-west-1a' });
    fault(effect);
    const run = await synchronise(stage, accountId);
    expect([run.status, problemsOf(run)]).toEqual(['partial', ['us-east-1 aws.ec2.volume unavailable']]);
    expect(run).toMatchObject({ vanished: 0, appeared: 1 });
    expect(await count('type=aws.ec2.volume&region=us-east-1')).toBe(volumes);
    stage.simulator.control.faults.clear();
    expect((await synchronise(stage, accountId)).status).toBe('succeeded');
  });

  test('a page token that repeats ends the listing and marks nothing vanished', async () => {
    fault({ kind: 'partial-pages', maxItems: 7 });
    fault({ kind: 'repeat-token' });
    const run = await synchronise(stage, accountId);
    expect([run.status, problemsOf(run)]).toEqual(['partial', ['us-east-1 aws.ec2.volume unavailable']]);
    expect(await count('type=aws.ec2.volume&region=us-east-1')).toBe(volumes);
  });

  test('short and empty pages are followed to the end', async () => {
    fault({ kind: 'partial-pages', maxItems: 7 });
    fault({ kind: 'empty-page' });
    const run = await synchronise(stage, accountId);
    expect(run).toMatchObject({ status: 'succeeded', vanished: 0, appeared: 0 });
  });

  test('a region that was switched off is named, and what is in it is kept', async () => {
    const layOut = { actions: ['ec2:DescribeRegions'] };
    // The list of regions is a moment older than the switch.
    const listed = [...account().enabledRegions];
    addVolume(store('eu-west-2'), { size: 1, type: 'gp3', zone: 'eu-west-2a' });
    expect((await synchronise(stage, accountId)).status).toBe('succeeded');
    stage.simulator.control.addFault({
      effect: { kind: 'latency', milliseconds: 700 },
      target: { actions: ['*:Describe*', '*:List*'], region: 'eu-west-2' },
    });
    stage.simulator.control.addFault({ effect: { kind: 'latency', milliseconds: 1 }, target: layOut });
    const started = await stage.owner.post(`${stage.base}/sync-runs`, { accountIds: [accountId] });
    await eventually(
      () => stage.owner.get(`${stage.base}/sync-runs/${started.body.items[0].id}`),
      ({ body }) => body.scopesTotal > 0,
    );
    account().enabledRegions.delete('eu-west-2');
    try {
      const run = await finished(stage, started.body.items[0].id);
      const kinds = new Set(
        problemsOf(run)
          .filter((text) => text.startsWith('eu-west-2'))
          .map((text) => text.split(' ')[2]),
      );
      expect([run.status, [...kinds]]).toEqual(['partial', ['region_disabled']]);
      expect(await count('type=aws.ec2.volume&region=eu-west-2')).toBe(1);
    } finally {
      for (const region of listed) account().enabledRegions.add(region);
    }
  });

  test('keys that end during a run fail it, and the account says so; new life heals it', async () => {
    stage.simulator.control.addFault({
      effect: {
        kind: 'error',
        code: 'RequestExpired',
        message: 'The security token included in the request is expired',
        status: 400,
      },
      target: { actions: ['*'] },
    });
    const run = await synchronise(stage, accountId);
    expect([run.status, run.problem.kind, run.vanished]).toEqual(['failed', 'expired', 0]);
    const health = async () =>
      (await stage.owner.get(`${stage.base}/accounts/${accountId}`)).body.account.health;
    expect(await health()).toMatchObject({ status: 'failing', problem: { kind: 'expired' } });
    stage.simulator.control.faults.clear();
    expect((await synchronise(stage, accountId)).status).toBe('succeeded');
    expect(await health()).toMatchObject({ status: 'ok', problem: null });
  });

  test('when every listing is refused the run has failed, and the account is not called healthy', async () => {
    // Identity (sts) and regions still answer: the keys end in the middle. By first letters, so that a new service is in.
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const services = [
      ...letters.filter((letter) => letter !== 's').map((letter) => `${letter}*:List*`),
      ...letters.filter((letter) => !'es'.includes(letter)).map((letter) => `${letter}*:*`),
      ...letters.filter((letter) => letter !== 't').map((letter) => `s${letter}*:*`),
      's3:*',
      ...letters.filter((letter) => letter !== 'c').map((letter) => `e${letter}*:*`),
      'ecs:*',
      'ecr:*',
      ...letters.filter((letter) => letter !== 'r').map((letter) => `ec2:Describe${letter.toUpperCase()}*`),
      'ec2:DescribeRo*',
      'ec2:DescribeRes*',
    ];
    stage.simulator.control.addFault({
      effect: { kind: 'error', code: 'ExpiredToken', message: 'expired', status: 403 },
      target: { actions: services },
    });
    const run = await synchronise(stage, accountId);
    expect([run.status, run.vanished]).toEqual(['failed', 0]);
    const { body } = await stage.owner.get(`${stage.base}/accounts/${accountId}`);
    expect(body.account.health).toMatchObject({ status: 'failing', problem: { kind: 'expired' } });
    stage.simulator.control.faults.clear();
    expect((await synchronise(stage, accountId)).status).toBe('succeeded');
  });

  test('a clock that is off is named as that', async () => {
    stage.simulator.control.addFault({
      effect: {
        kind: 'error',
        code: 'SignatureDoesNotMatch',
        message: 'Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z',
        status: 403,
      },
      target: { actions: ['sts:*'] },
    });
    const run = await synchronise(stage, accountId);
    expect([run.status, run.problem.kind]).toEqual(['failed', 'clock_skew']);
  });

  test('names of 255 characters with emoji, and NUL inside tags, are kept as far as text can hold them', async () => {
    const name = '🌍é'.repeat(85).slice(0, 255);
    addVolume(store(), {
      size: 1,
      type: 'gp3',
      zone: 'us-east-1a',
      tags: [
        { Key: 'Name', Value: name },
        { Key: 'odd', Value: 'half \ud83c surrogate' },
      ],
    });
    const run = await synchronise(stage, accountId);
    expect(run).toMatchObject({ status: 'succeeded', appeared: 1 });
    const { body } = await stage.owner.get(`${stage.base}/resources?q=${encodeURIComponent('🌍é🌍é')}`);
    expect(body.items[0].name).toBe(name.toWellFormed());
    const again = await synchronise(stage, accountId);
    expect(again).toMatchObject({ appeared: 0, changed: 0 });
  });

  test('3,000 volumes in one region', async () => {
    for (let n = 0; n < 3000; n += 1)
      addVolume(store('us-west-2'), { size: 10, type: 'gp3', zone: 'us-west-2a' });
    const run = await synchronise(stage, accountId);
    expect(run).toMatchObject({ status: 'succeeded', appeared: 3000 });
    expect(await count('type=aws.ec2.volume&region=us-west-2')).toBe(3000);
    const { rows } = await stage.sql.query(
      "select count(*)::int as n from inventory.change c join inventory.resource r on r.id = c.resource_id where r.region = 'us-west-2' and r.type = 'aws.ec2.volume'",
    );
    expect(rows[0].n).toBe(3000);
    expect(await synchronise(stage, accountId)).toMatchObject({
      status: 'succeeded',
      appeared: 0,
      changed: 0,
    });
  });

  test('an account that is switched off in the middle of a run ends it', async () => {
    stage.simulator.control.addFault({ effect: { kind: 'latency', milliseconds: 300 } });
    const started = await stage.owner.post(`${stage.base}/sync-runs`, { accountIds: [accountId] });
    const runId = started.body.items[0].id;
    await eventually(
      () => stage.owner.get(`${stage.base}/sync-runs/${runId}`),
      ({ body }) => body.scopesTotal > 0,
    );
    await stage.owner.call('PATCH', `${stage.base}/accounts/${accountId}`, { enabled: false });
    const run = await finished(stage, runId);
    expect(['partial', 'failed']).toContain(run.status);
    expect(run.vanished).toBe(0);
    const before = stage.simulator.control.requests.total;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(stage.simulator.control.requests.total).toBe(before);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FaultSpec } from '../../../../../../../packages/simulator/src/control/faults.ts';
import { connectAccount, startCloudStage, type CloudStage } from '../../../../../test/support/cloud.ts';
import { descriptorOf } from '../plan.ts';
import { Crash, Driver, newRun } from './driver.ts';
import { Estate, type Planted } from './estate.ts';

// Every call of every kind of action goes wrong in every way the simulator knows, for a while and for good. The action
// must come to one of the known ends, the cloud must be as the record says, and what needs a person must be mendable:
// with the fault gone, undo brings back what was.

const ways: Readonly<Record<string, Omit<FaultSpec, 'target'>>> = {
  'denied for good': { effect: { kind: 'deny' } },
  'throttled twice': { effect: { kind: 'throttle' }, times: 2 },
  'throttled for good': { effect: { kind: 'throttle' } },
  'a 500 once': { effect: { kind: 'html-error', status: 500 }, times: 1 },
  'a 500 for good': { effect: { kind: 'html-error', status: 500 } },
  'reset after the work': { effect: { kind: 'reset-after-work' }, times: 1 },
  'reset after the work, always': { effect: { kind: 'reset-after-work' } },
};

// The others are parts of these: `stop` of `resize`, a deletion with a snapshot of the one that detaches before.
const kinds = ['resize', 'modify', 'retention', 'detach_snapshot_delete', 'quarantine'];

describe('an action on a bad day of the provider', () => {
  let stage: CloudStage;
  let estate: Estate;
  let driver: Driver;

  beforeAll(async () => {
    stage = await startCloudStage({ work: false });
    estate = new Estate(stage.simulator);
    const account = await connectAccount(stage);
    const workspaceId = await stage.atlas.application.services.tenancy.workspaceId(
      stage.organizationId,
      'main',
    );
    driver = new Driver(stage, estate.connect(), account.id, workspaceId ?? '');
  });
  afterEach(() => stage.simulator.control.faults.clear());
  afterAll(() => stage.close());

  function plant(kind: string): Planted {
    const planted = estate.kinds[kind]?.();
    if (planted === undefined) throw new Error(kind);
    return planted;
  }

  async function status(id: string): Promise<string> {
    return (await driver.load(id)).action.status;
  }

  /** IAM names of what a kind calls while it is applied, or undone. */
  async function callsOf(
    kind: string,
  ): Promise<{ apply: string[]; undo: string[]; before: string; after: string }> {
    const planted = plant(kind);
    const before = await planted.state();
    const id = await driver.place(await driver.recommend(planted));
    const { requests } = stage.simulator.control;
    requests.clear();
    await driver.drive('apply', newRun(), id);
    const apply = actions();
    const after = await planted.state();
    expect(['applied', 'quarantined']).toContain(await status(id));
    await driver.pressUndo(id);
    stage.simulator.control.advance(7 * 3600);
    requests.clear();
    await driver.drive('undo', newRun(), id);
    expect([await status(id), await planted.state()]).toEqual(['undone', before]);
    return { apply, undo: actions(), before, after };
  }

  function actions(): string[] {
    const seen = stage.simulator.control.requests
      .list()
      .map(({ service, operation }) => `${service}:${operation}`);
    return [...new Set(seen)].filter((action) => !action.startsWith('sts:'));
  }

  /**
   * Every call that the record says is in force is in force at the provider, and none that it says is not. Passing
   * states (stopped, to be started again) are told by the whole: only lasting effects and the last call are asked.
   */
  async function expectTrue(id: string, what: string): Promise<void> {
    const { action, apply, undo } = await driver.load(id);
    const back = new Set(
      undo.flatMap((step) => (['done', 'already'].includes(step.status) ? [step.undoes] : [])),
    );
    const uncertain = [...apply, ...undo].some(
      ({ status: now, sent_at: sent }) => ['running', 'failed', 'undo_failed'].includes(now) && sent !== null,
    );
    if (uncertain) {
      expect(action.attention, what).not.toBeNull();
      return;
    }
    const force = apply.filter((step) => step.status === 'done' && !back.has(step.position));
    for (const [index, step] of force.entries()) {
      const descriptor = descriptorOf(driver.connection.operations, step.target.type, step.operation);
      if (descriptor?.until !== undefined && index < force.length - 1) continue;
      const { happened } = await driver.connection.reconcileOperation({
        operation: step.operation,
        resource: step.target,
        parameters: step.parameters,
        clientToken: step.token,
      });
      expect(happened, `${what}; ${step.operation} as recorded`).not.toBe('no');
    }
  }

  for (const kind of kinds) {
    test(`${kind}: whatever call goes wrong in whatever way`, async () => {
      const { apply, undo, before, after } = await callsOf(kind);
      const ends: Record<string, number> = {};
      for (const [way, fault] of Object.entries(ways)) {
        for (const action of apply) {
          const planted = plant(kind);
          const id = await driver.place(await driver.recommend(planted));
          stage.simulator.control.addFault({ ...fault, target: { actions: [action] } });
          await driver.drive('apply', newRun(), id);
          stage.simulator.control.faults.clear();
          const end = await status(id);
          const what = `${kind}: ${action} ${way}: ${end}`;
          ends[end] = (ends[end] ?? 0) + 1;
          if (end === 'failed') expect(await planted.state(), what).toBe(before);
          else if (end === 'needs_attention') {
            await expectTrue(id, what);
            expect((await driver.load(id)).action.attention?.['pt-BR'], what).not.toBe('');
            // The fault is gone: undo brings back what was.
            stage.simulator.control.advance(7 * 3600);
            await driver.pressUndo(id);
            await driver.drive('undo', newRun(), id);
            expect([what, await status(id), await planted.state()]).toEqual([what, 'undone', before]);
          } else {
            expect(['applied', 'quarantined'], what).toContain(end);
            expect(await planted.state(), what).toBe(after);
          }
        }
        for (const action of undo) {
          const planted = plant(kind);
          const id = await driver.place(await driver.recommend(planted));
          await driver.drive('apply', newRun(), id);
          stage.simulator.control.advance(7 * 3600);
          await driver.pressUndo(id);
          stage.simulator.control.addFault({ ...fault, target: { actions: [action] } });
          await driver.drive('undo', newRun(), id);
          stage.simulator.control.faults.clear();
          const end = await status(id);
          const what = `undo of ${kind}: ${action} ${way}: ${end}`;
          ends[end] = (ends[end] ?? 0) + 1;
          if (end === 'undone') expect(await planted.state(), what).toBe(before);
          else if (end === 'applied') expect(await planted.state(), what).toBe(after);
          else expect(end, what).toBe('needs_attention');
          if (end !== 'undone') {
            await expectTrue(id, what);
            await driver.pressUndo(id);
            await driver.drive('undo', newRun(), id);
            expect([what, await status(id), await planted.state()]).toEqual([what, 'undone', before]);
          }
        }
      }
      // The loop has seen both good and bad ends, or it proves nothing.
      expect(Object.keys(ends).length).toBeGreaterThan(2);
    }, 240_000);

    test(`${kind}: a call that is accepted and never takes effect`, async () => {
      const operations = (await driver.load(await applied(kind))).apply.filter(({ later }) => !later);
      for (const { operation } of operations) {
        const planted = plant(kind);
        const before = await planted.state();
        const id = await driver.place(await driver.recommend(planted));
        await driver.drive('apply', newRun(), id, { ignores: operation });
        expect([operation, await status(id), await planted.state()]).toEqual([operation, 'failed', before]);
        expect((await driver.load(id)).action.message).toMatch(/did not take effect/);
      }
    }, 120_000);
  }

  async function applied(kind: string): Promise<string> {
    const id = await driver.place(await driver.recommend(plant(kind)));
    await driver.drive('apply', newRun(), id);
    return id;
  }

  test.each([
    ['resize', 'ec2:StartInstances'],
    ['detach_snapshot_delete', 'ec2:DeleteVolume'],
  ])(
    '%s: the process dies after every effect of taking back what was done half way',
    async (kind, action) => {
      let died = true;
      for (let effect = 1; died; effect += 1) {
        const planted = plant(kind);
        const before = await planted.state();
        const id = await driver.place(await driver.recommend(planted));
        // Refused once: the way forward fails, the way back does not.
        stage.simulator.control.addFault({
          effect: { kind: 'deny' },
          times: 1,
          target: { actions: [action] },
        });
        const run = newRun();
        died = false;
        try {
          await driver.drive('apply', run, id, { crashAfter: effect });
        } catch (error) {
          if (!(error instanceof Crash)) throw error;
          died = true;
          await driver.drive('apply', run, id);
        }
        stage.simulator.control.faults.clear();
        expect([effect, await status(id), await planted.state()]).toEqual([effect, 'failed', before]);
      }
    },
    120_000,
  );
});

import { expect } from 'vitest';
import type { FaultSpec } from '../../../../../../../packages/simulator/src/control/faults.ts';
import type { CloudStage } from '../../../../../test/support/cloud.ts';
import { descriptorOf } from '../plan.ts';
import { newRun, type Driver } from './driver.ts';
import type { Planted } from './estate.ts';

type Ways = Readonly<Record<string, Omit<FaultSpec, 'target'>>>;

const ways: Ways = {
  'denied for good': { effect: { kind: 'deny' } },
  'throttled twice': { effect: { kind: 'throttle' }, times: 2 },
  'throttled for good': { effect: { kind: 'throttle' } },
  'a 500 once': { effect: { kind: 'html-error', status: 500 }, times: 1 },
  'a 500 for good': { effect: { kind: 'html-error', status: 500 } },
  'reset after the work': { effect: { kind: 'reset-after-work' }, times: 1 },
  'reset after the work, always': { effect: { kind: 'reset-after-work' } },
};

/** What a bad day needs to know of a provider. */
export interface Place {
  readonly stage: CloudStage;
  readonly driver: Driver;
  plant(kind: string): Planted;
  /** Targets of faults for the calls that the simulator has served since its log was cleared. */
  calls(): readonly string[];
  /** What else can go wrong here, and to which calls. */
  readonly more?: { readonly ways: Ways; readonly calls: RegExp };
}

/** Disturbs actions of a provider in every way the simulator knows. */
export class BadDay {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  async #status(id: string): Promise<string> {
    return (await this.#place.driver.load(id)).action.status;
  }

  /** IAM names of what a kind calls while it is applied, or undone. */
  async #callsOf(kind: string): Promise<{ apply: string[]; undo: string[]; before: string; after: string }> {
    const { stage, driver } = this.#place;
    const planted = this.#place.plant(kind);
    const before = await planted.state();
    const id = await driver.place(await driver.recommend(planted));
    const { requests } = stage.simulator.control;
    requests.clear();
    await driver.drive('apply', newRun(), id);
    const apply = [...new Set(this.#place.calls())];
    const after = await planted.state();
    expect(['applied', 'quarantined']).toContain(await this.#status(id));
    await driver.pressUndo(id);
    stage.simulator.control.advance(7 * 3600);
    requests.clear();
    await driver.drive('undo', newRun(), id);
    expect([await this.#status(id), await planted.state()]).toEqual(['undone', before]);
    return { apply, undo: [...new Set(this.#place.calls())], before, after };
  }

  /**
   * Every call that the record says is in force is in force at the provider, and none that it says is not. Passing
   * states (stopped, to be started again) are told by the whole: only lasting effects and the last call are asked.
   */
  async #expectTrue(id: string, what: string): Promise<void> {
    const { driver } = this.#place;
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

  /**
   * Whatever call goes wrong in whatever way: the action comes to a known end, and what a person must see to can be mended.
   * @returns the ends that were seen
   */
  async disturbEveryCall(kind: string): Promise<readonly string[]> {
    const { stage, driver } = this.#place;
    const { apply, undo, before, after } = await this.#callsOf(kind);
    const ends: Record<string, number> = {};
    const { more } = this.#place;
    for (const [way, fault] of Object.entries({ ...ways, ...more?.ways })) {
      const hit = (action: string) => Object.hasOwn(ways, way) || more?.calls.test(action) === true;
      for (const action of apply.filter(hit)) {
        const planted = this.#place.plant(kind);
        const id = await driver.place(await driver.recommend(planted));
        stage.simulator.control.addFault({ ...fault, target: { actions: [action] } });
        await driver.drive('apply', newRun(), id);
        stage.simulator.control.faults.clear();
        const end = await this.#status(id);
        const what = `${kind}: ${action} ${way}: ${end}`;
        ends[end] = (ends[end] ?? 0) + 1;
        if (end === 'failed') expect(await planted.state(), what).toBe(before);
        else if (end === 'needs_attention') {
          await this.#expectTrue(id, what);
          expect((await driver.load(id)).action.attention?.['pt-BR'], what).not.toBe('');
          // The fault is gone: undo brings back what was.
          stage.simulator.control.advance(7 * 3600);
          await driver.pressUndo(id);
          await driver.drive('undo', newRun(), id);
          expect([what, await this.#status(id), await planted.state()]).toEqual([what, 'undone', before]);
        } else {
          expect(['applied', 'quarantined'], what).toContain(end);
          expect(await planted.state(), what).toBe(after);
        }
      }
      for (const action of undo.filter(hit)) {
        const planted = this.#place.plant(kind);
        const id = await driver.place(await driver.recommend(planted));
        await driver.drive('apply', newRun(), id);
        stage.simulator.control.advance(7 * 3600);
        await driver.pressUndo(id);
        stage.simulator.control.addFault({ ...fault, target: { actions: [action] } });
        await driver.drive('undo', newRun(), id);
        stage.simulator.control.faults.clear();
        const end = await this.#status(id);
        const what = `undo of ${kind}: ${action} ${way}: ${end}`;
        ends[end] = (ends[end] ?? 0) + 1;
        if (end === 'undone') expect(await planted.state(), what).toBe(before);
        else if (end === 'applied') expect(await planted.state(), what).toBe(after);
        else expect(end, what).toBe('needs_attention');
        if (end !== 'undone') {
          await this.#expectTrue(id, what);
          await driver.pressUndo(id);
          await driver.drive('undo', newRun(), id);
          expect([what, await this.#status(id), await planted.state()]).toEqual([what, 'undone', before]);
        }
      }
    }
    return Object.keys(ends);
  }

  /** A call that is accepted and never takes effect is noticed, and the action fails without a trace. @returns the calls */
  async ignoreEveryCall(kind: string): Promise<readonly string[]> {
    const { driver } = this.#place;
    const operations = (await driver.load(await this.#applied(kind))).apply.filter(({ later }) => !later);
    for (const { operation } of operations) {
      const planted = this.#place.plant(kind);
      const before = await planted.state();
      const id = await driver.place(await driver.recommend(planted));
      await driver.drive('apply', newRun(), id, { ignores: operation });
      expect([operation, await this.#status(id), await planted.state()]).toEqual([
        operation,
        'failed',
        before,
      ]);
      expect((await driver.load(id)).action.message).toMatch(/did not take effect/);
    }
    return operations.map(({ operation }) => operation);
  }

  async #applied(kind: string): Promise<string> {
    const { driver } = this.#place;
    const id = await driver.place(await driver.recommend(this.#place.plant(kind)));
    await driver.drive('apply', newRun(), id);
    return id;
  }
}

import type { Connection } from '../../../../../../../packages/cloud/src/contract.ts';
import type { OperationResult } from '../../../../../../../packages/cloud/src/operations.ts';
import type { CloudStage } from '../../../../../test/support/cloud.ts';
import { ManualClock } from '../../../../platform/clock/clock.ts';
import { newId } from '../../../../platform/ids/ids.ts';
import {
  NonRetryableError,
  type StepContext,
  type WorkflowDefinition,
} from '../../../../platform/workflow/workflow.ts';
import { createApplyWorkflow } from '../apply.ts';
import { createFinalizeWorkflow } from '../finalize.ts';
import { foundOf } from '../found.ts';
import { createActionJournal, type LoadedAction } from '../journal.ts';
import { createOutcomes } from '../outcome.ts';
import { createPairKeeper } from '../pairs.ts';
import type { WorkflowDeps } from '../parts.ts';
import { placeAction } from '../place.ts';
import type { ActionTables } from '../tables.ts';
import { createUndoWorkflow } from '../undo.ts';
import type { Planted } from './estate.ts';

/** The process dies here: everything in memory is gone, what was written or sent stays. */
export class Crash extends Error {}

class Sleep extends Error {
  readonly until: Date;
  constructor(until: Date) {
    super('sleeps');
    this.until = until;
  }
}

export type WorkflowName = 'apply' | 'undo' | 'finalize';

const reads = new Set([
  'load',
  'loadIn',
  'before',
  'parametersOf',
  'inspect',
  'reconcileOperation',
  'rehearse',
]);

/** How the calls of one life of the process are disturbed. */
export interface Disturbance {
  /**
   * Dies after so many effects: writes of the journal and orders to the provider. Dying after a read is the same as
   * dying after the effect before it, since nothing in memory survives.
   */
  crashAfter?: number;
  /** Operation whose first order the provider accepts without doing anything. */
  ignores?: string;
}

/** What a run's journal keeps of its steps, as the platform's executor does. */
export interface RunState {
  phase: 'forward' | 'undo';
  results: Map<string, unknown>;
  /** Steps to be undone, last first. */
  left: string[];
  /** Ended; further driving does nothing. */
  over: boolean;
  failures: number;
}

export function newRun(): RunState {
  return { phase: 'forward', results: new Map(), left: [], over: false, failures: 0 };
}

/**
 * Carries workflows of actions through in process, fast: sleeping moves the clock, a crash throws away everything in
 * memory, the next life goes on from what was written. The workflows, the journal, the database and the adapter are
 * the product's own; only the platform's executor, which has its tests elsewhere, is played by hand.
 */
export class Driver {
  readonly stage: CloudStage;
  readonly clock: ManualClock;
  readonly connection: Connection;
  readonly accountId: string;
  readonly workspaceId: string;
  /** Effects of the last life. */
  effects = 0;

  constructor(stage: CloudStage, connection: Connection, accountId: string, workspaceId: string) {
    this.stage = stage;
    this.connection = connection;
    this.accountId = accountId;
    this.workspaceId = workspaceId;
    this.clock = new ManualClock(new Date());
  }

  get #platform() {
    return { ...this.stage.atlas.application.platform, clock: this.clock };
  }

  get db() {
    return this.#platform.db.withTables<ActionTables>();
  }

  /** The parts as one life of a process has them. */
  #deps(disturbance: Disturbance): WorkflowDeps {
    const platform = this.#platform;
    const { audit, schedules } = this.stage.atlas.application.services;
    this.effects = 0;
    const counted = <T extends object>(target: T): T =>
      new Proxy(target, {
        get: (object, name) => {
          const value: unknown = Reflect.get(object, name, object);
          if (typeof value !== 'function') return value;
          return async (...given: unknown[]): Promise<unknown> => {
            const answer: unknown = await Reflect.apply(value, object, given);
            if (!reads.has(String(name))) this.effects += 1;
            else return answer;
            if (this.effects === disturbance.crashAfter) throw new Crash();
            return answer;
          };
        },
      });
    const connection = counted(ignoring(this.connection, disturbance.ignores));
    const outcomes = createOutcomes(platform, this.db, audit);
    return {
      clock: this.clock,
      journal: counted(createActionJournal(platform, this.db)),
      outcomes: { ...outcomes, turn: counted({ turn: outcomes.turn }).turn },
      pairs: counted(createPairKeeper(this.clock, this.db, schedules)),
      accounts: {
        factsOf: (scope, accountId) =>
          this.stage.atlas.application.services.accounts.factsOf(scope, accountId),
        withConnection: async (scope, accountId, work) => {
          const facts = await this.stage.atlas.application.services.accounts.factsOf(scope, accountId);
          return work(connection, facts);
        },
      },
      refresh: async () => undefined,
    };
  }

  /**
   * One life of the process working on a run, to the run's end.
   * @throws Crash
   */
  async drive(
    name: WorkflowName,
    run: RunState,
    actionId: string,
    disturbance: Disturbance = {},
  ): Promise<void> {
    const deps = this.#deps(disturbance);
    const definition = {
      apply: createApplyWorkflow,
      undo: createUndoWorkflow,
      finalize: createFinalizeWorkflow,
    }[name](deps);
    for (let turns = 0; !run.over; turns += 1) {
      if (turns > 2000) throw new Error(`${name} does not come to an end`);
      await this.#advance(definition, run, { actionId });
    }
  }

  async #advance(
    definition: WorkflowDefinition<{ actionId: string }>,
    run: RunState,
    input: { actionId: string },
  ) {
    const { steps } = definition;
    const context = this.#context();
    if (run.phase === 'forward') {
      const next = steps.find(({ id }) => !run.results.has(id));
      if (next === undefined) {
        run.over = true;
        return;
      }
      try {
        const results = Object.fromEntries(run.results);
        run.results.set(next.id, (await next.run(context, input, results)) ?? null);
        run.failures = 0;
      } catch (error) {
        if (this.#slept(error)) return;
        run.failures += 1;
        if (!(error instanceof NonRetryableError) && run.failures < (next.retry?.attempts ?? 3)) return;
        run.phase = 'undo';
        run.failures = 0;
        const index = steps.indexOf(next);
        run.left = steps.slice(0, index + 1).map(({ id }) => id);
      }
      return;
    }
    const id = run.left.at(-1);
    const step = steps.find((each) => each.id === id);
    if (step === undefined) {
      run.over = true;
      return;
    }
    try {
      await step.undo?.(context, input, run.results.get(step.id));
      run.left.pop();
    } catch (error) {
      if (this.#slept(error)) return;
      run.failures += 1;
      if (run.failures >= (step.retry?.attempts ?? 3)) run.over = true;
    }
  }

  #slept(error: unknown): boolean {
    if (error instanceof Crash) throw error;
    if (!(error instanceof Sleep)) return false;
    this.clock.advance(Math.max(1000, error.until.getTime() - Date.now()));
    return true;
  }

  #context(): StepContext {
    return {
      runId: newId(),
      organizationId: this.stage.organizationId,
      workspaceId: this.workspaceId,
      startedBy: null,
      stepId: '',
      stepKey: newId(),
      attempt: 1,
      signal: new AbortController().signal,
      log: this.#platform.log,
      sleepUntil(until) {
        throw new Sleep(until);
      },
    };
  }

  /** Writes a recommendation about something planted, as a scan would. @returns its id */
  async recommend(planted: Planted, more: { ruleId?: string; monthly?: string } = {}): Promise<string> {
    const resource = await this.connection.inspect(planted.ref);
    return recommend(this.stage, this.accountId, this.workspaceId, planted, {
      ...more,
      name: resource.name,
      fingerprint: foundOf(resource),
    });
  }

  /** Asks for an action; its workflow is not started but for being driven. @returns the action's id */
  async place(recommendationId: string): Promise<string> {
    const scope = { organizationId: this.stage.organizationId, workspaceId: this.workspaceId };
    const platform = this.#platform;
    const { accounts, audit } = this.stage.atlas.application.services;
    // Nobody else may carry it through.
    const workflows = { ...platform.workflows, start: async () => '' };
    const placed = await placeAction(
      { clock: platform.clock, db: platform.db, workflows },
      createOutcomes(platform, this.db, audit),
      scope,
      await accounts.factsOf(scope, this.accountId),
      recommendationId,
      {
        trigger: 'manual',
        policyId: null,
        userId: newId(),
        label: 'Test',
        note: '',
        ip: null,
        requestId: null,
        idempotencyKey: newId(),
      },
      null,
    );
    if ('refused' in placed) throw new Error(placed.refused);
    return placed.action.id;
  }

  /** A person presses undo. */
  async pressUndo(actionId: string): Promise<void> {
    await this.db.inTenant({ organizationId: this.stage.organizationId }, (tx) =>
      tx
        .updateTable('finops.action')
        .set((eb) => ({ status: 'undoing', undo_round: eb('undo_round', '+', 1), undo_by_label: 'Test' }))
        .where('id', '=', actionId)
        .execute(),
    );
  }

  /** The quarantine's time is over. */
  async endQuarantine(actionId: string): Promise<void> {
    await this.db.inTenant({ organizationId: this.stage.organizationId }, (tx) =>
      tx.updateTable('finops.action').set({ status: 'running' }).where('id', '=', actionId).execute(),
    );
  }

  async load(actionId: string): Promise<LoadedAction> {
    const found = await createActionJournal(this.#platform, this.db).load(
      this.stage.organizationId,
      actionId,
    );
    if (found === undefined) throw new Error('no action');
    return found;
  }
}

/** The connection of a provider that accepts some calls without doing them. */
function ignoring(connection: Connection, ignores: Disturbance['ignores']): Connection {
  if (ignores === undefined) return connection;
  let order: string | undefined;
  const operate: Connection['operate'] = async (request) => {
    if (request.operation === ignores) order ??= request.clientToken;
    if (request.clientToken !== order) return connection.operate(request);
    const { undo, created } = await connection.rehearse(request);
    const accepted: OperationResult = { status: 'accepted', created: [...created] };
    return undo === undefined ? accepted : { ...accepted, undo };
  };
  return new Proxy(connection, {
    get(target, name) {
      if (name === 'operate') return operate;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** Writes a recommendation straight into the table. */
export async function recommend(
  stage: CloudStage,
  accountId: string,
  workspaceId: string,
  planted: Pick<Planted, 'ref' | 'action' | 'undoClass'>,
  more: {
    name: string;
    fingerprint: object;
    ruleId?: string;
    monthly?: string;
    resourceId?: string;
    costConverted?: string;
  },
): Promise<string> {
  const id = newId();
  const now = new Date();
  const monthly = more.monthly ?? '60';
  const { platform } = stage.atlas.application;
  const db = platform.db.withTables<ActionTables>();
  await db.inTenant({ organizationId: stage.organizationId }, (tx) =>
    tx
      .insertInto('finops.recommendation')
      .values({
        organization_id: stage.organizationId,
        id,
        workspace_id: workspaceId,
        account_id: accountId,
        rule_id: more.ruleId ?? 'test-rule',
        resource_id: more.resourceId ?? newId(),
        native_id: planted.ref.nativeId,
        provider: 'aws',
        category: 'idle',
        region: planted.ref.region,
        name: more.name,
        resource: JSON.stringify({ ...planted.ref, name: more.name, state: 'running', tags: {} }),
        status: 'open',
        priority: 'high',
        monthly,
        currency: 'USD',
        monthly_converted: monthly,
        counted_monthly: monthly,
        claims: 'all',
        cost_monthly: null,
        cost_currency: null,
        cost_converted: more.costConverted ?? null,
        confidence: 'high',
        effort: 'low',
        restart: false,
        undo_class: planted.undoClass,
        finding: JSON.stringify({
          method: 'M1',
          why: { en: '', 'pt-BR': '' },
          explanation: { en: '', 'pt-BR': '' },
          current: [],
          recommended: [],
          evidence: [],
        }),
        action: JSON.stringify(planted.action),
        fingerprint: JSON.stringify(more.fingerprint),
        kept: null,
        first_seen_at: now,
        last_seen_at: now,
        assignee_id: null,
        dismissal: null,
        dismissed_until: null,
        action_id: null,
        applied_at: null,
        search: more.name.toLowerCase(),
      })
      .execute(),
  );
  return id;
}

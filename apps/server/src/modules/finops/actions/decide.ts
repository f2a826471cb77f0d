import type { ActionDetail } from '@cloudatlas/contracts/finops-actions';
import type { AccountsService } from '#modules/accounts/index.ts';
import { actorOf } from '#modules/audit/index.ts';
import { violates, type Database } from '#platform/db/database.ts';
import { AppError } from '#platform/errors/app-error.ts';
import type { WorkspaceContext } from '#platform/http/context.ts';
import type { Platform } from '#platform/module.ts';
import { scopeOf } from '../scope-of.ts';
import { expiryOf } from './approvals.ts';
import { undoAction } from './kinds.ts';
import { findAction, type createActionList } from './list.ts';
import type { Outcomes } from './outcome.ts';
import { accountBlock, refusal } from './blocked.ts';
import { operationsOf, startApply } from './place.ts';
import { featuresFor } from './plan.ts';
import type { ActionRecord, ActionTables } from './tables.ts';

/** What people decide about actions that exist: consent, refusal, withdrawal, undo. */
export function createDecisions(
  platform: Pick<Platform, 'clock' | 'workflows'>,
  db: Database<ActionTables>,
  accounts: Pick<AccountsService, 'factsOf'>,
  outcomes: Outcomes,
  list: ReturnType<typeof createActionList>,
) {
  const { clock, workflows } = platform;

  async function decide(
    context: WorkspaceContext,
    actionId: string,
    note: string,
    to: 'running' | 'rejected',
  ): Promise<ActionDetail> {
    const scope = scopeOf(context);
    const { actor } = actorOf(context);
    await db.inTenant(scope, async (tx) => {
      const action = await findAction(tx, scope, actionId);
      if (to === 'running' && action.requested_by === context.principal.userId)
        throw new AppError('forbidden', 'Another person than the one who asked must approve.');
      if (to === 'running' && action.status === 'waiting' && expiryOf(action) <= clock.now())
        throw new AppError('conflict', 'The time to decide about this request is over.');
      const turned = await outcomes.turnIn(tx, action.id, {
        from: ['waiting'],
        to,
        set: {
          decided_by: context.principal.userId,
          decided_by_label: actor.label,
          decided_at: clock.now(),
          decision_note: note,
          ...(to === 'rejected' ? { finished_at: clock.now() } : {}),
        },
        ...(to === 'rejected' ? { recommendation: 'open' as const } : { event: 'started' as const }),
        audit: to === 'rejected' ? 'rejected' : 'approved',
        actor,
      });
      if (turned === undefined)
        throw new AppError('conflict', 'The action does not wait for a decision any more.');
      if (to === 'running') await startApply(tx, platform, turned);
    });
    return list.get(scope, actionId);
  }

  /** What the account's owner has switched off while the action waited is not done. @throws AppError `conflict` */
  async function requireAccount(context: WorkspaceContext, actionId: string): Promise<void> {
    const scope = scopeOf(context);
    const { action, steps } = await db.inTenant(scope, async (tx) => {
      const found = await findAction(tx, scope, actionId);
      const written = await tx
        .selectFrom('finops.action_step')
        .select(['operation', 'target', 'parameters', 'calls', 'later'])
        .where('action_id', '=', found.id)
        .where('phase', '=', 'apply')
        .execute();
      return { action: found, steps: written };
    });
    const account = await accounts.factsOf(scope, action.account_id);
    const block = accountBlock(account, featuresFor(steps, await operationsOf(action.provider)));
    if (block !== null) throw refusal(block, account);
  }

  return {
    async approve(context: WorkspaceContext, actionId: string, note: string): Promise<ActionDetail> {
      await requireAccount(context, actionId);
      return decide(context, actionId, note, 'running');
    },
    reject: (context: WorkspaceContext, actionId: string, note: string) =>
      decide(context, actionId, note, 'rejected'),

    /** Whoever asked takes the request back while nobody has decided about it. */
    async withdraw(context: WorkspaceContext, actionId: string): Promise<ActionDetail> {
      const scope = scopeOf(context);
      await db.inTenant(scope, async (tx) => {
        const action = await findAction(tx, scope, actionId);
        if (action.requested_by !== context.principal.userId)
          throw new AppError('forbidden', 'Only the person who asked can withdraw a request.');
        const turned = await outcomes.turnIn(tx, action.id, {
          from: ['waiting'],
          to: 'withdrawn',
          set: { finished_at: clock.now() },
          recommendation: 'open',
          event: 'withdrawn',
          audit: 'withdrawn',
          actor: actorOf(context).actor,
        });
        if (turned === undefined)
          throw new AppError('conflict', 'The action does not wait for a decision any more.');
      });
      return list.get(scope, actionId);
    },

    /** Starts taking an action back. Pressed twice it is one undo. */
    async undo(context: WorkspaceContext, actionId: string): Promise<ActionDetail> {
      const scope = scopeOf(context);
      try {
        await db.inTenant(scope, async (tx) => {
          const action = await findAction(tx, scope, actionId);
          if (action.status === 'undoing' || action.undo_pending) return;
          refuseUndo(action, clock.now());
          const { actor } = actorOf(context);
          const turned = await outcomes.turnIn(tx, action.id, {
            from: ['applied', 'quarantined', 'needs_attention'],
            to: 'undoing',
            set: {
              undo_round: action.undo_round + 1,
              undo_by: context.principal.userId,
              undo_by_label: actor.label,
              message: null,
            },
            audit: 'undo_requested',
            actor,
          });
          // Somebody else was a moment faster.
          if (turned === undefined) return;
          await workflows.start(tx, undoAction, {
            organizationId: scope.organizationId,
            workspaceId: scope.workspaceId,
            key: `undo ${action.id} ${turned.undo_round}`,
            input: { actionId: action.id },
            startedBy: context.principal.userId,
          });
        });
      } catch (error) {
        if (!violates(error, 'action_open')) throw error;
        throw new AppError('conflict', 'Another action on this resource is under way; undo when it is over.');
      }
      return list.get(scope, actionId);
    },
  };
}

/** @throws AppError `conflict` with what a person should know */
function refuseUndo(action: ActionRecord, now: Date): void {
  const { status, undo_until: until, undo_from: from } = action;
  if (status === 'needs_attention') return;
  if (status !== 'applied' && status !== 'quarantined') {
    const text =
      status === 'final'
        ? 'The 24 hours in which this could be undone are over.'
        : `An action that is ${status.replace('_', ' ')} cannot be undone.`;
    throw new AppError('conflict', text);
  }
  if (until === null) throw new AppError('conflict', 'This action has no way back.');
  if (now > until)
    throw new AppError(
      'conflict',
      `The 24 hours in which this could be undone were over on ${until.toISOString()}.`,
      { meta: { undoUntil: until.toISOString() } },
    );
  if (from !== null && now < from)
    throw new AppError(
      'conflict',
      `The provider allows the way back from ${from.toISOString()} on; ask again then.`,
      { meta: { undoFrom: from.toISOString() } },
    );
}

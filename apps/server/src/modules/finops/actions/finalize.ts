import type { Resource } from '@cloudatlas/cloud/resource';
import { CloudError } from '@cloudatlas/cloud/errors';
import { AppError } from '#platform/errors/app-error.ts';
import { defineWorkflow, NonRetryableError, step } from '#platform/workflow/workflow.ts';
import { askWhether, carry } from './carry.ts';
import { accountBlock, refusal } from './blocked.ts';
import { differenceOf, foundOf } from './found.ts';
import type { LoadedAction } from './journal.ts';
import { finalizeAction } from './kinds.ts';
import {
  guarded,
  inspect,
  refreshStep,
  retry,
  type Context,
  type Input,
  type WorkflowDeps,
} from './parts.ts';
import type { Turnover } from './outcome.ts';
import { operationsOf } from './place.ts';
import { featuresFor, isMarked } from './plan.ts';
import type { ActionRecord } from './tables.ts';
import { needsAttention } from './turnovers.ts';

/** Deletes at the end of a quarantine, if everything still is as the quarantine left it. */
export function createFinalizeWorkflow(deps: WorkflowDeps) {
  const { journal, outcomes } = deps;
  return defineWorkflow<Input>({
    ...finalizeAction,
    steps: [
      step<Input, null>('check', {
        retry,
        run: (context, { actionId }) =>
          guarded(deps, context, actionId, async (loaded, connection) => {
            const { action } = loaded;
            const now = await inspect(connection, action.resource, context.signal);
            if (now !== undefined) await requireAccount(deps, loaded);
            const reason = now === undefined ? null : reasonToKeep(action, now);
            if (reason === null) return null;
            await outcomes.turn(action, needsAttention(deps, loaded, 'quarantine_left', reason));
            throw new NonRetryableError(reason);
          }),
        async undo(context, { actionId }) {
          const loaded = await journal.load(context.organizationId, actionId);
          if (loaded?.action.status !== 'running') return;
          const message = loaded.action.message ?? '';
          await outcomes.turn(loaded.action, needsAttention(deps, loaded, 'deletion', message));
        },
      }),
      step<Input, null>('delete', {
        retry,
        async run(context, { actionId }) {
          const loaded = await journal.load(context.organizationId, actionId);
          if (loaded?.action.status !== 'running') return null;
          for (const each of loaded.apply.filter(({ later }) => later))
            await carry(deps, context, loaded.action, each, []);
          return null;
        },
        async undo(context, { actionId }) {
          const loaded = await journal.load(context.organizationId, actionId);
          if (loaded?.action.status !== 'running') return;
          const failedStep = loaded.apply.find(({ status }) => status === 'failed');
          await outcomes.turn(
            loaded.action,
            (await isDeleted(deps, context, loaded))
              ? final(deps)
              : needsAttention(deps, loaded, 'deletion', failedStep?.message ?? ''),
          );
        },
      }),
      step<Input, null>('close', {
        retry,
        async run(context, { actionId }) {
          const loaded = await journal.load(context.organizationId, actionId);
          if (loaded === undefined) return null;
          await outcomes.turn(loaded.action, final(deps));
          return null;
        },
      }),
      refreshStep(deps),
    ],
  });
}

/** Why something in quarantine must not be deleted; null when it may be. */
function reasonToKeep(action: ActionRecord, now: Resource): string | null {
  if (!isMarked(now.tags)) return 'The quarantine tag was taken away at the provider.';
  const difference = action.left_as === null ? null : differenceOf(action.left_as, foundOf(now));
  return difference === null ? null : `It changed during the quarantine: ${difference}.`;
}

/** What the account's owner has switched off during the quarantine is not done. @throws AppError `conflict` */
async function requireAccount(deps: WorkflowDeps, { action, apply }: LoadedAction): Promise<void> {
  const account = await deps.accounts.factsOf({ organizationId: action.organization_id }, action.account_id);
  const block = accountBlock(account, featuresFor(apply, await operationsOf(action.provider)));
  if (block !== null) throw refusal(block, account);
}

/** Whether the deletion happened although its step failed. Where nobody can tell, it did not. */
async function isDeleted(deps: WorkflowDeps, context: Context, loaded: LoadedAction): Promise<boolean> {
  const { action } = loaded;
  const deletion = loaded.apply.find(({ later, sent_at: sent }) => later && sent !== null);
  if (deletion === undefined) return false;
  try {
    const answer = await deps.accounts.withConnection(
      { organizationId: action.organization_id },
      action.account_id,
      (connection) => askWhether(deps, context, connection, deletion, []),
    );
    return answer.happened === 'yes';
  } catch (error) {
    const answered = error instanceof AppError || (error instanceof CloudError && error.kind !== 'aborted');
    if (!answered) throw error;
    return false;
  }
}

function final({ clock }: WorkflowDeps): Turnover {
  return {
    from: ['running'],
    to: 'final',
    set: { finished_at: clock.now(), message: null, undo_until: null },
    event: 'final',
    audit: 'final',
  };
}

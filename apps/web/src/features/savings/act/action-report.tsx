import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace, workspaceKey } from '@/features/accounts/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { Notice } from '@/ui/form.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { DateTime, Money, RelativeTime } from '@/ui/values.tsx';
import { actionQuery, lookEveryMs, savingsApi, savingsKey, type ActionView } from '../queries.ts';
import { actionTones, isMoving, useLocal } from '../words.ts';
import { Approval } from './approval.tsx';
import { Countdown } from './countdown.tsx';
import { Steps } from './steps.tsx';

/** One action as it goes: where it stands, each call, and the way back. */
export function ActionReport({ actionId }: { actionId: string }) {
  const place = useWorkspacePlace();
  const { data, error, refetch } = useQuery({
    ...actionQuery(place, actionId),
    refetchInterval: ({ state }) =>
      state.data === undefined || isMoving(state.data.status) ? lookEveryMs : false,
  });
  useReadAgain(data);
  if (data !== undefined) return <Loaded action={data} />;
  return error === null ? (
    <SkeletonLines lines={5} />
  ) : (
    <ErrorState error={error} onRetry={() => void refetch()} />
  );
}

/** When an action gets anywhere, what it changed is read again: the finding, the totals, the resource. */
function useReadAgain(action: ActionView | undefined): void {
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const status = action?.status;
  const before = useRef(status);
  useEffect(() => {
    if (before.current !== undefined && before.current !== status) {
      void client.invalidateQueries({ queryKey: savingsKey(place, 'recommendations') });
      void client.invalidateQueries({ queryKey: savingsKey(place, 'actions', 'list') });
      void client.invalidateQueries({ queryKey: workspaceKey(place, 'resources') });
    }
    before.current = status;
  }, [status, client, place]);
}

function Loaded({ action }: { action: ActionView }) {
  const t = useT('savings');
  const local = useLocal();
  const to = useCloudPaths();
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2" role="status">
        <Badge tone={actionTones[action.status]} dot>
          {t(`actionStatus.${action.status}`)}
        </Badge>
        <span className="text-ink-2">{t(`actionSays.${action.status}`)}</span>
      </div>
      {action.attention === null ? null : (
        <Notice tone="danger">
          <p className="font-medium">{t('attention')}</p>
          <p>{local(action.attention)}</p>
        </Notice>
      )}
      {/* What needs a person says it with what to do. */}
      {action.message === null || action.attention !== null ? null : (
        <Notice tone={action.status === 'failed' ? 'danger' : 'neutral'}>{action.message}</Notice>
      )}
      <WayBack action={action} />
      <Approval action={action} />
      {action.steps.length === 0 ? null : <Steps label={t('plan.steps')} steps={action.steps} />}
      {action.undoSteps.some((step) => step.status !== 'pending') ? (
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">{t('plan.undoSteps')}</h3>
          <Steps label={t('plan.undoSteps')} steps={action.undoSteps} />
        </section>
      ) : null}
      {action.realised === null ? null : (
        <p className="text-ink-2">
          {t('realised.measured', { count: action.realised.days })}{' '}
          <Money className="font-medium text-ok-text" {...action.realised.saved} />
        </p>
      )}
      {action.created.length === 0 ? null : (
        <p className="text-xs text-ink-2">
          {t('created')}{' '}
          <span className="font-mono">{action.created.map((ref) => ref.nativeId).join(', ')}</span>
        </p>
      )}
      <p className="text-xs text-ink-3">
        {t(`trigger.${action.trigger}`, { name: action.requestedBy.name })} ·{' '}
        <DateTime at={action.createdAt} /> ·{' '}
        <Link
          to={to.resource(action.resource.id)}
          className="font-medium text-accent-text underline-offset-3 hover:underline"
        >
          {action.resource.name}
        </Link>
      </p>
    </div>
  );
}

/** Undo while it is possible, with the time left; taking back what is in quarantine. */
function WayBack({ action }: { action: ActionView }) {
  const t = useT('savings');
  const client = useQueryClient();
  const place = useWorkspacePlace();
  const { undoUntil, finalAt, undoFrom } = action;
  const [shownAt] = useState(Date.now);
  const quarantined = action.status === 'quarantined';
  const stuck = action.status === 'needs_attention';
  if (action.status !== 'applied' && !quarantined && !stuck) return null;
  if (!stuck && undoUntil === null && !quarantined) return null;
  const until = quarantined ? (finalAt ?? undoUntil) : undoUntil;
  const again = (): void =>
    void client.invalidateQueries({ queryKey: savingsKey(place, 'actions', 'one', action.id) });
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line bg-sunken px-3 py-2">
      <span className="min-w-0 flex-1 basis-48 text-ink-2">
        {stuck ? t('undoAction.stuck') : t(quarantined ? 'undoAction.finalIn' : 'undoAction.left')}{' '}
        {until === null || stuck ? null : <Countdown until={until} onOver={again} />}
        {undoFrom !== null && Date.parse(undoFrom) > shownAt ? (
          <span className="block text-xs">
            {t('undoAction.from')} <RelativeTime at={undoFrom} />
          </span>
        ) : null}
      </span>
      <UndoButton action={action} />
    </div>
  );
}

/** Takes an action back, after a question. */
export function UndoButton({
  action,
  small = false,
}: {
  action: Pick<ActionView, 'id' | 'status' | 'resource' | 'undoClass'>;
  small?: boolean;
}) {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  // Taking back stays open when the plan shrinks.
  const denial = useDenial('finops:apply');
  const [asking, setAsking] = useState(false);
  const label = t(action.status === 'quarantined' ? 'undoAction.takeBack' : 'undoAction.undo');
  return (
    <>
      <Button size={small ? 'sm' : 'md'} disabledReason={denial} onClick={() => setAsking(true)}>
        <Undo2 /> {label}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('undoAction.title', { name: action.resource.name })}
        confirmLabel={label}
        onConfirm={async () => {
          const next = await savingsApi.undo(place, action.id);
          client.setQueryData(actionQuery(place, action.id).queryKey, next);
          void client.invalidateQueries({ queryKey: savingsKey(place, 'actions') });
          void client.invalidateQueries({ queryKey: savingsKey(place, 'recommendations') });
        }}
        explain={explainError}
      >
        <p>{t(`undoAction.text.${action.undoClass}`)}</p>
      </ConfirmDialog>
    </>
  );
}

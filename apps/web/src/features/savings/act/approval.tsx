import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useMe } from '@/app/session.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { RelativeTime } from '@/ui/values.tsx';
import { actionQuery, savingsApi, savingsKey, type ActionView } from '../queries.ts';

/** Who asked and who decided; the decision itself where one is waited for, and the way back for who asked. */
export function Approval({ action }: { action: ActionView }) {
  const t = useT('savings');
  const { approval } = action;
  if (approval === null) return null;
  return (
    <section className="flex flex-col gap-2 rounded-md border border-line px-3 py-2.5">
      <p className="text-ink-2">
        {t('approval.asked', { name: approval.requestedBy.name })}
        {approval.decidedBy === null || approval.decidedAt === null ? null : (
          <>
            {' · '}
            {t(action.status === 'rejected' ? 'approval.rejected' : 'approval.approved', {
              name: approval.decidedBy.name,
            })}{' '}
            <RelativeTime at={approval.decidedAt} />
          </>
        )}
      </p>
      {approval.note === '' ? null : <p className="break-words">{approval.note}</p>}
      {action.expiresAt === null ? null : (
        <p className="text-xs text-ink-2">
          {t('approval.expires')} <RelativeTime at={action.expiresAt} />
        </p>
      )}
      {action.status === 'waiting' ? <Decide action={action} askedBy={approval.requestedBy.id} /> : null}
    </section>
  );
}

function Decide({ action, askedBy }: { action: ActionView; askedBy: string | null }) {
  const t = useT('savings');
  const me = useMe();
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const role = useDenial('finops:approve');
  const mayApply = useDenial('finops:apply');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState<'approve' | 'reject' | 'withdraw'>();
  const [problem, setProblem] = useState<string>();
  const own = askedBy === me.id;
  const denial = role ?? (own ? t('approval.notOneself') : undefined);
  const decide = async (decision: 'approve' | 'reject' | 'withdraw'): Promise<void> => {
    setBusy(decision);
    setProblem(undefined);
    try {
      const next =
        decision === 'withdraw'
          ? await savingsApi.withdraw(place, action.id)
          : await savingsApi.decide(place, action.id, decision, note);
      client.setQueryData(actionQuery(place, action.id).queryKey, next);
      void client.invalidateQueries({ queryKey: savingsKey(place, 'recommendations') });
      void client.invalidateQueries({ queryKey: savingsKey(place, 'actions', 'list') });
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <>
      <Field label={t('approval.note')} optional={t('optional')}>
        {(control) => (
          <Input
            {...control}
            maxLength={500}
            value={note}
            onChange={({ target: { value } }) => setNote(value)}
          />
        )}
      </Field>
      <FormError message={problem} />
      <span className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          loading={busy === 'approve'}
          disabledReason={denial}
          onClick={() => void decide('approve')}
        >
          {t('approval.approve')}
        </Button>
        <Button loading={busy === 'reject'} disabledReason={denial} onClick={() => void decide('reject')}>
          {t('approval.reject')}
        </Button>
        {own ? (
          <Button
            loading={busy === 'withdraw'}
            disabledReason={mayApply}
            onClick={() => void decide('withdraw')}
          >
            {t('approval.withdraw')}
          </Button>
        ) : null}
      </span>
    </>
  );
}

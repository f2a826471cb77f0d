import type { RecommendationDetail } from '@cloudatlas/contracts/finops';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { Input, Textarea } from '@/ui/input.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { planQuery, savingsApi, savingsKey, type PlanView } from '../queries.ts';
import { useLocal } from '../words.ts';
import { Plan } from './plan.tsx';

interface ApplyDialogProps {
  finding: RecommendationDetail;
  onClose: () => void;
}

/** The question before applying: exactly what happens, what it saves, and how it is undone. */
export function ApplyDialog({ finding, onClose }: ApplyDialogProps) {
  const t = useT('savings');
  const local = useLocal();
  const place = useWorkspacePlace();
  const { data, error, refetch } = useQuery(planQuery(place, finding.id));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={t('apply.title', { name: finding.resource.name })}
      description={local(finding.title)}
    >
      {data !== undefined ? (
        <ApplyForm finding={finding} plan={data} onClose={onClose} />
      ) : error === null ? (
        <SkeletonLines lines={6} />
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </Dialog>
  );
}

function ApplyForm({ finding, plan, onClose }: ApplyDialogProps & { plan: PlanView }) {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  // One key per dialog: a repeated press is the same action.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { name } = finding.resource;
  const ready = plan.confirm === 'simple' || typed.trim() === name;
  const refused = plan.dryRun?.allowed === false;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!ready || busy || refused) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await savingsApi.apply(place, finding.id, {
        idempotencyKey,
        note,
        ...(plan.confirm === 'typed' ? { confirmName: typed.trim() } : {}),
      });
      for (const part of ['recommendations', 'actions'])
        void client.invalidateQueries({ queryKey: savingsKey(place, part) });
      onClose();
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Plan plan={plan} />
      {finding.restart ? (
        <Notice tone="warn">
          <RotateCcw aria-hidden className="mr-2 inline size-4" />
          {t('apply.restart')}
        </Notice>
      ) : null}
      {plan.confirm === 'typed' ? (
        <Field label={t('ui:confirm.type', { text: name })}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={({ target: { value } }) => setTyped(value)}
            />
          )}
        </Field>
      ) : null}
      {plan.needsApproval ? (
        <Field label={t('apply.note')} optional={t('optional')} help={t('apply.noteHelp')}>
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={500}
              value={note}
              onChange={({ target: { value } }) => setNote(value)}
            />
          )}
        </Field>
      ) : null}
      <FormError message={problem} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
        <Button
          type="submit"
          variant={plan.confirm === 'typed' ? 'danger' : 'primary'}
          loading={busy}
          disabledReason={refused ? t('plan.refused') : ready ? undefined : t('ui:confirm.typeFirst')}
        >
          {t(plan.needsApproval ? 'apply.request' : 'apply.confirm')}
        </Button>
      </div>
    </form>
  );
}

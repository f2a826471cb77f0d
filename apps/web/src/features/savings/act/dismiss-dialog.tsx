import type { DismissReason, RecommendationDetail } from '@cloudatlas/contracts/finops';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { z } from 'zod';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Textarea } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { recommendationQuery, savingsApi, savingsKey } from '../queries.ts';

type Reason = z.infer<typeof DismissReason>;
const reasons: readonly Reason[] = ['needed', 'planned', 'wrong', 'too_risky', 'other'];

/** How long, in days; null for good. */
const periods = { week: 7, month: 30, quarter: 90, good: null } as const;
type Period = keyof typeof periods;
const periodNames = Object.keys(periods) as Period[];
const dayMs = 86_400_000;

/** Why not, and until when. It stays in the list of what was dismissed. */
export function DismissDialog({ finding, onClose }: { finding: RecommendationDetail; onClose: () => void }) {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const [reason, setReason] = useState<Reason>('needed');
  const [period, setPeriod] = useState<Period>('good');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    const days = periods[period];
    try {
      const next = await savingsApi.dismiss(place, finding.id, {
        reason,
        note,
        until: days === null ? null : new Date(Date.now() + days * dayMs).toISOString(),
      });
      client.setQueryData(recommendationQuery(place, finding.id).queryKey, next);
      void client.invalidateQueries({ queryKey: savingsKey(place, 'recommendations') });
      onClose();
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('dismiss.title', { name: finding.resource.name })}
      description={t('dismiss.text')}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field label={t('dismiss.why')}>
          {(control) => (
            <Select
              {...control}
              value={reason}
              onChange={({ target: { value } }) => setReason(value as Reason)}
              options={reasons.map((value) => ({ value, label: t(`dismiss.reason.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('dismiss.until')}>
          {(control) => (
            <Select
              {...control}
              value={period}
              onChange={({ target: { value } }) => setPeriod(value as Period)}
              options={periodNames.map((value) => ({ value, label: t(`dismiss.period.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('dismiss.note')} optional={t('optional')}>
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              maxLength={500}
              value={note}
              onChange={({ target: { value } }) => setNote(value)}
            />
          )}
        </Field>
        <FormError message={problem} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant="primary" loading={busy}>
            {t('dismiss.action')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

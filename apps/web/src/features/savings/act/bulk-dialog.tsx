import type { BulkPreview } from '@cloudatlas/contracts/finops-actions';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCcw, TriangleAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { Stat } from '@/ui/card.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { useBlockedWords } from '../blocked.ts';
import { useSavingsPaths } from '../paths.ts';
import { savingsApi, savingsKey } from '../queries.ts';
import { undoTones } from '../words.ts';

interface BulkDialogProps {
  recommendationIds: string[];
  onClose: () => void;
  onDone: () => void;
}

/** What would happen to all of them, and the limits it keeps to; nothing is done before it is confirmed. */
export function BulkDialog({ recommendationIds, onClose, onDone }: BulkDialogProps) {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const { data, error, refetch } = useQuery({
    queryKey: savingsKey(place, 'bulk', ...recommendationIds),
    // A question with a body: nothing changes on the server.
    queryFn: () => savingsApi.previewBulk(place, recommendationIds),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Dialog open onOpenChange={onClose} width="lg" title={t('bulk.title')} description={t('bulk.text')}>
      {data !== undefined ? (
        <Preview ids={recommendationIds} preview={data} onClose={onClose} onDone={onDone} />
      ) : error === null ? (
        <SkeletonLines lines={6} />
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </Dialog>
  );
}

interface PreviewProps {
  ids: string[];
  preview: BulkPreview;
  onClose: () => void;
  onDone: () => void;
}

function Preview({ ids, preview, onClose, onDone }: PreviewProps) {
  const t = useT('savings');
  const format = useFormat();
  const { maxActions, setMaxActions, maxCost, setMaxCost, apply, busy, problem } = useBulkApply(
    ids,
    preview,
    onClose,
    onDone,
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (preview.applicable > 0 && !busy) void apply();
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Stat
          label={t('bulk.saves')}
          value={format.money(preview.monthlySaving, preview.currency)}
          hint={t('perMonth')}
        />
        <Stat
          label={t('bulk.applies')}
          value={format.number(preview.applicable)}
          hint={t('bulk.of', { total: format.number(preview.items.length) })}
        />
        <Stat
          label={t('bulk.restarts')}
          value={format.number(preview.restarts)}
          hint={t('bulk.restartsHint')}
        />
        <Stat label={t('bulk.final')} value={format.number(preview.final)} hint={t('bulk.finalHint')} />
      </dl>
      <Items preview={preview} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('bulk.maxActions')} help={t('bulk.maxActionsHelp')}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={200}
              className="num"
              value={maxActions}
              onChange={({ target: { value } }) => setMaxActions(value)}
            />
          )}
        </Field>
        <Field
          label={t('bulk.maxCost', { currency: preview.currency })}
          optional={t('optional')}
          help={t('bulk.maxCostHelp')}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              className="num"
              value={maxCost}
              onChange={({ target: { value } }) => setMaxCost(value)}
            />
          )}
        </Field>
      </div>
      <FormError message={problem} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
        <Button
          type="submit"
          variant={preview.final > 0 ? 'danger' : 'primary'}
          loading={busy}
          disabledReason={preview.applicable === 0 ? t('bulk.nothing') : undefined}
        >
          {t('bulk.confirm', {
            count: preview.applicable,
            formatted: format.number(preview.applicable),
          })}
        </Button>
      </div>
    </form>
  );
}

function Items({ preview }: { preview: BulkPreview }) {
  const t = useT('savings');
  const format = useFormat();
  const blocked = useBlockedWords();
  return (
    <ul
      tabIndex={0}
      aria-label={t('bulk.list')}
      className="max-h-64 divide-y divide-line overflow-y-auto rounded-md border border-line"
    >
      {preview.items.map((item) => (
        <li key={item.recommendationId} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
          <span className="min-w-0 flex-1 basis-40">
            <span
              className={item.blockedBy === null ? 'block truncate font-medium' : 'block truncate text-ink-3'}
            >
              {item.name}
            </span>
            <span className="block text-xs text-ink-2">
              {item.blockedBy === null
                ? t(`kind.${item.kind ?? 'operations'}`)
                : t('bulk.leftOut', { reason: blocked(item.blockedBy) ?? '' })}
            </span>
          </span>
          {item.blockedBy === null && item.restart ? (
            <span className="inline-flex items-center gap-1 text-xs text-warn-text">
              <RotateCcw aria-hidden className="size-3" /> {t('restart')}
            </span>
          ) : null}
          {item.blockedBy === null ? (
            <Badge tone={undoTones[item.undoClass]}>
              {item.undoClass === 'N' ? <TriangleAlert aria-hidden className="size-3" /> : null}
              {t(`undo.${item.undoClass}`)}
            </Badge>
          ) : null}
          <span className="num w-20 text-right">
            {item.monthlySaving === null
              ? '–'
              : format.money(item.monthlySaving.amount, item.monthlySaving.currency)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** State of the limits, and what places the order once. */
function useBulkApply(ids: string[], preview: BulkPreview, onClose: () => void, onDone: () => void) {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const navigate = useNavigate();
  const to = useSavingsPaths();
  const blocked = useBlockedWords();
  // One key per dialog: a repeated press is the same order.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [maxActions, setMaxActions] = useState(String(Math.min(200, Math.max(1, preview.applicable))));
  const [maxCost, setMaxCost] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const apply = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const result = await savingsApi.applyBulk(place, {
        recommendationIds: ids,
        idempotencyKey,
        maxActions: Number(maxActions),
        ...(maxCost.trim() === '' ? {} : { maxMonthlyCost: maxCost.trim() }),
      });
      const why = [...new Set(result.skipped.map(({ reason }) => blocked(reason) ?? reason))].join('; ');
      if (result.started.length === 0) {
        setProblem(t('bulk.noneStarted', { why }));
        return;
      }
      toast.success(
        [
          t('bulk.started', {
            count: result.started.length,
            formatted: String(result.started.length),
            skipped: String(result.skipped.length),
          }),
          ...(why === '' ? [] : [why]),
        ].join(': '),
        { action: { label: t('bulk.see'), run: () => void navigate(to.actions) } },
      );
      onDone();
      onClose();
      for (const part of ['recommendations', 'actions'])
        void client.invalidateQueries({ queryKey: savingsKey(place, part) });
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  };
  return { maxActions, setMaxActions, maxCost, setMaxCost, apply, busy, problem };
}

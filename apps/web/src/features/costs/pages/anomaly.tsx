import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { LineChart } from '@/charts/charts.tsx';
import type { ChartData } from '@/charts/types.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Stat } from '@/ui/card.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { Sheet } from '@/ui/sheet.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { anomalyQuery, controlApi, type AnomalyDetailView } from '../control-queries.ts';
import { useDays } from '../days.ts';
import { useCostPaths } from '../paths.ts';
import { useMoney } from '../place.ts';
import { costsKey } from '../queries.ts';
import { useCostWords } from '../words.ts';

/** One anomaly: the days around it, what explains it, and whether it was expected. */
export function Anomaly() {
  const t = useT('costs');
  const to = useCostPaths();
  const days = useDays();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { anomalyId = '' } = useParams();
  const { data, error, refetch } = useQuery(anomalyQuery(useWorkspacePlace(), anomalyId));
  const search = params.toString();
  return (
    <Sheet
      open
      onOpenChange={() =>
        void navigate(`${to.anomalies}${search === '' ? '' : `?${search}`}`, { preventScrollReset: true })
      }
      title={data === undefined ? t('anomalies.one') : (data.service ?? t('anomalies.one'))}
      description={
        data === undefined
          ? undefined
          : [days.day(data.day), data.accountLabel ?? data.accountId, data.region]
              .filter((text) => text !== null)
              .join(' · ')
      }
    >
      {data === undefined ? (
        error === null ? (
          <SkeletonLines lines={8} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Detail anomaly={data} />
      )}
    </Sheet>
  );
}

function Detail({ anomaly }: { anomaly: AnomalyDetailView }) {
  const t = useT('costs');
  const days = useDays();
  const { money, short } = useMoney();
  const { currency } = anomaly;
  const data = useMemo(
    (): ChartData => ({
      series: [{ id: 'amount', label: t('column.total') }],
      points: anomaly.series.map(({ day, amount }) => ({
        key: day,
        values: { amount: Number(amount) },
        exact: { amount },
        ...(day === anomaly.day ? { partial: true } : {}),
      })),
      formatKey: days.short,
      formatValue: (value) => money(value.toFixed(6), currency),
      formatAxis: short(currency),
      formatExact: (amount) => money(amount, currency),
    }),
    [anomaly, currency, days, money, short, t],
  );
  return (
    <div className="flex flex-col gap-5">
      <dl className="grid grid-cols-3 gap-4">
        <Stat label={t('anomalies.column.actual')} value={money(anomaly.actual, currency)} />
        <Stat label={t('anomalies.column.expected')} value={money(anomaly.expected, currency)} />
        <Stat label={t('anomalies.column.impact')} value={money(anomaly.impact, currency)} />
      </dl>
      <p className="text-ink-2">{t(`anomalies.method.${anomaly.method}`)}</p>
      <LineChart title={t('anomalies.series')} keyLabel={t('grain.day')} data={data} height={180} />
      <Causes anomaly={anomaly} />
      <Mark anomaly={anomaly} />
    </div>
  );
}

/** Causes shown; the first explains most. */
const shownCauses = 3;

function Causes({ anomaly }: { anomaly: AnomalyDetailView }) {
  const t = useT('costs');
  const words = useCostWords();
  const format = useFormat();
  const { money } = useMoney();
  if (anomaly.causes.length === 0) return <p className="text-ink-2">{t('anomalies.noCause')}</p>;
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-semibold">{t('anomalies.causes')}</h3>
      {anomaly.causes.slice(0, shownCauses).map((cause) => (
        <div key={cause.dimension}>
          <h4 className="label-caps mb-1">{words.dimension(cause.dimension)}</h4>
          <ul className="divide-y divide-line rounded-md border border-line">
            {cause.top.map((entry) => (
              <li key={entry.key ?? ''} className="flex items-baseline gap-3 px-3 py-1.5">
                <span className="min-w-0 flex-1 break-all">
                  {words.value(cause.dimension, entry.key)}
                  {entry.isNew ? <span className="ml-2 text-xs text-warn-text">{t('new')}</span> : null}
                </span>
                <span className="num text-right">
                  {money(entry.change, anomaly.currency)}
                  <span className="block text-xs text-ink-3">
                    {t('anomalies.shareOfJump', { share: format.percent(entry.share) })}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Mark({ anomaly }: { anomaly: AnomalyDetailView }) {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('alerts:write');
  const [note, setNote] = useState(anomaly.note ?? '');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const expected = anomaly.status === 'expected';
  const mark = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await controlApi.markAnomaly(place, anomaly.id, {
        status: expected ? 'open' : 'expected',
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      });
      await client.invalidateQueries({ queryKey: costsKey(place, 'control') });
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="flex flex-col gap-3 border-t border-line pt-4">
      {expected ? (
        <p className="text-ink-2">
          {t('anomalies.marked', { name: anomaly.markedBy ?? '–' })}
          {anomaly.note === null ? null : <span className="block">{anomaly.note}</span>}
        </p>
      ) : (
        <Field label={t('anomalies.note')} help={t('anomalies.noteHelp')}>
          {(control) => (
            <Input
              {...control}
              maxLength={500}
              value={note}
              onChange={({ target: { value } }) => setNote(value)}
            />
          )}
        </Field>
      )}
      <FormError message={problem} />
      <span>
        <Button loading={busy} disabledReason={denial} onClick={() => void mark()}>
          {expected ? t('anomalies.reopen') : t('anomalies.markExpected')}
        </Button>
      </span>
    </section>
  );
}

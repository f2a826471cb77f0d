import type { ReactNode } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { Card } from '@/ui/card.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { Change, ExactAmount } from '../amount.tsx';
import { useDays } from '../days.ts';
import { useMoney } from '../place.ts';
import type { Answer, Forecast } from '../queries.ts';

interface HeadlineProps {
  /** Undefined while loading. */
  answer: Answer | undefined;
  /** The same as billed, where it is converted. */
  original: Answer | undefined;
  forecast: Forecast | undefined;
  forecastFailed: boolean;
  currency: string;
}

/** The number first: total, change, and where the month will end. */
export function Headline({ answer, original, forecast, forecastFailed, currency }: HeadlineProps) {
  const t = useT('costs');
  const days = useDays();
  const total = answer?.totals.find((group) => group.currency === currency);
  return (
    <Card>
      <dl className="grid min-h-19 gap-x-8 gap-y-4 sm:grid-cols-3">
        <Figure
          label={
            answer === undefined
              ? t('total')
              : t('totalOf', { range: days.range(answer.period.from, answer.period.to) })
          }
          value={
            total === undefined ? undefined : (
              <ExactAmount
                amount={total.total}
                currency={currency}
                original={original?.totals.map((group) => ({
                  amount: group.total,
                  currency: group.currency,
                }))}
              />
            )
          }
          hint={<Freshness answer={answer} />}
        />
        <Figure
          label={t('change')}
          value={
            total === undefined ? undefined : (
              <Change now={total.comparable ?? total.total} before={total.previous} currency={currency} />
            )
          }
          hint={
            answer === undefined || answer.compare === null
              ? t('compare.off')
              : t('comparedWith', { range: days.range(answer.compare.from, answer.compare.to) })
          }
        />
        <Projection forecast={forecast} failed={forecastFailed} currency={currency} />
      </dl>
    </Card>
  );
}

interface FigureProps {
  label: string;
  value: ReactNode;
  hint: ReactNode;
}

function Figure({ label, value, hint }: FigureProps) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd className="num mt-1 min-h-8 text-2xl font-semibold tracking-tight">
        {value ?? <Skeleton className="mt-2 h-6! w-40" />}
      </dd>
      <dd className="mt-0.5 min-h-4 text-xs text-ink-3">{hint}</dd>
    </div>
  );
}

/** Up to which day the number is whole. */
function Freshness({ answer }: { answer: Answer | undefined }) {
  const t = useT('costs');
  const days = useDays();
  if (answer === undefined || answer.dataThrough === null) return null;
  if (answer.completeThrough === null) return t('throughOnly', { day: days.day(answer.dataThrough) });
  return t('through', { day: days.day(answer.dataThrough), complete: days.day(answer.completeThrough) });
}

interface ProjectionProps {
  forecast: Forecast | undefined;
  failed: boolean;
  currency: string;
}

function Projection({ forecast, failed, currency }: ProjectionProps) {
  const t = useT('costs');
  const days = useDays();
  const format = useFormat();
  const { money } = useMoney();
  const item = forecast?.items.find((candidate) => candidate.currency === currency);
  if (forecast === undefined && !failed)
    return <Figure label={t('projection.title')} value={undefined} hint="" />;
  if (item === undefined || item.month.projected === null)
    return (
      <Figure
        label={t('projection.title')}
        value={<span className="text-ink-3">–</span>}
        hint={t(failed ? 'projection.failed' : 'projection.none')}
      />
    );
  const { month, low, high, projected } = item.month;
  return (
    <Figure
      label={t('projection.of', { month: days.month(month) })}
      value={<ExactAmount amount={projected} currency={currency} />}
      hint={
        <>
          {low === null || high === null
            ? null
            : t('projection.range', {
                low: money(low, currency),
                high: money(high, currency),
                confidence: format.percent(item.confidence),
              })}
          {item.method === 'run-rate' ? ` ${t('projection.runRate', { count: item.observed })}` : null}
        </>
      }
    />
  );
}

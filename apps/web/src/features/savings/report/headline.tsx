import type { SavingsSummary } from '@cloudatlas/contracts/finops';
import type { ReactNode } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { minus, signOf } from '@/features/costs/decimal.ts';
import { useDays } from '@/features/costs/days.ts';
import { Card } from '@/ui/card.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { RelativeTime } from '@/ui/values.tsx';

/** The number first: what could be saved, what is in force, what it brought, and where the bill will end. */
export function Headline({ summary }: { summary: SavingsSummary | undefined }) {
  const t = useT('savings');
  const format = useFormat();
  const money = (amount: string): string => format.money(amount, summary?.currency ?? 'USD');
  return (
    <Card>
      <dl className="grid min-h-19 grid-cols-2 gap-x-6 gap-y-4 xl:grid-cols-4">
        <Figure
          label={t('figure.potential')}
          value={summary && money(summary.potentialMonthly)}
          hint={
            summary === undefined ? null : summary.lastScanAt === null ? (
              t('figure.noScan')
            ) : (
              <>
                {t('figure.findings', { count: summary.open, formatted: format.number(summary.open) })}
                {' · '}
                {t('figure.scanned')} <RelativeTime at={summary.lastScanAt} />
              </>
            )
          }
        />
        <Figure
          label={t('figure.applied')}
          value={summary && money(summary.appliedMonthly)}
          hint={t('figure.appliedHint')}
        />
        <Figure
          label={t('figure.realised')}
          value={
            summary && (
              <span className={signOf(summary.realisedTotal) > 0 ? 'text-ok-text' : undefined}>
                {money(summary.realisedTotal)}
              </span>
            )
          }
          hint={t('figure.realisedHint')}
        />
        <Projection summary={summary} />
      </dl>
    </Card>
  );
}

function Projection({ summary }: { summary: SavingsSummary | undefined }) {
  const t = useT('savings');
  const days = useDays();
  const format = useFormat();
  if (summary === undefined) return <Figure label={t('figure.bill')} value={undefined} hint={null} />;
  const { projection, currency } = summary;
  if (projection === null)
    return (
      <Figure
        label={t('figure.bill')}
        value={<span className="text-ink-3">–</span>}
        hint={t('figure.billUnknown')}
      />
    );
  const saved = minus(projection.monthEnd, projection.monthEndAfterActions);
  return (
    <Figure
      label={t('figure.billOf', { month: days.month(projection.month) })}
      value={<span data-testid="projection">{format.money(projection.monthEndAfterActions, currency)}</span>}
      hint={
        signOf(saved) > 0
          ? t('figure.billSaved', {
              without: format.money(projection.monthEnd, currency),
              saved: format.money(saved, currency),
            })
          : t('figure.billSame')
      }
    />
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
      <dd className="num mt-1 min-h-8 text-xl font-semibold tracking-tight sm:text-2xl">
        {value ?? <Skeleton className="mt-2 h-6! w-40" />}
      </dd>
      <dd className="mt-0.5 min-h-9 text-xs text-ink-3">{hint}</dd>
    </div>
  );
}

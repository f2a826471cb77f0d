import type { RecommendationDetail } from '@cloudatlas/contracts/finops';
import type { ReactNode } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { minus, shareOf } from '@/features/costs/decimal.ts';
import { Money } from '@/ui/values.tsx';
import { useLocal } from '../words.ts';

/** What it costs, what it would save, and the formula with its figures. */
export function SavingMoney({ finding }: { finding: RecommendationDetail }) {
  const t = useT('savings');
  const local = useLocal();
  const format = useFormat();
  const { saving, monthlySaving } = finding;
  const current = saving.currentMonthly;
  const comparable =
    current !== null && monthlySaving !== null && current.currency === monthlySaving.currency;
  const share = comparable ? shareOf(monthlySaving.amount, current.amount) : null;
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('detail.money')}</h3>
      <dl className="flex flex-col gap-1.5">
        {current === null ? null : (
          <Line label={t('detail.costsNow')}>
            <Money {...current} />
          </Line>
        )}
        {monthlySaving === null ? null : (
          <Line label={t('detail.saves')}>
            <span className="font-medium text-ok-text">
              −<Money {...monthlySaving} />
              {share === null ? null : (
                <span className="ml-1.5 font-normal text-ink-3">({format.percent(share)})</span>
              )}
            </span>
          </Line>
        )}
        {comparable ? (
          <Line label={t('detail.costsThen')}>
            <Money
              className="font-medium"
              amount={minus(current.amount, monthlySaving.amount)}
              currency={current.currency}
            />
          </Line>
        ) : null}
      </dl>
      <p className="rounded-md bg-sunken px-3 py-2 text-xs text-ink-2">
        <span className="font-medium text-ink">{t(`method.${saving.method}`)}</span>
        <span className="num mt-0.5 block break-words">{local(saving.explanation)}</span>
      </p>
      {finding.counted || finding.status !== 'open' || monthlySaving === null ? null : (
        <p className="text-xs text-warn-text">{t('notCounted')}</p>
      )}
    </section>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4 border-b border-line pb-1.5 last:border-b-0">
      <dt className="text-ink-2">{label}</dt>
      <dd className="num text-right">{children}</dd>
    </div>
  );
}

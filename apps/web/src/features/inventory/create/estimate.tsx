import type { FieldValues } from '@cloudatlas/contracts/cloud';
import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import { useEffect, useState } from 'react';
import { isApiError } from '@/app/api.ts';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Card } from '@/ui/card.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { Money } from '@/ui/values.tsx';
import { useEstimateWords } from './estimate-words.ts';
import { estimateQuery, type EstimateView } from '../queries.ts';

interface EstimateProps {
  creation: { accountId: string; creatable: string; region: string };
  input: FieldValues;
}

/** Waits this long after the last change before it asks. */
const calmMs = 500;

/** What the form would cost per month at list price. */
export function Estimate({ creation, input }: EstimateProps) {
  const t = useT('inventory');
  const place = useWorkspacePlace();
  const [asked, setAsked] = useState(input);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(input), calmMs);
    return () => clearTimeout(timer);
  }, [input]);
  const { data, error, isFetching } = useQuery(estimateQuery(place, { ...creation, input: asked }));
  // What is not filled in yet has no price; that is no error.
  const waiting = isApiError(error, 'validation_failed');
  return (
    <Card title={t('estimate.title')}>
      <div aria-live="polite" aria-busy={isFetching}>
        {waiting ? <p className="text-ink-2">{t('estimate.fill')}</p> : null}
        {error !== null && !waiting ? <p className="text-danger-text">{explainError(error)}</p> : null}
        {data === undefined && error === null ? <Skeleton className="h-16!" /> : null}
        {data === undefined || error !== null ? null : <Prices estimate={data} />}
      </div>
    </Card>
  );
}

function Prices({ estimate }: { estimate: EstimateView }) {
  const t = useT('inventory');
  const format = useFormat();
  const words = useEstimateWords();
  const unitOf = (unit: string): string =>
    i18next.exists(`estimate.unit.${unit}`, { ns: 'inventory' }) ? t(`estimate.unit.${unit}`) : unit;
  return (
    <div className="flex flex-col gap-3">
      <p className="num text-2xl font-semibold tracking-tight">
        {estimate.monthly === null ? t('estimate.unknown') : <Money {...estimate.monthly} />}
        {estimate.monthly === null ? null : (
          <span className="ml-1.5 text-sm font-normal text-ink-3">{t('estimate.perMonth')}</span>
        )}
      </p>
      {estimate.items.length === 0 ? null : (
        <ul className="divide-y divide-line border-y border-line">
          {estimate.items.map((item) => (
            <li key={item.label} className="flex justify-between gap-4 py-1.5">
              <span className="min-w-0">
                <span className="block">{words.line(item.label)}</span>
                <span className="num block text-xs text-ink-3">
                  {item.quantity} {unitOf(item.unit)} ×{' '}
                  {format.money(item.unitPrice.amount, item.unitPrice.currency)}
                </span>
              </span>
              <Money {...item.monthly} />
            </li>
          ))}
        </ul>
      )}
      {estimate.assumptions.length === 0 ? null : (
        <ul className="list-disc pl-4 text-xs text-ink-3">
          {estimate.assumptions.map((text) => (
            <li key={text}>{words.note(text)}</li>
          ))}
        </ul>
      )}
      {estimate.source === 'none' ? null : (
        <p className="text-xs text-ink-3">
          {t(`estimate.source.${estimate.source}`, { date: format.date(`${estimate.asOf}T12:00:00Z`) })}
        </p>
      )}
    </div>
  );
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { useCostPaths } from '@/features/costs/paths.ts';
import { questionQuery } from '@/features/costs/queries.ts';
import { resourcesQuery } from '@/features/inventory/queries.ts';
import { Card } from '@/ui/card.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { Money } from '@/ui/values.tsx';
import { useBillNames } from '../bill-names.ts';

const shown = 8;

interface Entry {
  id: string;
  to: string;
  name: string;
  detail: string;
  amount: string;
  currency: string;
}

/** The resources that cost most: by the bill where it names resources, else by list price. */
export function TopResources({ provider }: { provider: string }) {
  const billed = useBilled(provider);
  const listed = useListed(provider);
  const t = useT('providers');
  if (billed === undefined) return <List title={t('topResources')} rows={undefined} />;
  return billed.length > 0 ? (
    <List title={t('topResources')} note={t('topBilled')} rows={billed} />
  ) : (
    <List title={t('topResources')} note={t('topListed')} rows={listed} />
  );
}

/** Of the last 30 days; empty where the bill knows no resources, undefined while it is asked. */
function useBilled(provider: string): Entry[] | undefined {
  const place = useWorkspacePlace();
  const to = useCostPaths();
  const may = useDenial('costs:read') === undefined;
  const { values, shownIn, ready } = useBillNames(provider);
  const { data, isError } = useQuery({
    ...questionQuery(place, {
      period: '30d',
      grain: 'total',
      groupBy: ['resource', 'service'],
      // Costs without a resource may be the largest.
      top: shown + 8,
      filters: [{ dimension: 'provider', values: values.length === 0 ? [''] : [...values] }],
      ...shownIn,
    }),
    enabled: may && ready && values.length > 0,
  });
  if (!may || isError || (ready && values.length === 0)) return [];
  return data?.groups
    .flatMap(({ keys: [id, service], labels, total, currency }): Entry[] =>
      typeof id !== 'string' || id === ''
        ? []
        : [
            {
              id: `${id} ${service ?? ''} ${currency}`,
              to: to.costsWith(new URLSearchParams([['resource', id]]).toString()),
              name: nameOf(labels[0] ?? id),
              detail: service ?? '',
              amount: total,
              currency,
            },
          ],
    )
    .slice(0, shown);
}

/** Last part of a path or ARN: what people call the thing. */
function nameOf(id: string): string {
  return id.split('/').at(-1)?.split(':').at(-1) || id;
}

function useListed(provider: string): Entry[] | undefined {
  const labels = useLabels();
  const to = useCloudPaths();
  const { data } = useInfiniteQuery(
    resourcesQuery(useWorkspacePlace(), `provider=${encodeURIComponent(provider)}&sort=-cost`),
  );
  return data?.pages[0]?.items
    .flatMap((row): Entry[] =>
      row.monthlyEstimate === null
        ? []
        : [
            {
              id: row.id,
              to: to.resource(row.id),
              name: row.name,
              detail: `${labels.type(row.type)} · ${labels.region(row.region)}`,
              ...row.monthlyEstimate,
            },
          ],
    )
    .slice(0, shown);
}

interface ListProps {
  title: string;
  note?: ReactNode;
  rows: readonly Entry[] | undefined;
}

function List({ title, note, rows }: ListProps) {
  const t = useT('providers');
  return (
    <Card flush title={title} description={note}>
      {rows === undefined ? (
        <div className="p-4">
          <SkeletonLines lines={4} />
        </div>
      ) : rows.length === 0 ? (
        <p className="border-t border-line px-4 py-6 text-ink-3">{t('noPrices')}</p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {rows.map((row) => (
            <li key={row.id} className="flex items-center gap-3 px-4 py-2">
              <span className="min-w-0 flex-1">
                <Link to={row.to} className="block truncate font-medium hover:text-accent-text">
                  {row.name}
                </Link>
                <span className="block truncate text-xs text-ink-3">{row.detail}</span>
              </span>
              <Money amount={row.amount} currency={row.currency} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

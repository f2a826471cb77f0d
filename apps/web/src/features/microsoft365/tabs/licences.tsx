import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import { useProviderPaths } from '@/features/providers/paths.ts';
import { Badge } from '@/ui/badge.tsx';
import { Card, Stat } from '@/ui/card.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { FilterSearch } from '@/ui/filter-bar.tsx';
import { EmptyState } from '@/ui/states.tsx';
import { Money } from '@/ui/values.tsx';
import { SeatBar } from '../licence-bars.tsx';
import { useMicrosoft365Paths } from '../paths.ts';
import { provider } from '../queries.ts';
import { useSubscriptions, type SubscriptionRow } from '../use-subscriptions.ts';

/** What was bought, what of it is assigned, and what the rest costs. */
export function LicencesTab() {
  const t = useT('microsoft365');
  const format = useFormat();
  const { rows, totals, error, retry } = useSubscriptions();
  const [words, setWords] = useState('');
  const columns = useColumns();
  const sought = words.trim().toLowerCase();
  const found = rows?.filter(({ row, facts }) => `${row.name} ${facts.sku}`.toLowerCase().includes(sought));
  const money = (amounts: typeof totals.cost): string =>
    amounts.map(({ amount, currency }) => format.money(amount, currency)).join(' + ') || '–';
  return (
    <>
      <Card>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-5 md:grid-cols-4">
          <Stat label={t('licences.bought')} value={format.number(totals.bought)} />
          <Stat label={t('licences.assigned')} value={format.number(totals.assigned)} />
          <Stat label={t('licences.cost')} value={money(totals.cost)} />
          <Stat
            label={t('licences.unusedCost')}
            value={money(totals.unusedCost)}
            hint={t('licences.seats', { count: totals.unused, formatted: format.number(totals.unused) })}
          />
        </dl>
      </Card>
      <DataTable<SubscriptionRow>
        id="m365-licences"
        label={t('tab.licences')}
        columns={columns}
        rows={found}
        rowKey={({ row }) => row.id}
        rowName={({ row }) => row.name}
        error={error}
        onRetry={retry}
        initialSort={{ column: 'cost', direction: 'desc' }}
        filters={<FilterSearch label={t('search')} value={words} onChange={setWords} />}
        empty={
          <EmptyState icon={KeyRound} title={t('licences.emptyTitle')}>
            {sought === '' ? t('licences.emptyText') : t('noMatch')}
          </EmptyState>
        }
      />
    </>
  );
}

function useColumns(): readonly Column<SubscriptionRow>[] {
  const t = useT('microsoft365');
  const format = useFormat();
  const to = useCloudPaths();
  const pages = useMicrosoft365Paths();
  const { prices } = useProviderPaths();
  const dash = <span className="text-ink-3">–</span>;
  const amount = (value: SubscriptionRow['cost']) => (value === undefined ? dash : <Money {...value} />);
  return [
    {
      id: 'name',
      header: t('licences.product'),
      fixed: true,
      value: ({ row }) => row.name,
      cell: ({ row, facts }) => (
        <span className="flex min-w-0 items-center gap-2">
          <Link to={to.resource(row.id)} className="truncate font-medium hover:text-accent-text">
            {row.name}
          </Link>
          {facts.trial ? <Badge tone="warn">{t('licences.trial')}</Badge> : null}
        </span>
      ),
    },
    {
      id: 'sku',
      header: t('licences.sku'),
      hidden: true,
      from: 'lg',
      value: ({ facts }) => facts.sku,
      cell: ({ facts }) => <code className="font-mono text-xs text-ink-2">{facts.sku}</code>,
    },
    {
      id: 'use',
      header: t('licences.use'),
      from: 'md',
      width: '9rem',
      value: ({ facts }) => (facts.bought === 0 ? 0 : facts.assigned / facts.bought),
      cell: ({ facts, free }) => (free ? dash : <SeatBar facts={facts} />),
    },
    {
      id: 'assigned',
      header: t('licences.assigned'),
      width: '6.5rem',
      align: 'right',
      value: ({ facts }) => facts.assigned,
      cell: ({ facts }) => (
        <Link
          to={pages.usersWith(`licence=${encodeURIComponent(facts.sku)}`)}
          className="num hover:text-accent-text"
        >
          {format.number(facts.assigned)}
        </Link>
      ),
    },
    {
      id: 'bought',
      header: t('licences.bought'),
      from: 'sm',
      width: '6.5rem',
      align: 'right',
      value: ({ facts }) => facts.bought,
      cell: ({ facts }) => <span className="num text-ink-2">{format.number(facts.bought)}</span>,
    },
    {
      id: 'unused',
      header: t('licences.unused'),
      width: '6.5rem',
      align: 'right',
      value: ({ facts }) => facts.unused,
      cell: ({ facts, free }) => (
        <span className={facts.unused > 0 && !free ? 'num font-medium text-warn-text' : 'num text-ink-3'}>
          {format.number(facts.unused)}
        </span>
      ),
    },
    {
      id: 'price',
      header: t('licences.price'),
      from: 'lg',
      width: '8rem',
      align: 'right',
      value: ({ price }) => (price === undefined ? null : Number(price.amount)),
      exportValue: ({ price }) => (price === undefined ? null : `${price.amount} ${price.currency}`),
      cell: ({ price }) =>
        price === undefined ? (
          <Link to={prices(provider)} className="text-accent-text hover:underline">
            {t('licences.enterPrice')}
          </Link>
        ) : (
          <Money {...price} className="text-ink-2" />
        ),
    },
    {
      id: 'cost',
      header: t('licences.cost'),
      from: 'sm',
      width: '8rem',
      align: 'right',
      value: ({ cost }) => (cost === undefined ? null : Number(cost.amount)),
      exportValue: ({ cost }) => (cost === undefined ? null : `${cost.amount} ${cost.currency}`),
      cell: ({ cost }) => amount(cost),
    },
    {
      id: 'unusedCost',
      header: t('licences.unusedCost'),
      from: 'md',
      width: '9rem',
      align: 'right',
      value: ({ unusedCost }) => (unusedCost === undefined ? null : Number(unusedCost.amount)),
      exportValue: ({ unusedCost }) =>
        unusedCost === undefined ? null : `${unusedCost.amount} ${unusedCost.currency}`,
      cell: ({ unusedCost }) => amount(unusedCost),
    },
    {
      id: 'renews',
      header: t('licences.renews'),
      from: 'lg',
      width: '8rem',
      value: ({ facts }) => facts.renewsAt,
      cell: ({ facts }) =>
        facts.renewsAt === null ? dash : <span className="text-ink-2">{format.date(facts.renewsAt)}</span>,
    },
  ];
}

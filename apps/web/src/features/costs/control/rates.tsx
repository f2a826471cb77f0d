import type { ExchangeRate } from '@cloudatlas/contracts/costs';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Coins, FileUp, Plus, Trash2 } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { Notice } from '@/ui/form.tsx';
import { MenuItem } from '@/ui/menu.tsx';
import { EmptyState } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { useDays } from '../days.ts';
import { costsApi, costsKey, ratesQuery } from '../queries.ts';

const RateDialog = lazyNamed(() => import('./rate-dialog.tsx').then((module) => module.RateDialog));

type ImportResult = Awaited<ReturnType<typeof costsApi.importRates>>;

/** Dated exchange rates: entered, imported, removed. */
export function Rates() {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('costs:write');
  const file = useRef<HTMLInputElement>(null);
  const [adding, setAdding] = useState(false);
  const [result, setResult] = useState<ImportResult>();
  const { data, error, refetch } = useQuery(ratesQuery(place));
  const columns = useColumns();
  const changed = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ratesQuery(place).queryKey });
    await client.invalidateQueries({ queryKey: costsKey(place, 'data') });
  };
  const importFile = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    try {
      setResult(await costsApi.importRates(place, chosen));
      await changed();
    } catch (problem) {
      toast.error(explainError(problem));
    }
  };
  const remove = (rate: ExchangeRate): void => {
    costsApi
      .removeRate(place, rate.id)
      .then(changed, (problem: unknown) => toast.error(explainError(problem)));
  };
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="min-w-0 flex-1 text-base font-semibold tracking-tight">{t('rates.title')}</h2>
        <input
          ref={file}
          type="file"
          hidden
          accept=".csv,text/csv"
          aria-label={t('rates.import')}
          onChange={({ currentTarget }) => {
            void importFile(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
        <Button disabledReason={denial} onClick={() => file.current?.click()}>
          <FileUp /> {t('rates.import')}
        </Button>
        <Button disabledReason={denial} onClick={() => setAdding(true)}>
          <Plus /> {t('rates.add')}
        </Button>
      </div>
      {result === undefined ? null : (
        <Notice tone={result.refused.length > 0 ? 'warn' : 'ok'}>
          {t('rates.imported', { count: result.written })}
          {result.refused.length === 0 ? null : (
            <ul className="mt-1 max-h-40 overflow-y-auto text-xs">
              {result.refused.map(({ line, reason }) => (
                <li key={line}>{t('rates.refusedLine', { line, reason })}</li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      <DataTable<ExchangeRate>
        id="exchange-rates"
        label={t('rates.title')}
        columns={columns}
        rows={data}
        rowKey={(row) => row.id}
        rowName={(row) => `${row.from} ${row.to} ${row.day}`}
        error={error}
        onRetry={() => void refetch()}
        initialSort={{ column: 'day', direction: 'desc' }}
        renderRowActions={(row) =>
          denial === undefined ? (
            <MenuItem danger onSelect={() => remove(row)}>
              <Trash2 /> {t('remove')}
            </MenuItem>
          ) : null
        }
        empty={
          <EmptyState icon={Coins} title={t('rates.emptyTitle')}>
            {t('rates.emptyText')}
          </EmptyState>
        }
      />
      {adding ? (
        <Suspense fallback={null}>
          <RateDialog onClose={() => setAdding(false)} onSaved={changed} />
        </Suspense>
      ) : null}
    </section>
  );
}

function useColumns(): readonly Column<ExchangeRate>[] {
  const t = useT('costs');
  const days = useDays();
  return [
    {
      id: 'day',
      header: t('rates.column.day'),
      width: '9rem',
      fixed: true,
      value: (row) => row.day,
      cell: (row) => <span className="num">{days.day(row.day)}</span>,
    },
    {
      id: 'pair',
      header: t('rates.column.pair'),
      value: (row) => `${row.from} ${row.to}`,
      cell: (row) => <span className="font-medium">{t('rates.pair', { from: row.from, to: row.to })}</span>,
    },
    {
      id: 'rate',
      header: t('rates.column.rate'),
      width: '10rem',
      align: 'right',
      value: (row) => Number(row.rate),
      exportValue: (row) => row.rate,
      cell: (row) => <span className="num">{row.rate}</span>,
    },
    {
      id: 'source',
      header: t('rates.column.source'),
      width: '12rem',
      from: 'sm',
      value: (row) => row.source,
      cell: (row) => <span className="text-ink-2">{row.source}</span>,
    },
  ];
}

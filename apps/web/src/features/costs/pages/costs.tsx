import { useQuery } from '@tanstack/react-query';
import { ChartLine, Upload } from 'lucide-react';
import { useMemo } from 'react';
import { Link, Outlet, useNavigate } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { SavedViews } from '@/app/saved-views/saved-views.tsx';
import { useDenial } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { Notice } from '@/ui/form.tsx';
import { Select } from '@/ui/select.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState, NoPermission } from '@/ui/states.tsx';
import { useCostsLive } from '../live.ts';
import { useCostPaths } from '../paths.ts';
import { useCurrency, useMoney } from '../place.ts';
import { forecastQuery, overviewQuery, questionQuery, viewsUrl, type Overview } from '../queries.ts';
import { ProviderShare, TopServices, Trend } from '../report/charts.tsx';
import { Controls } from '../report/controls.tsx';
import { ExportMenu } from '../report/export-menu.tsx';
import { CostFilters } from '../report/filters.tsx';
import { GroupTable } from '../report/group-table.tsx';
import { Headline } from '../report/headline.tsx';
import { MissingRateNote, missingRateIn } from '../report/missing-rate.tsx';
import { CostTabs } from '../section.tsx';
import { baseQuestion, reachesToday, useCostState } from '../state.ts';

/** What it costs, by whom and what, and where it is going. */
export function Costs() {
  const t = useT('costs');
  const denial = useDenial('costs:read');
  return (
    <Page title={t('title')} actions={denial === undefined ? <Actions /> : undefined}>
      <CostTabs />
      {denial === undefined ? <Report /> : <NoPermission need={t('title')} />}
    </Page>
  );
}

/** Groups the table names; the rest is one row. */
const tableGroups = 500;

function Actions() {
  const place = useWorkspacePlace();
  const to = useCostPaths();
  const navigate = useNavigate();
  const { state, search } = useCostState();
  const { currency } = useCurrency(state);
  return (
    <>
      <SavedViews
        url={viewsUrl(place)}
        search={search}
        onOpen={(view) => void navigate(to.costsWith(view))}
      />
      <ExportMenu
        question={{
          ...baseQuestion(state, currency),
          grain: state.grain,
          groupBy: [state.groupBy],
          top: 100,
          ...(state.compare ? { compare: 'previous' as const } : {}),
        }}
      />
    </>
  );
}

function Report() {
  const { data, error, refetch } = useQuery(overviewQuery(useWorkspacePlace()));
  useCostsLive();
  if (data === undefined)
    return error === null ? (
      <Card>
        <SkeletonLines lines={10} />
      </Card>
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    );
  return data.dataThrough === null ? <NoCosts /> : <Answers overview={data} />;
}

/** Nothing to ask about yet, and both ways to change that. */
function NoCosts() {
  const t = useT('costs');
  const to = useCostPaths();
  return (
    <Card>
      <EmptyState
        icon={ChartLine}
        title={t('empty.title')}
        action={
          <>
            <Button asChild variant="primary">
              <Link to={to.imports}>
                <Upload /> {t('empty.import')}
              </Link>
            </Button>
            <Button asChild>
              <Link to={to.connect}>{t('empty.connect')}</Link>
            </Button>
          </>
        }
      >
        {t('empty.text')}
      </EmptyState>
    </Card>
  );
}

function Answers({ overview }: { overview: Overview }) {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const { state, search, set, setFilters } = useCostState();
  const { currency, ready } = useCurrency(state);
  const base = baseQuestion(state, currency);
  const compare = state.compare ? { compare: 'previous' as const } : {};
  const converted = currency !== undefined && overview.currencies.some((code) => code !== currency);

  const trend = useQuery({
    ...questionQuery(place, { ...base, grain: state.grain, groupBy: ['provider'], ...compare }),
    enabled: ready,
  });
  const services = useQuery({
    ...questionQuery(place, { ...base, grain: 'total', groupBy: ['service'] }),
    enabled: ready,
  });
  const table = useQuery({
    ...questionQuery(place, {
      ...base,
      grain: state.grain,
      groupBy: [state.groupBy],
      top: tableGroups,
      ...compare,
    }),
    enabled: ready,
  });
  const billed = useQuery({
    ...questionQuery(place, {
      ...baseQuestion(state, undefined),
      grain: 'total',
      groupBy: [state.groupBy],
      top: tableGroups,
    }),
    enabled: ready && converted,
  });
  const forecast = useQuery({
    ...forecastQuery(place, {
      metric: state.metric,
      filters: state.filters,
      ...(currency === undefined ? {} : { currency }),
    }),
    enabled: ready,
  });
  const shownForecast = reachesToday(state) ? forecast.data : undefined;
  const original = converted ? billed.data : undefined;
  const labels = useMemo(
    () => new Map(overview.accounts.map(({ id, label }) => [`account ${id}`, label])),
    [overview.accounts],
  );
  const currencies = trend.data?.totals.map((group) => group.currency) ?? [];
  const wanted = new URLSearchParams(search).get('show');
  const shown =
    currencies.find((code) => code === wanted) ??
    currencies[0] ??
    currency ??
    overview.currencies[0] ??
    'USD';

  const missing = missingRateIn(trend.error);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Controls state={state} set={set} currencies={overview.currencies} currency={currency} />
        <CostFilters
          filters={state.filters}
          onChange={setFilters}
          tagKeys={overview.tagKeys}
          labels={labels}
        />
      </div>
      {trend.data === undefined && trend.error !== null ? (
        <Card>
          {missing === undefined ? (
            <ErrorState error={trend.error} onRetry={() => void trend.refetch()} />
          ) : (
            <MissingRateNote rate={missing} onShowAsBilled={() => set({ currency: 'original' })} />
          )}
          {currency === undefined || missing !== undefined ? null : (
            <p className="pb-6 text-center">
              <Button onClick={() => set({ currency: 'original' })}>{t('showAsBilled')}</Button>
            </p>
          )}
        </Card>
      ) : (
        <>
          <SeveralCurrencies answer={trend.data} shown={shown} onShow={(code) => set({ show: code })} />
          <Headline
            answer={trend.data}
            original={original}
            forecast={forecast.data}
            forecastFailed={forecast.error !== null}
            currency={shown}
          />
          <Trend answer={trend.data} forecast={shownForecast} currency={shown} />
          <div className="grid gap-5 lg:grid-cols-2">
            <TopServices answer={services.data} currency={shown} />
            <ProviderShare answer={trend.data} currency={shown} />
          </div>
          <GroupTable
            state={state}
            search={search}
            set={set}
            answer={table.data}
            original={original}
            error={table.error}
            onRetry={() => void table.refetch()}
            tagKeys={overview.tagKeys}
          />
        </>
      )}
      <Outlet />
    </>
  );
}

interface SeveralCurrenciesProps {
  answer: { totals: readonly { currency: string; total: string }[] } | undefined;
  shown: string;
  onShow: (currency: string) => void;
}

/** Amounts of different currencies are never added up: says so, and lets one choose which to draw. */
function SeveralCurrencies({ answer, shown, onShow }: SeveralCurrenciesProps) {
  const t = useT('costs');
  const { money } = useMoney();
  if (answer === undefined || answer.totals.length < 2) return null;
  return (
    <Notice
      action={
        <Select
          dense
          className="w-28"
          aria-label={t('several.show')}
          value={shown}
          onChange={({ target: { value } }) => onShow(value)}
          options={answer.totals.map(({ currency }) => ({ value: currency, label: currency }))}
        />
      }
    >
      {t('several.text', {
        amounts: answer.totals.map(({ total, currency }) => money(total, currency)).join(' · '),
      })}
    </Notice>
  );
}

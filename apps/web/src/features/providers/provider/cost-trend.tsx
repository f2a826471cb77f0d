import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useT } from '@/app/i18n.ts';
import { LineChart } from '@/charts/charts.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { useDays } from '@/features/costs/days.ts';
import { useMoney } from '@/features/costs/place.ts';
import { questionQuery } from '@/features/costs/queries.ts';
import { trendData } from '@/features/costs/report/chart-data.ts';
import { useCostWords } from '@/features/costs/words.ts';
import { useBillNames } from '../bill-names.ts';

/** The provider's cost by service over the last months; months so far only in the largest currency. */
export function CostTrend({ provider }: { provider: string }) {
  const t = useT('providers');
  const place = useWorkspacePlace();
  const days = useDays();
  const words = useCostWords();
  const { money, short } = useMoney();
  const { values, currency, shownIn, ready } = useBillNames(provider);
  const answer = useQuery({
    ...questionQuery(place, {
      period: '6m',
      grain: 'week',
      groupBy: ['service'],
      top: 5,
      filters: [{ dimension: 'provider', values: values.length === 0 ? [''] : values }],
      ...shownIn,
    }),
    enabled: values.length > 0,
  });
  const data = useMemo(() => {
    if (answer.data === undefined) return undefined;
    return trendData({
      answer: answer.data,
      currency,
      forecast: undefined,
      seriesOf: ({ keys, labels }) => ({
        id: `service ${keys[0] ?? ''}`,
        label: words.value('service', keys[0] ?? null, labels[0]),
      }),
      totalLabel: t('costs:total'),
      texts: {
        money: (amount) => money(amount, currency),
        axis: short(currency),
        formatKey: (key) => days.bucket(key, 'week'),
      },
    });
  }, [answer.data, currency, words, money, short, days, t]);
  if (ready && values.length === 0) return null;
  return <LineChart title={t('costTrend')} keyLabel={t('costs:grain.week')} data={data} height={260} />;
}

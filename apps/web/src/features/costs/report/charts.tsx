import { useMemo } from 'react';
import { useT } from '@/app/i18n.ts';
import { BarChart, DonutChart, LineChart } from '@/charts/charts.tsx';
import { useDays } from '../days.ts';
import { useMoney } from '../place.ts';
import type { Answer, Forecast } from '../queries.ts';
import { colorOfProvider, useCostWords } from '../words.ts';
import { sharesData, trendData } from './chart-data.ts';

function useTexts(currency: string) {
  const { money, short } = useMoney();
  return useMemo(
    () => ({ money: (amount: string) => money(amount, currency), axis: short(currency) }),
    [money, short, currency],
  );
}

interface TrendProps {
  /** Grouped by provider. */
  answer: Answer | undefined;
  forecast: Forecast | undefined;
  currency: string;
  height?: number;
}

/** A line per provider and the total, with the forecast band behind the last complete day. */
export function Trend({ answer, forecast, currency, height = 300 }: TrendProps) {
  const t = useT('costs');
  const days = useDays();
  const words = useCostWords();
  const texts = useTexts(currency);
  const data = useMemo(() => {
    if (answer === undefined) return undefined;
    const grain = answer.grain === 'total' ? 'month' : answer.grain;
    return trendData({
      answer,
      currency,
      forecast: forecast?.items.find((item) => item.currency === currency),
      seriesOf: ({ keys, labels }) => ({
        id: `provider ${keys[0] ?? ''}`,
        label: words.value('provider', keys[0] ?? null, labels[0]),
        ...colorOfProvider(keys[0] ?? null),
      }),
      totalLabel: t('total'),
      texts: { ...texts, formatKey: (key) => days.bucket(key, grain) },
    });
  }, [answer, forecast, currency, words, texts, days, t]);
  return (
    <LineChart
      title={t('chart.trend')}
      keyLabel={t(`grain.${answer?.grain ?? 'day'}`)}
      data={data}
      height={height}
    />
  );
}

interface SharesProps {
  answer: Answer | undefined;
  currency: string;
}

/** The most expensive services. */
export function TopServices({ answer, currency }: SharesProps) {
  const t = useT('costs');
  const words = useCostWords();
  const texts = useTexts(currency);
  const data = useMemo(
    () =>
      answer === undefined
        ? undefined
        : sharesData({
            answer,
            currency,
            label: t('column.total'),
            nameOf: ({ keys, labels }) => words.value('service', keys[0] ?? null, labels[0]),
            texts,
          }),
    [answer, currency, words, texts, t],
  );
  return (
    <BarChart
      horizontal
      title={t('chart.services')}
      keyLabel={t('dimension.service')}
      data={data}
      height={280}
    />
  );
}

/** Who gets which part of the money. */
export function ProviderShare({ answer, currency }: SharesProps) {
  const t = useT('costs');
  const words = useCostWords();
  const texts = useTexts(currency);
  const data = useMemo(
    () =>
      answer === undefined
        ? undefined
        : sharesData({
            answer,
            currency,
            label: t('column.total'),
            nameOf: ({ keys, labels }) => words.value('provider', keys[0] ?? null, labels[0]),
            colorOf: ({ keys }) => colorOfProvider(keys[0] ?? null),
            restLabel: t('rest'),
            positiveOnly: true,
            texts,
          }),
    [answer, currency, words, texts, t],
  );
  return (
    <DonutChart title={t('chart.providers')} keyLabel={t('dimension.provider')} data={data} height={200} />
  );
}

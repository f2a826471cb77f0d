/** What the cost pages share: the currency amounts are shown in, and how amounts are written. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useFormat } from '@/app/format.ts';
import { currentLanguage } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { settingsQuery } from './queries.ts';
import type { CostState } from './state.ts';

/**
 * The currency to convert to; undefined leaves amounts as billed. `ready` is false until the settings are known,
 * so that no question is asked twice.
 */
export function useCurrency(state: Pick<CostState, 'currency'>): {
  currency: string | undefined;
  ready: boolean;
} {
  const settings = useQuery(settingsQuery(useWorkspacePlace()));
  if (state.currency !== null)
    return { currency: state.currency === 'original' ? undefined : state.currency, ready: true };
  return { currency: settings.data?.displayCurrency ?? undefined, ready: !settings.isPending };
}

/** Money as text: whole for axes, to the last digit for proofs. */
export function useMoney() {
  const format = useFormat();
  const language = currentLanguage();
  return useMemo(() => {
    const short = (currency: string) => {
      const formatter = new Intl.NumberFormat(language, {
        style: 'currency',
        currency,
        notation: 'compact',
        maximumFractionDigits: 1,
      });
      return (value: number): string => formatter.format(value);
    };
    const exact = (amount: string, currency: string): string =>
      new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: 18 }).format(
        amount as Intl.StringNumericLiteral,
      );
    const signed = (share: number): string =>
      new Intl.NumberFormat(language, {
        style: 'percent',
        maximumFractionDigits: 1,
        signDisplay: 'exceptZero',
      }).format(share);
    return { money: format.money, short, exact, signed };
  }, [format, language]);
}

import type { HolidayCountry } from '@cloudatlas/contracts/schedules';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useT } from '@/app/i18n.ts';
import { useOrganization } from '@/app/scope.tsx';
import { calendarsQuery } from './queries.ts';

/** Countries whose national holidays are known. */
export const countries: readonly HolidayCountry[] = ['BR', 'PT', 'US'];

/** Names of calendars by what a schedule stores: a country's code or the id of one of the organization's. */
export function useHolidayNames(): (ref: string) => string {
  const t = useT('schedules');
  const { i18n } = useTranslation();
  const { slug } = useOrganization();
  const { data } = useQuery(calendarsQuery(slug));
  return (ref) => {
    if (countries.some((country) => country === ref))
      return new Intl.DisplayNames(i18n.language, { type: 'region' }).of(ref) ?? ref;
    return data?.find(({ id }) => id === ref)?.name ?? t('calendars.gone');
  };
}

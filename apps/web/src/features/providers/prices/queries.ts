/** The organization's seat prices: reads and writes. */
import type { PriceList, PutPriceListBody } from '@cloudatlas/contracts/accounts';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { call, path } from '@/app/api.ts';

const urlOf = (org: string, provider: string): string => path('orgs', org, 'price-lists', provider);

export const priceListQuery = (org: string, provider: string) =>
  queryOptions({
    queryKey: ['org', org, 'price-lists', provider],
    queryFn: ({ signal }) => call<PriceList>('GET', urlOf(org, provider), { signal }),
    // A provider that bills by use has none: asking again changes nothing.
    retry: false,
  });

export const pricesApi = {
  put: (org: string, provider: string, body: z.input<typeof PutPriceListBody>) =>
    call<PriceList>('PUT', urlOf(org, provider), { body }),
  reset: (org: string, provider: string) => call<undefined>('DELETE', urlOf(org, provider)),
};

import { z } from 'zod';
import { decimal, divide } from '../decimal.ts';
import { CloudError } from '../errors.ts';
import type { PriceQuery, PriceQuote } from '../observations.ts';
import { ownAddress } from '../shared/own-address.ts';
import { quote as bundled } from './prices.ts';
import type { AzureSession } from './session.ts';

/*
 * Reader of the Azure Retail Prices API: `GET /api/retail/prices?$filter=…`, without sign-in, 1,000 items a page,
 * `NextPageLink` absolute (Microsoft Learn, "Azure Retail Prices overview"). Values in filters are compared by case.
 */

const PATH = '/api/retail/prices';
const CALL = 'GET /api/retail/prices';
const SITE = { call: CALL, region: 'global' };
/** Milliseconds until an installation without a way out to the price list goes on with the bundled table. */
const TIMEOUT_MS = 10_000;
/** Pages of one question; the narrowest ones fit on the first. */
const MAX_PAGES = 5;
/** A price list that can't be asked is left alone this long. */
const PAUSE_AFTER_FAILURE_MS = 10 * 60_000;
const KEEP_MS = 24 * 3_600_000;

const Item = z.object({
  currencyCode: z.string(),
  tierMinimumUnits: z.number().default(0),
  retailPrice: z.number(),
  effectiveStartDate: z.string().optional(),
  meterName: z.string().default(''),
  productName: z.string().default(''),
  skuName: z.string().default(''),
  unitOfMeasure: z.string().default(''),
  type: z.string().default(''),
});
type Item = z.infer<typeof Item>;
const Page = z.object({ Items: z.array(Item).max(5_000), NextPageLink: z.string().nullish() });

/** How a question is asked: equalities of the filter, and what tells the wanted one among the items. */
interface Live {
  readonly filter: Readonly<Record<string, string>>;
  readonly wanted: (item: Item) => boolean;
  /** `unitOfMeasure` of the item. */
  readonly unitOfMeasure: string;
  readonly unit: string;
  /** Divisor from the item's unit to ours. */
  readonly divisor?: string;
}

const HOURLY = { unitOfMeasure: '1 Hour', unit: 'hour' } as const;
const GIB_MONTH = { unitOfMeasure: '1 GB/Month', unit: 'gib-month' } as const;

function machine({ sku = '', variant }: PriceQuery): Live {
  const windows = variant?.['os'] === 'windows';
  return {
    ...HOURLY,
    filter: { serviceName: 'Virtual Machines', armSkuName: sku },
    // The same size is sold as spare capacity too, and with Windows as a product of its own.
    wanted: ({ skuName, productName }) =>
      !/Spot|Low Priority/.test(skuName) && productName.endsWith(' Windows') === windows,
  };
}

const EDITIONS: Readonly<Record<string, string>> = {
  GP_Gen5: 'SQL Database Single/Elastic Pool General Purpose - Compute Gen5',
  GP_S_Gen5: 'SQL Database Single/Elastic Pool General Purpose - Serverless - Compute Gen5',
  BC_Gen5: 'SQL Database Single/Elastic Pool Business Critical - Compute Gen5',
};

/** vCores by the hour; the DTU sizes are sold by the day. */
function database({ sku = '' }: PriceQuery): Live {
  const productName = Object.hasOwn(EDITIONS, sku) ? EDITIONS[sku] : undefined;
  if (productName !== undefined)
    return {
      ...HOURLY,
      filter: { serviceName: 'SQL Database', productName },
      wanted: ({ skuName }) => skuName === '1 vCore',
    };
  const tier = sku === 'Basic' ? 'Basic' : sku.startsWith('P') ? 'Premium' : 'Standard';
  return {
    filter: { serviceName: 'SQL Database', productName: `SQL Database Single ${tier}` },
    wanted: ({ meterName }) => meterName === (sku === 'Basic' ? 'B DTU' : `${sku} DTUs`),
    unitOfMeasure: '1/Day',
    unit: 'hour',
    divisor: '24',
  };
}

/** `P1v3` is sold as `P1 v3`. */
function plan({ sku = '' }: PriceQuery): Live {
  return {
    ...HOURLY,
    filter: { serviceName: 'Azure App Service', skuName: sku.replace(/v(\d)$/, ' v$1') },
    wanted: ({ productName }) => productName.endsWith(' - Linux'),
  };
}

/** The first tier of stored blobs; `Standard_ZRS` is the redundancy ZRS. */
function blobs({ sku = '', variant }: PriceQuery): Live {
  const tier = variant?.['tier'] ?? (sku.includes('_') ? 'Hot' : sku);
  const redundancy = /_([A-Z]+)$/.exec(sku)?.[1]?.replace('RAGRS', 'RA-GRS') ?? 'LRS';
  return {
    ...GIB_MONTH,
    filter: { serviceName: 'Storage', productName: 'General Block Blob v2' },
    wanted: ({ meterName, tierMinimumUnits }) =>
      meterName === `${tier} ${redundancy} Data Stored` && tierMinimumUnits === 0,
  };
}

/** One meter of one service. */
const meter = (serviceName: string, meterName: string): Live => ({
  ...HOURLY,
  filter: { serviceName, meterName },
  wanted: () => true,
});

/** Undefined where the list has no price by our unit: managed disks are sold in steps of size. */
function live(query: PriceQuery): Live | undefined {
  switch (query.product) {
    case 'compute':
      return machine(query);
    case 'database':
      return database(query);
    case 'function':
      return plan(query);
    case 'object_storage':
      return blobs(query);
    case 'ip_address':
      return meter(
        'Virtual Network',
        `${query.sku === 'Basic' ? 'Basic' : 'Standard'} IPv4 Static Public IP`,
      );
    case 'nat_gateway':
      return meter('NAT Gateway', 'Standard Gateway');
    case 'cluster':
      return meter('Azure Kubernetes Service', 'Standard Uptime SLA');
    default:
      return undefined;
  }
}

const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Prices of one connection: asked once a day, from the bundled table where the list can't be asked or has none. */
export class PriceBook {
  readonly #session: AzureSession;
  readonly #known = new Map<string, { readonly quote: PriceQuote | undefined; readonly until: number }>();
  #pausedUntil = 0;

  constructor(session: AzureSession) {
    this.#session = session;
  }

  /** @throws CloudError `aborted` only */
  async quote(query: PriceQuery, signal?: AbortSignal): Promise<PriceQuote | undefined> {
    const key = JSON.stringify(query);
    const now = this.#session.caller.clock.now();
    const known = this.#known.get(key);
    if (known && known.until > now) return known.quote;
    const found = now < this.#pausedUntil ? undefined : await this.#ask(query, signal);
    const quote = found ?? bundled(query);
    if (now >= this.#pausedUntil) this.#known.set(key, { quote, until: now + KEEP_MS });
    return quote;
  }

  async #ask(query: PriceQuery, signal: AbortSignal | undefined): Promise<PriceQuote | undefined> {
    const question = live(query);
    if (!question) return undefined;
    try {
      return await this.#read(query, question, signal);
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === 'aborted') throw error;
      const { caller } = this.#session;
      caller.log.info(
        { kind: error.kind, code: error.problem.providerCode },
        'the price list can not be asked; bundled prices are used',
      );
      this.#pausedUntil = caller.clock.now() + PAUSE_AFTER_FAILURE_MS;
      return undefined;
    }
  }

  async #read(
    query: PriceQuery,
    { filter, wanted, unitOfMeasure, unit, divisor }: Live,
    signal: AbortSignal | undefined,
  ): Promise<PriceQuote | undefined> {
    const all = { ...filter, armRegionName: query.region, priceType: 'Consumption' };
    const text = Object.entries(all)
      .map(([name, value]) => `${name} eq ${literal(value)}`)
      .join(' and ');
    const { priceEndpoint } = this.#session;
    let address: string | undefined =
      `${priceEndpoint}${PATH}?api-version=2023-01-01-preview&$filter=${encodeURIComponent(text)}`;
    for (let page = 0; page < MAX_PAGES && address !== undefined; page += 1) {
      const { Items, NextPageLink } = await this.#page(address, signal);
      const item = Items.find(
        (one) =>
          one.type === 'Consumption' &&
          one.unitOfMeasure === unitOfMeasure &&
          one.currencyCode === 'USD' &&
          wanted(one),
      );
      if (item !== undefined) {
        const amount = decimal(String(item.retailPrice));
        return {
          query,
          price: { amount: divisor === undefined ? amount : divide(amount, divisor, 10), currency: 'USD' },
          unit,
          source: 'live',
          asOf: new Date(this.#session.caller.clock.now()).toISOString().slice(0, 10),
        };
      }
      address = NextPageLink ? ownAddress(NextPageLink, priceEndpoint, SITE) : undefined;
    }
    return undefined;
  }

  async #page(address: string, signal: AbortSignal | undefined): Promise<z.infer<typeof Page>> {
    return this.#session.caller.call(
      SITE,
      async (ends) => {
        const answer = await fetch(address, {
          signal: AbortSignal.any([ends, AbortSignal.timeout(TIMEOUT_MS)]),
          redirect: 'error',
        });
        const text = await answer.text();
        if (!answer.ok)
          throw Object.assign(new Error(text.slice(0, 300)), {
            statusCode: answer.status,
            response: {
              status: answer.status,
              bodyAsText: text,
              headers: { get: (name: string) => answer.headers.get(name) ?? undefined },
            },
          });
        return Page.parse(JSON.parse(text));
      },
      // An installation without a way out must not wait for its estimates: the bundled table is at hand.
      { signal, retry: 'refused-only' },
    );
  }
}

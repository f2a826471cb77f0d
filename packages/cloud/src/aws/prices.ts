import type { PriceQuery, PriceQuote } from '../observations.ts';
import { decimal } from '../decimal.ts';
import { CloudError } from '../errors.ts';
import { PRICING } from './clients.ts';
import {
  cacheHour,
  databaseHour,
  instanceHour,
  PRICES_AS_OF,
  singlePrice,
  volumePrice,
} from './price-table.ts';
import type { AwsSession } from './session.ts';

interface Filter {
  readonly Type: 'TERM_MATCH';
  readonly Field: string;
  readonly Value: string;
}

/** How a query is asked of the Price List API; the unit is the price list's own. */
interface LiveQuery {
  readonly serviceCode: string;
  readonly filters: Readonly<Record<string, string>>;
  readonly unit: string;
  /** Products can share all filterable attributes; this one tells them apart. */
  readonly usageType?: RegExp;
}

const ENGINES: Readonly<Record<string, string>> = {
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  postgres: 'PostgreSQL',
};
const DATABASE_VOLUMES: Readonly<Record<string, string>> = {
  gp2: 'General Purpose',
  gp3: 'General Purpose-GP3',
  io1: 'Provisioned IOPS',
  standard: 'Magnetic',
};

function deployment(query: PriceQuery): string {
  return query.variant?.['deployment'] === 'multi-zone' ? 'Multi-AZ' : 'Single-AZ';
}

function liveQuery(query: PriceQuery): LiveQuery | undefined {
  const regionCode = query.region;
  const sku = query.sku ?? '';
  switch (query.product) {
    case 'compute':
      return {
        serviceCode: 'AmazonEC2',
        filters: {
          regionCode,
          instanceType: sku,
          operatingSystem: query.variant?.['os'] === 'windows' ? 'Windows' : 'Linux',
          tenancy: 'Shared',
          preInstalledSw: 'NA',
          capacitystatus: 'Used',
          licenseModel: 'No License required',
        },
        unit: 'Hrs',
      };
    case 'disk':
      // What is charged beside storage comes from the bundled table.
      if (query.variant?.['part'] !== undefined) return undefined;
      return {
        serviceCode: 'AmazonEC2',
        filters: { regionCode, productFamily: 'Storage', volumeApiName: sku },
        unit: 'GB-Mo',
      };
    case 'database': {
      const databaseEngine = ENGINES[query.variant?.['engine'] ?? ''];
      if (!databaseEngine) return undefined;
      return {
        serviceCode: 'AmazonRDS',
        filters: { regionCode, instanceType: sku, databaseEngine, deploymentOption: deployment(query) },
        unit: 'Hrs',
      };
    }
    case 'database_storage': {
      const volumeType = DATABASE_VOLUMES[sku];
      if (!volumeType) return undefined;
      return {
        serviceCode: 'AmazonRDS',
        filters: {
          regionCode,
          productFamily: 'Database Storage',
          volumeType,
          deploymentOption: deployment(query),
        },
        unit: 'GB-Mo',
        usageType: /RDS:/,
      };
    }
    case 'nat_gateway':
      return {
        serviceCode: 'AmazonEC2',
        filters: { regionCode, productFamily: 'NAT Gateway' },
        unit: 'Hrs',
        usageType: /NatGateway-Hours$/,
      };
    case 'object_storage':
      return {
        serviceCode: 'AmazonS3',
        filters: { regionCode, productFamily: 'Storage', volumeType: 'Standard' },
        unit: 'GB-Mo',
        usageType: /TimedStorage-ByteHrs$/,
      };
    default:
      return undefined;
  }
}

/** The part of a price list entry that is read (Price List API, "Understanding the price list"). */
interface PriceListEntry {
  readonly product?: { readonly attributes?: Readonly<Record<string, string>> };
  readonly publicationDate?: string;
  readonly terms?: {
    readonly OnDemand?: Readonly<
      Record<
        string,
        {
          readonly priceDimensions?: Readonly<
            Record<
              string,
              {
                readonly unit?: string;
                readonly beginRange?: string;
                readonly pricePerUnit?: Readonly<Record<string, string>>;
              }
            >
          >;
        }
      >
    >;
  };
}

/** The first tier's price of the first product that fits; undefined when none does. */
function readEntry(
  entry: PriceListEntry,
  live: LiveQuery,
): { usd: string; asOf: string | undefined } | undefined {
  if (live.usageType && !live.usageType.test(entry.product?.attributes?.['usagetype'] ?? ''))
    return undefined;
  for (const term of Object.values(entry.terms?.OnDemand ?? {})) {
    for (const dimension of Object.values(term.priceDimensions ?? {})) {
      const usd = dimension.pricePerUnit?.['USD'];
      const firstTier = dimension.beginRange === undefined || Number(dimension.beginRange) === 0;
      if (usd !== undefined && firstTier && dimension.unit === live.unit && Number(usd) > 0)
        return { usd: decimal(usd), asOf: entry.publicationDate?.slice(0, 10) };
    }
  }
  return undefined;
}

const UNITS: Readonly<Record<string, string>> = { Hrs: 'hour', 'GB-Mo': 'gib-month' };

const TABLE_UNITS: Readonly<Record<PriceQuery['product'], string>> = {
  compute: 'hour',
  disk: 'gib-month',
  snapshot: 'gib-month',
  ip_address: 'hour',
  nat_gateway: 'hour',
  load_balancer: 'hour',
  database: 'hour',
  database_storage: 'gib-month',
  object_storage: 'gib-month',
  function: 'gib-second',
  cluster: 'hour',
  cache: 'hour',
  log_storage: 'gib-month',
  licence: 'month',
};

/** Price of a part of a disk: storage, or by `variant.part` its `iops` or `throughput` beyond what is free. */
function diskPart({ region, sku = '', variant }: PriceQuery): string | undefined {
  const price = volumePrice(region, sku);
  switch (variant?.['part']) {
    case undefined:
      return price?.gib;
    case 'iops':
      return price?.iops;
    case 'throughput':
      return price?.throughput;
    default:
      return undefined;
  }
}

const DISK_PART_UNITS: Readonly<Record<string, string>> = { iops: 'iops-month', throughput: 'mibs-month' };

function unitOf({ product, variant }: PriceQuery): string {
  return DISK_PART_UNITS[variant?.['part'] ?? ''] ?? TABLE_UNITS[product];
}

function tablePrice(query: PriceQuery): string | undefined {
  const { region, sku = '', variant } = query;
  switch (query.product) {
    case 'compute':
      return instanceHour(region, sku, variant?.['os'] === 'windows');
    case 'disk':
      return diskPart(query);
    case 'database':
      return databaseHour(region, sku, variant?.['engine'] ?? '', variant?.['deployment'] === 'multi-zone');
    case 'database_storage':
      return singlePrice(region, 'database_storage', sku);
    case 'cache':
      return cacheHour(region, sku);
    case 'load_balancer':
      return singlePrice(region, 'load_balancer', sku);
    case 'function':
      return singlePrice(region, 'function', sku || 'x86_64');
    default:
      return singlePrice(region, query.product);
  }
}

function fromTable(query: PriceQuery): PriceQuote | undefined {
  const amount = tablePrice(query);
  return amount === undefined
    ? undefined
    : {
        query,
        price: { amount, currency: 'USD' },
        unit: unitOf(query),
        source: 'bundled',
        asOf: PRICES_AS_OF,
      };
}

/** A price list that can't be asked is left alone this long. */
const PAUSE_AFTER_FAILURE_MS = 10 * 60_000;
const KEEP_MS = 24 * 3_600_000;

/** Prices of one connection: asked once a day, from the bundled table when AWS can't be asked. */
export class PriceBook {
  readonly #session: AwsSession;
  readonly #known = new Map<string, { readonly quote: PriceQuote | undefined; readonly until: number }>();
  #pausedUntil = 0;

  constructor(session: AwsSession) {
    this.#session = session;
  }

  async quote(query: PriceQuery, signal?: AbortSignal): Promise<PriceQuote | undefined> {
    const key = JSON.stringify(query);
    const now = this.#session.clock.now();
    const known = this.#known.get(key);
    if (known && known.until > now) return known.quote;
    const live = now < this.#pausedUntil ? undefined : await this.#ask(query, signal);
    const quote = live ?? fromTable(query);
    if (now >= this.#pausedUntil) this.#known.set(key, { quote, until: now + KEEP_MS });
    return quote;
  }

  async #ask(query: PriceQuery, signal: AbortSignal | undefined): Promise<PriceQuote | undefined> {
    const live = liveQuery(query);
    if (!live) return undefined;
    try {
      return await this.#read(query, live, signal);
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === 'aborted') throw error;
      this.#session.log.info(
        { kind: error.kind, code: error.problem.providerCode },
        'the price list can not be asked; bundled prices are used',
      );
      this.#pausedUntil = this.#session.clock.now() + PAUSE_AFTER_FAILURE_MS;
      return undefined;
    }
  }

  async #read(
    query: PriceQuery,
    live: LiveQuery,
    signal: AbortSignal | undefined,
  ): Promise<PriceQuote | undefined> {
    const pricing = await this.#session.open(PRICING);
    const Filters: Filter[] = Object.entries(live.filters).map(([Field, Value]) => ({
      Type: 'TERM_MATCH',
      Field,
      Value,
    }));
    const found = pricing.pages('GetProducts', async (NextToken) => {
      const answer = await pricing.send(
        new pricing.sdk.GetProductsCommand({
          ServiceCode: live.serviceCode,
          Filters,
          NextToken,
          MaxResults: 100,
        }),
        { signal },
      );
      // Entries are String objects holding JSON.
      return { items: answer.PriceList ?? [], next: answer.NextToken };
    });
    for await (const entries of found) {
      for (const entry of entries) {
        const price = readEntry(JSON.parse(String(entry)) as PriceListEntry, live);
        if (!price) continue;
        const today = new Date(this.#session.clock.now()).toISOString().slice(0, 10);
        return {
          query,
          price: { amount: price.usd, currency: 'USD' },
          unit: UNITS[live.unit] ?? live.unit,
          source: 'live',
          asOf: price.asOf ?? today,
        };
      }
    }
    return undefined;
  }
}

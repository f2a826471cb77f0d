import { decimal, round, sum, times } from '../decimal.ts';
import { CloudError } from '../errors.ts';
import type { PriceQuery, PriceQuote } from '../observations.ts';
import { quote } from './prices.ts';
import { list, num, obj, str, texts, type Entity, type GcpSession, type Page } from './session.ts';
import { machineSize } from './sizes.ts';

/** Ids of services in the catalogue (Cloud Billing Catalog API, `services.list`). */
const SERVICES = { compute: '6F81-5844-456A', sql: '9662-B51E-5089' } as const;
type Service = keyof typeof SERVICES;

/** USD by `<kind> <region>`. */
type Rates = ReadonlyMap<string, string>;

/** How the catalogue names families in `… Instance Core running in Americas`. */
const FAMILIES: Readonly<Record<string, string>> = {
  E2: 'e2',
  'N1 Predefined': 'n1',
  N2: 'n2',
  'N2D AMD': 'n2d',
  N4: 'n4',
  'T2D AMD': 't2d',
  'C2D AMD': 'c2d',
  C3: 'c3',
  'Compute optimized': 'c2',
};
const DISKS: Readonly<Record<string, string>> = {
  'Storage PD': 'pd-standard',
  'SSD backed PD': 'pd-ssd',
  'Balanced PD': 'pd-balanced',
  'Extreme PD': 'pd-extreme',
  'Hyperdisk Balanced': 'hyperdisk-balanced',
};
const SQL_PARTS: Readonly<Record<string, string>> = {
  vCPU: 'Core',
  RAM: 'Ram',
  'Standard storage': 'PD_SSD',
  'Low cost storage': 'PD_HDD',
};

/** What a SKU on demand is the price of; undefined for what is not asked for. Descriptions are the only key there is. */
function kindOf(service: Service, description: string, unit: string): string | undefined {
  if (service === 'sql') {
    // The engines cost the same; one of them is read.
    const match = /^Cloud SQL for PostgreSQL: (Zonal|Regional) - (.+?) in /.exec(description);
    const part = SQL_PARTS[match?.[2] ?? ''];
    return match && part ? `sql ${match[1]?.toUpperCase()} ${part}` : undefined;
  }
  const machine = /^(.+?) (?:Instance )?(Core|Ram) running in /.exec(description);
  if (machine) {
    const family = FAMILIES[machine[1] ?? ''];
    return family === undefined || !unit.endsWith('h') ? undefined : `machine ${family} ${machine[2]}`;
  }
  const disk = /^(.+?) Capacity(?: in .+)?$/.exec(description);
  if (disk) {
    const type = DISKS[disk[1] ?? ''];
    return type === undefined ? undefined : `disk ${type}`;
  }
  if (/^Storage PD Snapshot(?: in .+)?$/.test(description)) return 'snapshot';
  if (description.startsWith('External IP Charge on a Standard VM')) return 'ip in_use';
  return /^Static Ip Charge(?: in .+)?$/.test(description) ? 'ip idle' : undefined;
}

/** The first price above zero: what is free is a small amount a month. Units and 10⁻⁹ of them make an exact decimal. */
function usdOf(sku: Entity): { usd: string; unit: string } | undefined {
  const expression = obj(list(sku, 'pricingInfo').at(-1), 'pricingExpression');
  for (const rate of list(expression, 'tieredRates')) {
    const price = obj(rate, 'unitPrice');
    const units = num(price, 'units') ?? 0;
    const nanos = num(price, 'nanos') ?? 0;
    if (str(price, 'currencyCode') === 'USD' && (units > 0 || nanos > 0))
      return {
        usd: decimal(`${units}.${String(nanos).padStart(9, '0')}`),
        unit: str(expression, 'usageUnit') ?? '',
      };
  }
  return undefined;
}

/** Reads all SKUs of a service; some 30,000 of Compute Engine, of which few are kept. @throws CloudError */
async function readRates(
  session: GcpSession,
  service: Service,
  signal: AbortSignal | undefined,
): Promise<Rates> {
  const rates = new Map<string, string>();
  const pages = session.pages<Entity & Page>(
    {
      api: 'billing',
      permission: 'cloudbilling.skus.list',
      path: `services/${SERVICES[service]}/skus`,
      query: { currencyCode: 'USD', pageSize: 5000 },
    },
    signal,
  );
  for await (const found of pages)
    for (const page of found)
      for (const sku of list(page, 'skus')) {
        const category = obj(sku, 'category');
        if (str(category, 'usageType') !== 'OnDemand') continue;
        const price = usdOf(sku);
        const kind = price && kindOf(service, str(sku, 'description') ?? '', price.unit);
        if (price === undefined || kind === undefined) continue;
        for (const region of texts(sku, 'serviceRegions')) rates.set(`${kind} ${region}`, price.usd);
      }
  return rates;
}

/** Shared-core machines are billed as a part of a vCPU (Compute Engine, "Shared-core machine types"). */
const SHARED_CPUS: Readonly<Record<string, string>> = {
  'e2-micro': '0.25',
  'e2-small': '0.5',
  'e2-medium': '1',
};
/** Custom shapes of the N families cost a twentieth more. */
const CUSTOM = '1.05';

function byParts(
  sku: string,
  rateOf: (part: 'Core' | 'Ram') => string | undefined,
  factor: string,
): string | undefined {
  const size = machineSize(sku);
  const [core, ram] = [rateOf('Core'), rateOf('Ram')];
  if (!size || core === undefined || ram === undefined) return undefined;
  const cpus = Object.hasOwn(SHARED_CPUS, sku) ? (SHARED_CPUS[sku] ?? '0') : String(size.cpus);
  return round(times(sum([times(core, cpus), times(ram, String(size.memoryGiB))]), factor), 8);
}

/** Where a product's rates are, and how its price is made of them. */
function priceIn(query: PriceQuery): readonly [Service, (rates: Rates) => string | undefined] | undefined {
  const { product, region, sku = '', variant } = query;
  switch (product) {
    case 'compute': {
      const custom = /(^|-)custom-/.test(sku);
      const family = sku.startsWith('custom-') ? 'n1' : sku.slice(0, sku.indexOf('-'));
      // The first generation's shared cores have prices of their own, which are in the table.
      if (sku === 'f1-micro' || sku === 'g1-small') return undefined;
      return [
        'compute',
        (rates) =>
          byParts(sku, (part) => rates.get(`machine ${family} ${part} ${region}`), custom ? CUSTOM : '1'),
      ];
    }
    case 'disk':
      return ['compute', (rates) => rates.get(`disk ${sku} ${region}`)];
    case 'snapshot':
      return sku === 'ARCHIVE' ? undefined : ['compute', (rates) => rates.get(`snapshot ${region}`)];
    case 'ip_address': {
      const kind = variant?.['state'] === 'in_use' ? 'ip in_use' : 'ip idle';
      return ['compute', (rates) => rates.get(`${kind} ${region}`) ?? rates.get(`${kind} global`)];
    }
    case 'database': {
      if (!sku.startsWith('db-custom-')) return undefined;
      const place = variant?.['availability'] === 'REGIONAL' ? 'REGIONAL' : 'ZONAL';
      return ['sql', (rates) => byParts(sku, (part) => rates.get(`sql ${place} ${part} ${region}`), '1')];
    }
    case 'database_storage': {
      const place = variant?.['availability'] === 'REGIONAL' ? 'REGIONAL' : 'ZONAL';
      return [
        'sql',
        (rates) => rates.get(`sql ${place} ${sku === 'PD_HDD' ? 'PD_HDD' : 'PD_SSD'} ${region}`),
      ];
    }
    default:
      return undefined;
  }
}

const KEEP_MS = 24 * 3_600_000;
/** A catalogue that can't be asked is left alone this long. */
const PAUSE_AFTER_FAILURE_MS = 10 * 60_000;

/**
 * Rates by endpoint and service. List prices are the same for everybody, and a listing has tens of megabytes: a process
 * reads it once a day, not once a connection.
 */
const KNOWN = new Map<string, { readonly rates: Rates; readonly day: string; readonly until: number }>();

/** Prices of one connection: from the catalogue, from the bundled table when it can't be asked or does not tell. */
export class PriceBook {
  readonly #session: GcpSession;
  #pausedUntil = 0;

  constructor(session: GcpSession) {
    this.#session = session;
  }

  /** In the queries' order. @throws CloudError `aborted` */
  async quotes(
    queries: readonly PriceQuery[],
    signal: AbortSignal | undefined,
  ): Promise<readonly (PriceQuote | undefined)[]> {
    const quotes: (PriceQuote | undefined)[] = [];
    // One after the other: all of a service share one listing.
    for (const query of queries) quotes.push((await this.#live(query, signal)) ?? quote(query));
    return quotes;
  }

  async #live(query: PriceQuery, signal: AbortSignal | undefined): Promise<PriceQuote | undefined> {
    const bundled = quote(query);
    const place = priceIn(query);
    if (!place) return undefined;
    const [service, amountIn] = place;
    const known = await this.#ratesOf(service, signal);
    const amount = known && amountIn(known.rates);
    if (known === undefined || amount === undefined) return undefined;
    const unit =
      bundled?.unit ?? (query.product === 'compute' || query.product === 'database' ? 'hour' : 'gib-month');
    return { query, price: { amount, currency: 'USD' }, unit, source: 'live', asOf: known.day };
  }

  async #ratesOf(service: Service, signal: AbortSignal | undefined) {
    const { caller, endpoint } = this.#session;
    const key = `${endpoint ?? ''} ${service}`;
    const now = caller.clock.now();
    const known = KNOWN.get(key);
    if (known && known.until > now) return known;
    if (now < this.#pausedUntil) return undefined;
    try {
      const rates = await readRates(this.#session, service, signal);
      const fresh = { rates, day: new Date(now).toISOString().slice(0, 10), until: now + KEEP_MS };
      KNOWN.set(key, fresh);
      return fresh;
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === 'aborted') throw error;
      caller.log.info(
        { kind: error.kind, code: error.problem.providerCode },
        'the price catalogue can not be asked; bundled prices are used',
      );
      this.#pausedUntil = caller.clock.now() + PAUSE_AFTER_FAILURE_MS;
      return undefined;
    }
  }
}

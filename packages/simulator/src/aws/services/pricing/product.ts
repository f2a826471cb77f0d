import { createHash } from 'node:crypto';
import { PRICE_DATE, priceLocation } from '../../prices/regions.ts';

/** One product of the price list before it is rendered. */
export interface Product {
  readonly sku: string;
  readonly family: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly prices: readonly TierPrice[];
  readonly reserved: readonly ReservedOffer[];
}

/** A tier of an on-demand price. */
export interface TierPrice {
  readonly unit: string;
  readonly usd: number;
  readonly description: string;
  /** Units from which the tier holds; default 0. */
  readonly from?: number;
  /** Units up to which it holds; default without end. */
  readonly to?: number;
}

/** A reservation: USD per hour and once. */
export interface ReservedOffer {
  readonly years: 1 | 3;
  readonly option: 'No Upfront' | 'All Upfront';
  readonly hourly: number;
  readonly upfront: number;
}

function token(length: number, ...parts: readonly string[]): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const bytes = createHash('sha256').update(parts.join('\u0000')).digest();
  return Array.from({ length }, (_, i) => letters[(bytes[i] ?? 0) % letters.length]).join('');
}

/** Makes a product in a region; the SKU is derived from its attributes. */
export function product(
  serviceCode: string,
  serviceName: string,
  region: string,
  family: string,
  attributes: Readonly<Record<string, string>>,
  prices: readonly TierPrice[],
  reserved: readonly ReservedOffer[] = [],
): Product {
  const all = {
    servicecode: serviceCode,
    servicename: serviceName,
    location: priceLocation(region),
    locationType: 'AWS Region',
    regionCode: region,
    ...attributes,
  };
  return { sku: token(16, JSON.stringify(all)), family, attributes: all, prices, reserved };
}

/** USD without exponent and at least ten decimals, as the price list writes it. */
export function usd(value: number): string {
  return value.toFixed(10);
}

const ON_DEMAND_CODE = 'JRTCKXETXF';
const PUBLICATION = `${PRICE_DATE}T00:00:00Z`;

function dimension(id: string, price: TierPrice, appliesTo: readonly string[] = []): Record<string, unknown> {
  return {
    rateCode: id,
    unit: price.unit,
    description: price.description,
    appliesTo,
    beginRange: String(price.from ?? 0),
    endRange: price.to === undefined ? 'Inf' : String(price.to),
    pricePerUnit: { USD: usd(price.usd) },
  };
}

function reservedTerm(sku: string, offer: ReservedOffer): readonly [string, unknown] {
  const code = token(10, 'reserved', String(offer.years), offer.option);
  const id = `${sku}.${code}`;
  const hourly = dimension(`${id}.6YS6EN2CT7`, {
    unit: 'Hrs',
    usd: offer.hourly,
    description: 'hourly price of the reservation',
  });
  const once = {
    ...dimension(`${id}.2TG2D8R56U`, { unit: 'Quantity', usd: offer.upfront, description: 'Upfront Fee' }),
  };
  const dimensions =
    offer.upfront > 0
      ? { [`${id}.2TG2D8R56U`]: once, [`${id}.6YS6EN2CT7`]: hourly }
      : { [`${id}.6YS6EN2CT7`]: hourly };
  return [
    id,
    {
      offerTermCode: code,
      sku,
      effectiveDate: PUBLICATION,
      priceDimensions: dimensions,
      termAttributes: {
        LeaseContractLength: `${offer.years}yr`,
        OfferingClass: 'standard',
        PurchaseOption: offer.option,
      },
    },
  ];
}

/** The JSON text of a product as GetProducts lists it (format version `aws_v1`). */
export function render(item: Product): string {
  const id = `${item.sku}.${ON_DEMAND_CODE}`;
  const dimensions = item.prices.map((price, i) => {
    const code = `${id}.${i === 0 ? '6YS6EN2CT7' : token(10, 'tier', String(i))}`;
    return [code, dimension(code, price)] as const;
  });
  return JSON.stringify({
    product: { productFamily: item.family, attributes: item.attributes, sku: item.sku },
    serviceCode: item.attributes['servicecode'],
    terms: {
      OnDemand: {
        [id]: {
          priceDimensions: Object.fromEntries(dimensions),
          sku: item.sku,
          effectiveDate: PUBLICATION,
          offerTermCode: ON_DEMAND_CODE,
          termAttributes: {},
        },
      },
      ...(item.reserved.length > 0
        ? { Reserved: Object.fromEntries(item.reserved.map((offer) => reservedTerm(item.sku, offer))) }
        : {}),
    },
    version: PRICE_DATE.replaceAll('-', ''),
    publicationDate: PUBLICATION,
  });
}

/** A price without tiers. */
export function one(
  unit: string,
  price: number,
  what: string,
): { unit: string; usd: number; description: string }[] {
  return [{ unit, usd: price, description: `$${usd(price)} per ${what}` }];
}

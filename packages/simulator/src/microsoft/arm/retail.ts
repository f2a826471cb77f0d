import { ApiError, type JsonAnswer, type JsonRequest } from '../http.ts';
import { LOCATIONS } from './locations.ts';
import { BLOBS, factorOf, MACHINES, PLANS, SQL } from './prices.ts';
import { cpusOf } from './skus.ts';

/** Items of a page, as the service has them. */
const PAGE = 1_000;
/** USD an hour and vCPU of Windows Server. */
const WINDOWS = 0.046;

interface Priced {
  readonly serviceName: string;
  readonly productName: string;
  readonly skuName: string;
  readonly meterName: string;
  readonly armSkuName: string;
  readonly unitOfMeasure: string;
  readonly usd: number;
}

const EDITIONS: Readonly<Record<string, string>> = {
  GP_Gen5: 'General Purpose - Compute Gen5',
  GP_S_Gen5: 'General Purpose - Serverless - Compute Gen5',
  BC_Gen5: 'Business Critical - Compute Gen5',
};

function* machines(): Generator<Priced> {
  for (const [armSkuName, usd] of Object.entries(MACHINES)) {
    const skuName = armSkuName.replace('Standard_', '').replaceAll('_', ' ');
    const series = `Virtual Machines ${skuName.replace(/\d+/, '').replace(' ', '')} Series`;
    const common = { serviceName: 'Virtual Machines', armSkuName, unitOfMeasure: '1 Hour' };
    // Spare capacity comes first, as a trap for readers that take the first item.
    yield {
      ...common,
      productName: series,
      skuName: `${skuName} Spot`,
      meterName: `${skuName} Spot`,
      usd: usd / 5,
    };
    yield {
      ...common,
      productName: `${series} Windows`,
      skuName,
      meterName: skuName,
      usd: usd + WINDOWS * cpusOf(armSkuName),
    };
    yield { ...common, productName: series, skuName, meterName: skuName, usd };
  }
}

function* databases(): Generator<Priced> {
  const common = { serviceName: 'SQL Database', armSkuName: '' };
  for (const [sku, usd] of Object.entries(SQL)) {
    const edition = EDITIONS[sku];
    if (edition !== undefined)
      yield {
        ...common,
        productName: `SQL Database Single/Elastic Pool ${edition}`,
        skuName: '1 vCore',
        meterName: 'vCore',
        unitOfMeasure: '1 Hour',
        usd,
      };
    else if (/^(Basic|[SP]\d)/.test(sku)) {
      const tier = sku === 'Basic' ? 'Basic' : sku.startsWith('P') ? 'Premium' : 'Standard';
      yield {
        ...common,
        productName: `SQL Database Single ${tier}`,
        skuName: sku === 'Basic' ? 'B' : sku,
        meterName: sku === 'Basic' ? 'B DTU' : `${sku} DTUs`,
        unitOfMeasure: '1/Day',
        usd: usd * 24,
      };
    }
  }
}

function* others(): Generator<Priced> {
  for (const [sku, usd] of Object.entries(PLANS)) {
    const skuName = sku.replace(/v(\d)$/, ' v$1');
    const tier = { F: 'Free', B: 'Basic', S: 'Standard', P: 'Premium v3' }[sku[0] ?? ''] ?? 'Basic';
    for (const [suffix, factor] of [
      ['', 1.4],
      [' - Linux', 1],
    ] as const)
      yield {
        serviceName: 'Azure App Service',
        productName: `Azure App Service ${tier} Plan${suffix}`,
        skuName,
        meterName: `${skuName} App`,
        armSkuName: '',
        unitOfMeasure: '1 Hour',
        usd: usd * factor,
      };
  }
  for (const [tier, usd] of Object.entries(BLOBS))
    for (const [redundancy, factor] of [
      ['LRS', 1],
      ['ZRS', 1.25],
      ['GRS', 2],
      ['RA-GRS', 2.5],
    ] as const)
      yield {
        serviceName: 'Storage',
        productName: 'General Block Blob v2',
        skuName: `${tier} ${redundancy}`,
        meterName: `${tier} ${redundancy} Data Stored`,
        armSkuName: '',
        unitOfMeasure: '1 GB/Month',
        usd: usd * factor,
      };
  const meters = [
    ['Virtual Network', 'IP Addresses', 'Standard IPv4 Static Public IP', 0.005],
    ['Virtual Network', 'IP Addresses', 'Basic IPv4 Static Public IP', 0.0036],
    ['NAT Gateway', 'NAT Gateway', 'Standard Gateway', 0.045],
    ['Azure Kubernetes Service', 'Azure Kubernetes Service', 'Standard Uptime SLA', 0.1],
  ] as const;
  for (const [serviceName, productName, meterName, usd] of meters)
    yield {
      serviceName,
      productName,
      skuName: meterName.split(' ')[0] ?? '',
      meterName,
      armSkuName: '',
      unitOfMeasure: '1 Hour',
      usd,
    };
}

const FIELDS = new Set([
  'serviceName',
  'productName',
  'skuName',
  'meterName',
  'armSkuName',
  'armRegionName',
  'priceType',
]);

/** `a eq 'x' and b eq 'y'`; other operators are refused, as are fields the service does not filter by. */
function parseFilter(filter: string): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>();
  let rest = filter.trim();
  while (rest !== '') {
    const match = /^(\w+) eq '((?:[^']|'')*)'(?: and |$)/.exec(rest);
    if (!match || !FIELDS.has(match[1] ?? ''))
      throw new ApiError(400, 'BadRequest', 'Invalid OData parameters supplied');
    wanted.set(match[1] ?? '', (match[2] ?? '').replaceAll("''", "'"));
    rest = rest.slice(match[0].length);
  }
  return wanted;
}

/** `GET /api/retail/prices` (Azure Retail Prices API), which wants no sign-in. */
export function retailPrices(request: JsonRequest, now: number): JsonAnswer {
  const wanted = parseFilter(request.query.get('$filter') ?? '');
  const skip = Number(request.query.get('$skip') ?? 0) || 0;
  const since = `${new Date(now).toISOString().slice(0, 7)}-01T00:00:00Z`;
  const items = LOCATIONS.flatMap(([region, location]) => {
    if (wanted.has('armRegionName') && wanted.get('armRegionName') !== region) return [];
    return [...machines(), ...databases(), ...others()]
      .filter((one) =>
        [...wanted].every(
          ([field, value]) =>
            field === 'armRegionName' ||
            (field === 'priceType' ? value === 'Consumption' : one[field as keyof Priced] === value),
        ),
      )
      .map(({ usd, ...one }) => {
        const price = Number((usd * factorOf(region)).toPrecision(9));
        return {
          currencyCode: 'USD',
          tierMinimumUnits: 0,
          retailPrice: price,
          unitPrice: price,
          armRegionName: region,
          location,
          effectiveStartDate: since,
          ...one,
          serviceFamily: one.serviceName === 'Virtual Machines' ? 'Compute' : 'Other',
          type: 'Consumption',
          isPrimaryMeterRegion: true,
        };
      });
  });
  const next = new URLSearchParams(request.query);
  next.set('$skip', String(skip + PAGE));
  return {
    status: 200,
    body: {
      BillingCurrency: 'USD',
      CustomerEntityId: 'Default',
      CustomerEntityType: 'Retail',
      Items: items.slice(skip, skip + PAGE),
      NextPageLink: skip + PAGE < items.length ? `${request.origin}${request.path}?${next.toString()}` : null,
      Count: Math.min(PAGE, Math.max(0, items.length - skip)),
    },
  };
}

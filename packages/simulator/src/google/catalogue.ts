import { REGIONS } from './compute-model.ts';
import { GoogleError, ok, page, type Route } from './http.ts';
import { DISKS, FAMILIES, REGION_FACTORS } from './prices.ts';
import type { Json } from './project.ts';

/** The price catalogue of Cloud Billing, made of the prices that the bill is made of. */

const PLACES: Readonly<Record<string, string>> = {
  'us-central1': 'Americas',
  'us-east1': 'South Carolina',
  'southamerica-east1': 'Sao Paulo',
  'europe-west1': 'EMEA',
};
const FAMILY_NAMES: Readonly<Record<string, string>> = {
  e2: 'E2 Instance',
  n1: 'N1 Predefined Instance',
  n2: 'N2 Instance',
  n2d: 'N2D AMD Instance',
  c2: 'Compute optimized',
};
const DISK_NAMES: Readonly<Record<string, string>> = {
  'pd-standard': 'Storage PD',
  'pd-balanced': 'Balanced PD',
  'pd-ssd': 'SSD backed PD',
};

function sku(
  service: string,
  description: string,
  region: string,
  usd: number,
  usageUnit: string,
  usageType = 'OnDemand',
): Json {
  const nanos = Math.round(usd * 1e9);
  const skuId = Buffer.from(`${description} ${region} ${usageType}`).toString('hex').slice(-12).toUpperCase();
  return {
    name: `services/${service}/skus/${skuId}`,
    skuId,
    description,
    category: { serviceDisplayName: service, resourceFamily: 'Compute', usageType },
    serviceRegions: [region],
    pricingInfo: [
      {
        effectiveTime: '2026-10-01T00:00:00Z',
        pricingExpression: {
          usageUnit,
          displayQuantity: 1,
          tieredRates: [
            // Some have an amount that is free.
            ...(description.startsWith('Storage PD Capacity')
              ? [{ startUsageAmount: 0, unitPrice: { currencyCode: 'USD', units: '0', nanos: 0 } }]
              : []),
            {
              startUsageAmount: 0,
              unitPrice: {
                currencyCode: 'USD',
                units: String(Math.floor(nanos / 1e9)),
                nanos: nanos % 1e9,
              },
            },
          ],
        },
        currencyConversionRate: 1,
      },
    ],
    serviceProviderName: 'Google',
  };
}

function computeSkus(service: string): Json[] {
  return REGIONS.flatMap((region) => {
    const place = PLACES[region] ?? region;
    const factor = REGION_FACTORS[region] ?? 1;
    const machines = Object.entries(FAMILIES).flatMap(([family, [cpu, gib]]) =>
      (
        [
          ['Core', cpu, 'h'],
          ['Ram', gib, 'GiBy.h'],
        ] as const
      ).flatMap(([part, usd, unit]) => {
        const name = `${FAMILY_NAMES[family]} ${part} running in ${place}`;
        return [
          sku(service, name, region, usd * factor, unit),
          sku(service, `Spot Preemptible ${name}`, region, usd * factor * 0.3, unit, 'Preemptible'),
          sku(service, name.replace('Instance', 'Custom Instance'), region, usd * factor * 1.05, unit),
        ];
      }),
    );
    const suffix = place === 'Americas' ? '' : ` in ${place}`;
    const disks = Object.entries(DISKS).flatMap(([type, usd]) => [
      sku(service, `${DISK_NAMES[type]} Capacity${suffix}`, region, usd * factor, 'GiBy.mo'),
      sku(service, `Regional ${DISK_NAMES[type]} Capacity${suffix}`, region, usd * 2 * factor, 'GiBy.mo'),
    ]);
    return [
      ...machines,
      ...disks,
      sku(service, `Storage PD Snapshot${suffix}`, region, 0.05 * factor, 'GiBy.mo'),
      sku(service, `Static Ip Charge${suffix}`, region, 0.01 * factor, 'h'),
    ];
  });
}

function sqlSkus(service: string): Json[] {
  return REGIONS.flatMap((region) =>
    ['PostgreSQL', 'MySQL'].flatMap((engine) =>
      (['Zonal', 'Regional'] as const).flatMap((availability) => {
        const factor = (REGION_FACTORS[region] ?? 1) * (availability === 'Zonal' ? 1 : 2);
        return (
          [
            ['vCPU', 0.0413, 'h'],
            ['RAM', 0.007, 'GiBy.h'],
            ['Standard storage', 0.17, 'GiBy.mo'],
            ['Low cost storage', 0.09, 'GiBy.mo'],
          ] as const
        ).map(([part, usd, unit]) => {
          const name = `Cloud SQL for ${engine}: ${availability} - ${part} in ${PLACES[region] ?? region}`;
          return sku(service, name, region, usd * factor, unit);
        });
      }),
    ),
  );
}

const SERVICES: Readonly<Record<string, (service: string) => Json[]>> = {
  '6F81-5844-456A': computeSkus,
  '9662-B51E-5089': sqlSkus,
};

/** Cloud Billing Catalog, below `/v1/`: everybody who is known may read it. */
export function catalogueRoute(method: string, path: string): Route | undefined {
  const service = /^services\/([^/]+)\/skus$/.exec(path)?.[1];
  if (service === undefined || method !== 'GET') return undefined;
  return {
    api: 'cloudbilling.googleapis.com',
    permission: '',
    operation: 'cloudbilling.skus.list',
    serve: (call) => {
      const skus = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
      if (!skus) throw new GoogleError(404, 'NOT_FOUND', `Service services/${service} was not found.`);
      const { items, next } = page(skus(service), call, 'pageSize', 5000);
      return ok({ skus: items, nextPageToken: '', ...next });
    },
  };
}

import {
  DescribeServicesCommand,
  GetAttributeValuesCommand,
  GetProductsCommand,
  PricingClient,
  type Filter,
} from '@aws-sdk/client-pricing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { credentialsOf } from './support.ts';

let simulator: Simulator;
let pricing: PricingClient;

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty' });
  pricing = new PricingClient({
    region: 'us-east-1',
    endpoint: simulator.url,
    credentials: credentialsOf(simulator, 'admin'),
    maxAttempts: 1,
  });
});
afterAll(() => simulator.close());

interface Listed {
  product: { productFamily: string; attributes: Record<string, string>; sku: string };
  terms: {
    OnDemand: Record<
      string,
      { priceDimensions: Record<string, { unit: string; pricePerUnit: { USD: string } }> }
    >;
  };
}

const terms = (fields: Record<string, string>): Filter[] =>
  Object.entries(fields).map(([Field, Value]) => ({ Type: 'TERM_MATCH', Field, Value }));

async function products(ServiceCode: string, fields: Record<string, string>): Promise<Listed[]> {
  const { PriceList = [] } = await pricing.send(
    new GetProductsCommand({ ServiceCode, Filters: terms(fields) }),
  );
  return PriceList.map((text: unknown) => JSON.parse(String(text)) as Listed);
}

function priceOf(listed: Listed | undefined): string | undefined {
  const [term] = Object.values(listed?.terms.OnDemand ?? {});
  const [dimension] = Object.values(term?.priceDimensions ?? {});
  return dimension?.pricePerUnit.USD;
}

test('one EC2 price needs all six filters', async () => {
  const fields = {
    regionCode: 'us-east-1',
    instanceType: 'm5.large',
    operatingSystem: 'Linux',
    tenancy: 'Shared',
    preInstalledSw: 'NA',
    capacitystatus: 'Used',
  };
  const exact = await products('AmazonEC2', fields);
  expect(exact).toHaveLength(1);
  expect(priceOf(exact[0])).toBe('0.0960000000');
  const { capacitystatus: _, ...loose } = fields;
  expect((await products('AmazonEC2', loose)).length).toBeGreaterThan(1);
});

test.each([
  ['AmazonEC2', { regionCode: 'sa-east-1', volumeApiName: 'gp3', productFamily: 'Storage' }, 0.152],
  [
    'AmazonEC2',
    { location: 'EU (Ireland)', productFamily: 'NAT Gateway', usagetype: 'EU-NatGateway-Hours' },
    0.048,
  ],
  [
    'AmazonVPC',
    { regionCode: 'eu-central-1', group: 'VPCPublicIPv4Address', usagetype: 'EUC1-PublicIPv4:IdleAddress' },
    0.005,
  ],
  [
    'AmazonRDS',
    {
      regionCode: 'us-west-2',
      instanceType: 'db.t3.medium',
      databaseEngine: 'MySQL',
      deploymentOption: 'Single-AZ',
    },
    0.068,
  ],
  ['AmazonS3', { regionCode: 'us-east-1', volumeType: 'Standard' }, 0.023],
  ['AWSLambda', { regionCode: 'us-east-1', group: 'AWS-Lambda-Duration' }, 0.0000166667],
  [
    'AWSELB',
    { regionCode: 'us-east-1', productFamily: 'Load Balancer-Application', usagetype: 'LoadBalancerUsage' },
    0.0225,
  ],
] as const)('%s %o costs %d', async (service, fields, expected) => {
  const found = await products(service, { ...fields });
  expect(found).toHaveLength(1);
  expect(Number(priceOf(found[0]))).toBeCloseTo(expected, 10);
});

test('products come in bound pages of at most 100', async () => {
  const Filters = terms({ regionCode: 'us-east-1', operatingSystem: 'Linux', capacitystatus: 'Used' });
  const skus = new Set<string>();
  let NextToken: string | undefined;
  let pages = 0;
  let first: string | undefined;
  do {
    const page = await pricing.send(
      new GetProductsCommand({ ServiceCode: 'AmazonEC2', Filters, MaxResults: 100, NextToken }),
    );
    for (const text of page.PriceList ?? []) skus.add((JSON.parse(String(text)) as Listed).product.sku);
    NextToken = page.NextToken;
    first ??= NextToken;
    pages += 1;
  } while (NextToken);
  expect(pages).toBeGreaterThanOrEqual(2);
  expect(skus.size).toBeGreaterThan(100);
  await expect(
    pricing.send(new GetProductsCommand({ ServiceCode: 'AmazonRDS', NextToken: first })),
  ).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  await expect(
    pricing.send(new GetProductsCommand({ ServiceCode: 'AmazonRDS', MaxResults: 101 })),
  ).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('services and attribute values are listed', async () => {
  const { Services } = await pricing.send(new DescribeServicesCommand({ ServiceCode: 'AmazonEC2' }));
  expect(Services?.[0]?.AttributeNames).toContain('instanceType');
  const { AttributeValues } = await pricing.send(
    new GetAttributeValuesCommand({ ServiceCode: 'AmazonEC2', AttributeName: 'volumeApiName' }),
  );
  expect(AttributeValues?.map((v) => v.Value)).toEqual([
    'gp2',
    'gp3',
    'io1',
    'io2',
    'sc1',
    'st1',
    'standard',
  ]);
  await expect(pricing.send(new GetProductsCommand({ ServiceCode: 'AmazonTeapots' }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
});

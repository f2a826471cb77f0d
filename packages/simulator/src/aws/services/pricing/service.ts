import type {
  DescribeServicesRequest,
  DescribeServicesResponse,
  Filter,
  GetAttributeValuesRequest,
  GetAttributeValuesResponse,
  GetProductsRequest,
  GetProductsResponse,
} from '@aws-sdk/client-pricing';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { paginate } from '../../paging.ts';
import { PRICED_REGIONS } from '../../prices/regions.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { balancerProducts, ec2Products, transferProducts, vpcProducts } from './compute-products.ts';
import { cacheProducts, otherProducts, rdsProducts } from './managed-products.ts';
import { lambdaProducts, s3Products } from './storage-products.ts';
import { render, type Product } from './product.ts';

const SOURCES: Readonly<Record<string, (region: string) => Product[]>> = {
  AmazonEC2: ec2Products,
  AmazonVPC: vpcProducts,
  AWSELB: balancerProducts,
  AWSDataTransfer: transferProducts,
  AmazonRDS: rdsProducts,
  AmazonS3: s3Products,
  AWSLambda: lambdaProducts,
  AmazonElastiCache: cacheProducts,
  AmazonDynamoDB: (region) =>
    otherProducts(region).filter((p) => p.attributes['servicecode'] === 'AmazonDynamoDB'),
  AmazonCloudWatch: (region) =>
    otherProducts(region).filter((p) => p.attributes['servicecode'] === 'AmazonCloudWatch'),
  AmazonEKS: (region) => otherProducts(region).filter((p) => p.attributes['servicecode'] === 'AmazonEKS'),
};

const catalogue = new Map<string, readonly Product[]>();

/** The price list of a service over all listed regions, built on first use. */
export function productsOf(serviceCode: string): readonly Product[] {
  const source = Object.hasOwn(SOURCES, serviceCode) ? SOURCES[serviceCode] : undefined;
  if (!source) throw new AwsError('InvalidParameterException', `The service ${serviceCode} is not valid`);
  let list = catalogue.get(serviceCode);
  if (!list) catalogue.set(serviceCode, (list = PRICED_REGIONS.flatMap(source)));
  return list;
}

/** Few regions have an endpoint of the price list. */
const ENDPOINTS = new Set(['us-east-1', 'eu-central-1', 'ap-south-1', 'ap-southeast-1', 'aws-global']);

function checkEndpoint(context: RequestContext): void {
  if (!ENDPOINTS.has(context.region)) {
    throw new AwsError('NotFoundException', `The price list has no endpoint in ${context.region}`);
  }
}

interface PagedInput {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

function page<T>(
  items: readonly T[],
  input: PagedInput,
  keyOf: (item: T) => string,
  context: RequestContext,
): { items: readonly T[]; NextToken: string | undefined } {
  const { MaxResults: limit, NextToken: token, ...parameters } = input;
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1 || limit > 100)) {
    throw new AwsError('InvalidParameterException', 'MaxResults must be between 1 and 100');
  }
  const invalidToken = (): AwsError =>
    new AwsError('InvalidNextTokenException', 'The NextToken is not valid');
  const result = paginate(
    items,
    { token, limit, defaultLimit: 100, parameters, keyOf, invalidToken },
    context,
  );
  return { items: result.items, NextToken: result.nextToken };
}

function attributesOf(products: readonly Product[]): string[] {
  const names = new Set<string>(['productFamily', 'termType']);
  for (const item of products) for (const name of Object.keys(item.attributes)) names.add(name);
  return [...names].sort();
}

function describeServices(
  input: DescribeServicesRequest,
  context: RequestContext,
): Output<DescribeServicesResponse> {
  checkEndpoint(context);
  const codes = input.ServiceCode === undefined ? Object.keys(SOURCES).sort() : [input.ServiceCode];
  const { items, NextToken } = page(codes, input, (code) => code, context);
  return {
    Services: items.map((code) => ({ ServiceCode: code, AttributeNames: attributesOf(productsOf(code)) })),
    FormatVersion: 'aws_v1',
    NextToken,
  };
}

function getAttributeValues(
  input: GetAttributeValuesRequest,
  context: RequestContext,
): Output<GetAttributeValuesResponse> {
  checkEndpoint(context);
  const products = productsOf(input.ServiceCode ?? '');
  const name = input.AttributeName ?? '';
  if (!attributesOf(products).includes(name))
    throw new AwsError(
      'InvalidParameterException',
      `The attribute ${name} is not valid for ${input.ServiceCode}`,
    );
  const values = new Set<string>();
  for (const item of products) {
    const value = fieldOf(item, name);
    if (value !== undefined) values.add(value);
  }
  const { items, NextToken } = page([...values].sort(), input, (value) => value, context);
  return { AttributeValues: items.map((Value) => ({ Value })), NextToken };
}

function fieldOf(item: Product, name: string): string | undefined {
  if (name === 'productFamily') return item.family;
  if (name === 'termType') return 'OnDemand';
  if (name === 'sku') return item.sku;
  return item.attributes[name];
}

/** One filter as a test of a product; all filters of a request must hold. */
function predicate(filter: Filter): (item: Product) => boolean {
  const name = filter.Field ?? '';
  const wanted = filter.Value ?? '';
  const lower = wanted.toLowerCase();
  const list = new Set(lower.split(',').map((v) => v.trim()));
  const value = (item: Product): string | undefined => fieldOf(item, name)?.toLowerCase();
  switch (filter.Type) {
    case 'TERM_MATCH':
    case 'EQUALS':
      return (item) => value(item) === lower;
    case 'CONTAINS':
      return (item) => value(item)?.includes(lower) === true;
    case 'ANY_OF':
      return (item) => list.has(value(item) ?? '\u0000');
    case 'NONE_OF':
      return (item) => !list.has(value(item) ?? '\u0000');
    default:
      throw new AwsError('InvalidParameterException', `Filter type ${String(filter.Type)} is not valid`);
  }
}

function getProducts(input: GetProductsRequest, context: RequestContext): Output<GetProductsResponse> {
  checkEndpoint(context);
  if (input.FormatVersion !== undefined && input.FormatVersion !== 'aws_v1') {
    throw new AwsError('InvalidParameterException', 'The format version is not valid');
  }
  const tests = (input.Filters ?? []).map(predicate);
  const matching = productsOf(input.ServiceCode ?? '').filter((item) => tests.every((test) => test(item)));
  const { items, NextToken } = page(matching, input, (item) => item.sku, context);
  return { PriceList: items.map(render), FormatVersion: 'aws_v1', NextToken };
}

/** AWS Price List query service. */
export const pricing: ServiceDefinition = {
  iamPrefix: 'pricing',
  handlers: {
    DescribeServices: describeServices,
    GetAttributeValues: getAttributeValues,
    GetProducts: getProducts,
  },
};

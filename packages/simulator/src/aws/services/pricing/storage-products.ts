import {
  lambdaGbSecond,
  lambdaRequest,
  objectMonth,
  objectRequest,
  STORAGE_CLASSES,
} from '../../prices/prices.ts';
import { usagePrefix } from '../../prices/regions.ts';
import { one, product, usd, type Product } from './product.ts';

const CLASS_NAMES: Readonly<Record<string, readonly [volume: string, storage: string, usage: string]>> = {
  STANDARD: ['Standard', 'General Purpose', 'TimedStorage-ByteHrs'],
  STANDARD_IA: ['Standard - Infrequent Access', 'Infrequent Access', 'TimedStorage-SIA-ByteHrs'],
  ONEZONE_IA: ['One Zone - Infrequent Access', 'Infrequent Access', 'TimedStorage-ZIA-ByteHrs'],
  INTELLIGENT_TIERING: [
    'Intelligent-Tiering Frequent Access',
    'Intelligent-Tiering',
    'TimedStorage-INT-FA-ByteHrs',
  ],
  GLACIER_IR: ['Glacier Instant Retrieval', 'Archive Instant Retrieval', 'TimedStorage-GIR-ByteHrs'],
  GLACIER: ['Amazon Glacier', 'Archive', 'TimedStorage-GlacierByteHrs'],
  DEEP_ARCHIVE: ['Glacier Deep Archive', 'Archive', 'TimedStorage-GDA-ByteHrs'],
};

/** The usage type of stored objects of a class, without region prefix. */
export function storageUsage(storageClass: string): string {
  return CLASS_NAMES[storageClass]?.[2] ?? 'TimedStorage-ByteHrs';
}

/** Everything under AmazonS3. */
export function s3Products(region: string): Product[] {
  const prefix = usagePrefix(region);
  const storage = STORAGE_CLASSES.map((name) => {
    const [volumeType = '', storageClass = '', usage = ''] = CLASS_NAMES[name] ?? [];
    const price = objectMonth(region, name);
    const tiers =
      name === 'STANDARD'
        ? [
            {
              unit: 'GB-Mo',
              usd: price,
              description: `$${usd(price)} per GB - first 50 TB / month of storage used`,
              to: 51_200,
            },
            {
              unit: 'GB-Mo',
              usd: Number((price * 0.9565).toPrecision(4)),
              description: 'next 450 TB / month of storage used',
              from: 51_200,
              to: 512_000,
            },
            {
              unit: 'GB-Mo',
              usd: Number((price * 0.913).toPrecision(4)),
              description: 'storage used / month over 500 TB',
              from: 512_000,
            },
          ]
        : one('GB-Mo', price, `GB / month of storage used in ${volumeType}`);
    return product(
      'AmazonS3',
      'Amazon Simple Storage Service',
      region,
      'Storage',
      { volumeType, storageClass, usagetype: `${prefix}${usage}`, operation: '' },
      tiers,
    );
  });
  const request = objectRequest(region);
  const requests = (
    [
      ['S3-API-Tier1', 'Requests-Tier1', request.put, 'PUT, COPY, POST, or LIST request'],
      ['S3-API-Tier2', 'Requests-Tier2', request.get, 'GET and all other requests'],
    ] as const
  ).map(([group, usage, price, what]) =>
    product(
      'AmazonS3',
      'Amazon Simple Storage Service',
      region,
      'API Request',
      { group, groupDescription: what, usagetype: `${prefix}${usage}`, operation: '' },
      one('Requests', price, what),
    ),
  );
  return [...storage, ...requests];
}

/** Everything under AWSLambda. */
export function lambdaProducts(region: string): Product[] {
  const prefix = usagePrefix(region);
  const make = (group: string, usage: string, unit: string, price: number, what: string): Product =>
    product(
      'AWSLambda',
      'AWS Lambda',
      region,
      'Serverless',
      { group, groupDescription: what, usagetype: `${prefix}${usage}`, operation: '' },
      one(unit, price, what),
    );
  return [
    make(
      'AWS-Lambda-Requests',
      'Request',
      'Requests',
      lambdaRequest(region),
      'Invocation call for a Lambda function',
    ),
    make(
      'AWS-Lambda-Duration',
      'Lambda-GB-Second',
      'Second',
      lambdaGbSecond(region, 'x86_64'),
      'Invocation duration weighted by memory',
    ),
    make(
      'AWS-Lambda-Requests-ARM',
      'Request-ARM',
      'Requests',
      lambdaRequest(region),
      'Invocation call for an Arm Lambda function',
    ),
    make(
      'AWS-Lambda-Duration-ARM',
      'Lambda-GB-Second-ARM',
      'Second',
      lambdaGbSecond(region, 'arm64'),
      'Invocation duration weighted by memory, Arm',
    ),
  ];
}

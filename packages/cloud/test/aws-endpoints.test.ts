import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/src/server.ts';
import { aws } from '../src/aws/provider.ts';
import type { Connection, ConnectOptions } from '../src/contract.ts';
import { startBetween, type Answer, type Place, type Seen } from './between.ts';
import { failure, keysOf, listAll, QUICK } from './support.ts';

/*
 * Endpoints that speak AWS's protocols without being AWS: emulators and compatible stores. They label answers as they
 * please, have not every operation, leave members out that AWS always sends, and put null where AWS has nothing.
 */

const REGION = 'us-east-1';
const PAGE = '<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>';

let simulator: Simulator;
let between: Place | undefined;
let connection: Connection | undefined;

beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 0 });
});
afterEach(async () => {
  connection?.close();
  await between?.close();
});
afterAll(() => simulator.close());

async function through(
  tamper: (answer: Answer, seen: Seen) => void,
  limits: ConnectOptions['limits'] = {},
): Promise<Connection> {
  between = await startBetween(undefined, { url: simulator.url }, tamper);
  connection = aws.connect(keysOf(simulator, 'admin'), {
    endpoint: between.url,
    limits: { ...QUICK, ...limits },
  });
  return connection;
}

/** Whether a request is for an operation of a service; REST paths are matched by a part of them. */
function isCall(seen: Seen, operation: string): boolean {
  return seen.body.includes(`Action=${operation}&`) || seen.path.includes(operation);
}

function answering(status: number, type: string, body: string) {
  return (answer: Answer): void => {
    answer.status = status;
    answer.headers['content-type'] = type;
    answer.body = body;
  };
}

const changed = (answer: Answer, change: (body: Record<string, unknown>) => void): void => {
  const body = JSON.parse(answer.body) as Record<string, unknown>;
  change(body);
  answer.body = JSON.stringify(body);
};

test('an answer is told by what is in it, not by its label', async () => {
  const cloud = await through((answer) => {
    answer.headers['content-type'] = 'text/html; charset=utf-8';
  });
  for (const service of ['logs', 'lambda', 'security', 'rds', 's3']) {
    const region = service === 's3' ? 'global' : REGION;
    const { ends, resources } = await listAll(cloud, { service, region });
    for (const end of ends.values()) expect(end).toMatchObject({ complete: true });
    expect(resources.length).toBeGreaterThan(0);
  }
});

describe('an operation that the endpoint does not have', () => {
  test.each([
    ['its framework says', 404, 'text/html', PAGE],
    [
      'it says by status',
      501,
      'application/json',
      '{"__type":"InternalFailure","message":"not yet implemented"}',
    ],
    ['it says by code', 400, 'application/json', '{"__type":"UnknownOperationException","message":"no"}'],
  ])('for a detail leaves the rest to be seen: %s', async (_name, status, type, body) => {
    const refuse = answering(status, type, body);
    const cloud = await through((answer, seen) => {
      if (isCall(seen, 'provisioned-concurrency')) refuse(answer);
    });
    const { ends, resources } = await listAll(cloud, { service: 'lambda', region: REGION });
    expect(ends.get('aws.lambda.function')).toMatchObject({ complete: true });
    expect(resources.length).toBeGreaterThan(0);
    expect(resources[0]?.attributes['ProvisionedConcurrency']).toHaveProperty('unreadable');
  });

  test('for a list is a problem of that list; the others are there', async () => {
    const refuse = answering(
      501,
      'text/xml',
      '<Response><Errors><Error><Code>InternalFailure</Code><Message>not yet implemented</Message></Error></Errors></Response>',
    );
    const cloud = await through((answer, seen) => {
      if (isCall(seen, 'DescribeNatGateways')) refuse(answer);
    });
    const { ends } = await listAll(cloud, { service: 'ec2', region: REGION });
    for (const [type, end] of ends)
      if (type === 'aws.ec2.nat-gateway')
        expect(end).toMatchObject({ complete: false, problem: { kind: 'unsupported' } });
      else expect(end).toMatchObject({ complete: true });
  });

  test('for settings of buckets shows the buckets without them', async () => {
    const refuse = answering(
      501,
      'application/xml',
      '<Error><Code>NotImplemented</Code><Message>A header you provided implies functionality that is not implemented</Message></Error>',
    );
    const cloud = await through((answer, seen) => {
      if (/[?&](publicAccessBlock|encryption|lifecycle|tagging|uploads)\b/.test(seen.path)) refuse(answer);
    });
    const { ends, resources } = await listAll(cloud, { service: 's3', region: 'global' });
    expect(ends.get('aws.s3.bucket')).toMatchObject({ complete: true });
    expect(resources.length).toBeGreaterThan(3);
    expect(resources[0]?.attributes['PublicAccessBlock']).toEqual({ unreadable: 'unsupported' });
  });
});

test('null members of lists are none', async () => {
  const cloud = await through((answer, seen) => {
    if (!seen.path.startsWith('/2015-03-31/functions')) return;
    changed(answer, (body) => {
      if (Array.isArray(body['Functions']))
        body['Functions'] = [null, ...(body['Functions'] as unknown[]), null];
    });
  });
  const { ends, resources } = await listAll(cloud, { service: 'lambda', region: REGION });
  expect(ends.get('aws.lambda.function')).toMatchObject({ complete: true, count: resources.length });
  expect(resources.length).toBeGreaterThan(0);
});

test('what has no id is left out, and the list says that it is not whole', async () => {
  const cloud = await through((answer) => {
    answer.body = answer.body.replace(/<volumeId>[^<]*<\/volumeId>/, '');
  });
  const { ends, resources } = await listAll(cloud, {
    service: 'ec2',
    region: REGION,
    types: ['aws.ec2.volume'],
  });
  expect(resources.length).toBeGreaterThan(20);
  expect(resources.every(({ id }) => id.startsWith('vol-'))).toBe(true);
  expect(ends.get('aws.ec2.volume')).toMatchObject({
    complete: false,
    problem: { providerCode: 'MissingIdentity' },
  });
});

test('what an endpoint lists in every region is in its own only', async () => {
  const cloud = await through((answer) => {
    answer.body = answer.body.replaceAll(`:kinesis:${REGION}:`, ':kinesis:sa-east-1:');
  });
  const { ends, resources } = await listAll(cloud, {
    service: 'analytics',
    region: REGION,
    types: ['aws.kinesis.stream'],
  });
  expect(ends.get('aws.kinesis.stream')).toMatchObject({ complete: true, count: 0 });
  expect(resources).toEqual([]);
});

test('a list of another shape is a problem of its type and no crash', async () => {
  const cloud = await through((answer, seen) => {
    if (seen.path.startsWith('/2015-03-31/functions'))
      changed(
        answer,
        (body) =>
          void (body['Functions'] = [{ FunctionName: 'odd', Layers: 7, VpcConfig: { SubnetIds: 7 } }]),
      );
  });
  const { ends } = await listAll(cloud, { service: 'lambda', region: REGION });
  expect(ends.get('aws.lambda.function')).toMatchObject({ complete: false, count: 0, problem: {} });
});

test('an endpoint without client tokens gets one instance for one order', async () => {
  const cloud = await through(() => {});
  const TYPE = 'aws.ec2.instance';
  const input: Record<string, string | string[]> = { instanceType: 't3.micro' };
  for (const field of ['imageId', 'subnetId', 'securityGroupIds']) {
    const [choice] = await cloud.options({ creatable: TYPE, field, region: REGION, input });
    input[field] = field === 'securityGroupIds' ? [choice?.value ?? ''] : (choice?.value ?? '');
  }
  const order = { creatable: TYPE, region: REGION, input, clientToken: 'order-without-tokens' };
  const first = await cloud.create(order);
  const launches = (): number => between?.seen.filter((one) => isCall(one, 'RunInstances')).length ?? 0;
  expect(first.status).toBe('created');
  expect(launches()).toBe(1);
  expect(await cloud.create(order)).toMatchObject({ status: 'existing', resources: first.resources });
  expect(launches()).toBe(1);
});

/** Codes of the services' API references ("Common errors") with the status they come with, in each protocol. */
const XML = (code: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>m</Message></Error></ErrorResponse>`;
const EC2_XML = (code: string): string =>
  `<Response><Errors><Error><Code>${code}</Code><Message>m</Message></Error></Errors></Response>`;
const JSON_BODY = (code: string): string => JSON.stringify({ __type: `com.amazonaws#${code}`, message: 'm' });

describe('codes', () => {
  test.each([
    ['ec2', 'RequestLimitExceeded', 503, 'throttled'],
    ['ec2', 'UnauthorizedOperation', 403, 'denied'],
    ['ec2', 'AuthFailure', 401, 'invalid_credentials'],
    ['ec2', 'RequestExpired', 400, 'clock_skew'],
    ['ec2', 'OptInRequired', 401, 'region_disabled'],
    ['ec2', 'Blocked', 400, 'not_enabled'],
    ['rds', 'Throttling', 400, 'throttled'],
    ['rds', 'AccessDenied', 403, 'denied'],
    ['rds', 'InvalidClientTokenId', 403, 'invalid_credentials'],
    ['rds', 'SignatureDoesNotMatch', 403, 'invalid_credentials'],
    ['rds', 'ExpiredToken', 403, 'expired'],
    ['rds', 'InternalFailure', 500, 'unavailable'],
    ['rds', 'ServiceUnavailable', 503, 'unavailable'],
    ['dynamodb', 'ThrottlingException', 400, 'throttled'],
    ['dynamodb', 'ProvisionedThroughputExceededException', 400, 'throttled'],
    ['dynamodb', 'AccessDeniedException', 400, 'denied'],
    ['dynamodb', 'UnrecognizedClientException', 400, 'invalid_credentials'],
    ['dynamodb', 'ExpiredTokenException', 400, 'expired'],
    ['dynamodb', 'SubscriptionRequiredException', 400, 'not_enabled'],
    ['lambda', 'TooManyRequestsException', 429, 'throttled'],
    ['lambda', 'AccessDeniedException', 403, 'denied'],
    ['lambda', 'UnrecognizedClientException', 403, 'invalid_credentials'],
    ['s3', 'SlowDown', 503, 'throttled'],
    ['s3', 'InvalidAccessKeyId', 403, 'invalid_credentials'],
    ['s3', 'RequestTimeTooSkewed', 403, 'clock_skew'],
    ['s3', 'ExpiredToken', 400, 'expired'],
  ])('%s: %s %i is %s', async (service, code, status, kind) => {
    const xml = service === 'ec2' ? EC2_XML(code) : XML(code);
    const s3 = `<Error><Code>${code}</Code><Message>m</Message><RequestId>1</RequestId></Error>`;
    const json = service === 'dynamodb' || service === 'lambda';
    const refuse = answering(
      status,
      json ? 'application/x-amz-json-1.0' : 'text/xml',
      json ? JSON_BODY(code) : service === 's3' ? s3 : xml,
    );
    const cloud = await through(
      (answer, seen) => {
        // Who we are is asked first, and answered.
        if (!isCall(seen, 'GetCallerIdentity')) refuse(answer);
      },
      { retryForMs: 30 },
    );
    const region = service === 's3' ? 'global' : REGION;
    const { ends } = await listAll(cloud, { service, region });
    for (const end of ends.values()) expect(end.problem).toMatchObject({ kind, providerCode: code });
  });
});

test('a failed call is told with its code, whatever else fails while it is told', async () => {
  const refuse = answering(403, 'text/xml', XML('AccessDenied'));
  const cloud = await through((answer) => refuse(answer));
  expect((await failure(cloud.identity())).problem).toMatchObject({ kind: 'denied', httpStatus: 403 });
});

test.each([
  ['keys of a session are at their end', 'a-session-token', 'expired'],
  ['lasting keys meet a clock that is off', undefined, 'clock_skew'],
])('"Request has expired." of EC2: %s', async (_name, sessionToken, kind) => {
  const refuse = answering(400, 'text/xml', EC2_XML('RequestExpired'));
  between = await startBetween(undefined, { url: simulator.url }, refuse);
  const { method, values } = keysOf(simulator, 'admin');
  const credentials = { method, values: sessionToken ? { ...values, sessionToken } : values };
  connection = aws.connect(credentials, { endpoint: between.url, limits: QUICK });
  expect((await failure(connection.regions())).problem).toMatchObject({
    kind,
    providerCode: 'RequestExpired',
  });
  // Once more with the time of the answer: another call may have set the clock meanwhile.
  expect(between.seen.length).toBe(2);
});

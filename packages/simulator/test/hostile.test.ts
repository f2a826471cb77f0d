import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import {
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  EC2Client,
  paginateDescribeVolumes,
} from '@aws-sdk/client-ec2';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startSimulator, type Simulator } from '../src/server.ts';
import { clientConfig, credentialsOf, ec2Client, failure } from './support.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'empty' });
});
afterAll(() => simulator.close());

/** Sends raw bytes and returns all that comes back. */
function raw(data: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(simulator.url);
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(data));
    let text = '';
    socket.setTimeout(5000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

interface RawRequest {
  path: string;
  body?: unknown;
  headers: Record<string, string>;
}

/** An Organizations client whose request is changed before it is signed. */
function changed(change: (request: RawRequest) => void): Promise<unknown> {
  const client = new OrganizationsClient(clientConfig(simulator));
  client.middlewareStack.add(
    (next) => (args) => {
      change(args.request as RawRequest);
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  return client.send(new ListAccountsCommand({}));
}

function withBody(
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): (request: RawRequest) => void {
  return (request) => {
    request.body = body;
    Object.assign(request.headers, headers, { 'content-length': String(Buffer.byteLength(body)) });
  };
}

describe('hostile requests', () => {
  test('garbage, bad percent-encoding and broken signatures get an answer, and the server lives on', async () => {
    const scope = 'AKIA/20260101/us-east-1/s3/aws4_request';
    const head = (line: string, extra = '') =>
      `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${extra}\r\n`;
    const answers = await Promise.all([
      raw(randomBytes(400)),
      raw(head('GET /%E0%A4%A')),
      raw(head('GET /a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=x')),
      raw(
        head(
          'GET /%E0%A4%A',
          `Authorization: AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0\r\nX-Amz-Date: 20260101T000000Z\r\n`,
        ),
      ),
      raw(head('POST /', 'Authorization: Basic eDp5\r\nContent-Length: 0\r\n')),
      raw(head('POST /', 'Content-Encoding: gzip\r\nContent-Length: 4\r\n') + 'abcd'),
      raw(head('POST /_control/faults', 'Content-Length: 2\r\n') + '{]'),
    ]);
    for (const [i, answer] of answers.entries()) expect(answer, `request ${i}`).toMatch(/^HTTP\/1\.1 4\d\d /);
    await ec2Client(simulator).send(new DescribeRegionsCommand({}));
  });

  test('signed requests with a damaged body are refused in the words of the protocol', async () => {
    const refusal = { name: 'SerializationException', status: 400 };
    expect(await failure(changed(withBody('{"broken')))).toMatchObject(refusal);
    expect(await failure(changed(withBody('[]')))).toMatchObject(refusal);
    expect(await failure(changed(withBody('{"MaxResults":"many"}')))).toMatchObject(refusal);
    expect(
      (await failure(changed(withBody(gzipSync('{}').subarray(0, 12), { 'content-encoding': 'gzip' }))))
        .status,
    ).toBe(400);
  });

  test('a gzip body is signed as sent and read unpacked', async () => {
    const call = failure(changed(withBody(gzipSync('{"MaxResults":99}'), { 'content-encoding': 'gzip' })));
    // The answer proves that the body was understood: the account has no organization.
    expect(await call).toMatchObject({ name: 'AWSOrganizationsNotInUseException' });
  });

  test('a body changed after signing is refused', async () => {
    const client = new OrganizationsClient(clientConfig(simulator));
    client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as RawRequest;
        request.body = '{"MaxResults":1}';
        request.headers['content-length'] = '16';
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low', name: 'tamper' },
    );
    expect(await failure(client.send(new ListAccountsCommand({ MaxResults: 2 })))).toMatchObject({
      name: 'InvalidSignatureException',
      status: 400,
    });
  });
});

describe('the scenario faults', () => {
  test('a patient client reads the estate in spite of it, and no handler fails', async () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    simulator.control.loadScenario('faults');
    const credentials = credentialsOf(simulator, 'admin');
    const client = new EC2Client({ ...clientConfig(simulator), credentials, maxAttempts: 8 });
    const ids = new Set<string>();
    for await (const page of paginateDescribeVolumes({ client }, {})) {
      for (const volume of page.Volumes ?? []) ids.add(volume.VolumeId ?? '');
      expect(page.Volumes?.length).toBeLessThanOrEqual(7);
    }
    for (let i = 0; i < 12; i++) await client.send(new DescribeInstancesCommand({}));
    expect(ids.size).toBeGreaterThan(20);
    expect(simulator.control.requests.list().some((r) => r.status >= 500)).toBe(true);
    expect(errors).not.toHaveBeenCalled();
    errors.mockRestore();
    simulator.control.loadScenario('empty');
  });

  test('a denial may be aimed at a principal', async () => {
    simulator.control.addFault({ effect: { kind: 'deny' }, target: { principal: '*:user/read-only' } });
    expect(
      await failure(ec2Client(simulator, 'read-only').send(new DescribeRegionsCommand({}))),
    ).toMatchObject({ name: 'UnauthorizedOperation' });
    await ec2Client(simulator).send(new DescribeRegionsCommand({}));
    simulator.control.faults.clear();
  });
});

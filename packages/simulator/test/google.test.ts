import { createHash } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededKeyPair } from '../src/google/key-pair.ts';
import { startSimulator, type Simulator } from '../src/server.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ scenario: 'demo', transitionScale: 1, clock: { factor: 0 } });
});
afterAll(() => simulator.close());

const AUDIENCE = 'https://oauth2.googleapis.com/token';
const keyFile = () => {
  const found = simulator.control.report?.serviceAccounts?.find(({ label }) => label === 'gcp-admin');
  return JSON.parse(found?.key ?? '{}') as Record<string, string>;
};

async function signIn(
  options: { readonly seed?: string; readonly iat?: number; readonly audience?: string } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { client_email: email = '', private_key: own = '' } = keyFile();
  const key = options.seed === undefined ? own : seededKeyPair(options.seed).privateKey;
  const iat = options.iat ?? Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT({ scope: 'https://www.googleapis.com/auth/cloud-platform' })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(email)
    .setAudience(options.audience ?? AUDIENCE)
    .setIssuedAt(iat)
    .setExpirationTime(iat + 3600)
    .sign(await importPKCS8(key, 'RS256'));
  const answer = await fetch(`${simulator.google.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function call(method: string, path: string, body?: unknown): Promise<Response> {
  const token = String((await signIn()).body['access_token']);
  return fetch(`${simulator.google.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
const json = async (answer: Promise<Response>) => (await (await answer).json()) as Record<string, unknown>;

test('keys follow from the seed, in every process', () => {
  const { publicKey } = seededKeyPair('cloudatlas');
  expect(createHash('sha256').update(publicKey).digest('hex')).toBe(
    '40561de93f54a95241f7276a4f09b871d9d27ef74c9cd199c9e70b13c597623d',
  );
  expect(seededKeyPair('another').publicKey).not.toBe(publicKey);
});

describe('the token endpoint', () => {
  test('gives a token for an assertion that the key signed', async () => {
    expect(await signIn()).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 3599 } });
  });

  test('refuses other keys, old and future assertions, and other audiences', async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const wrong of [
      { seed: 'another' },
      { iat: now - 7200 },
      { iat: now + 7200 },
      { audience: 'https://example.com' },
    ])
      expect(await signIn(wrong), JSON.stringify(wrong)).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      });
  });

  test('calls without a token, or with another, are unauthenticated', async () => {
    for (const headers of [{}, { authorization: 'Bearer ya29.nobody' }]) {
      const url = `${simulator.google.url}/v3/projects/aurora-digital-prod`;
      const answer = await fetch(url, { headers });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: { status: 'UNAUTHENTICATED' } });
    }
  });
});

describe('Compute Engine', () => {
  const base = '/compute/v1/projects/aurora-digital-prod';
  const vm = `${base}/zones/southamerica-east1-b/instances/feed-exporter`;

  test('an operation runs, and is done when its time has come; its request can be repeated', async () => {
    const requestId = '?requestId=6f1c2f6e-3c3f-4d0a-9d5c-0c9f5a3b7e11';
    const first = await json(call('POST', `${vm}/stop${requestId}`));
    expect(first).toMatchObject({ kind: 'compute#operation', operationType: 'stop', status: 'RUNNING' });
    expect((await json(call('POST', `${vm}/stop${requestId}`)))['name']).toBe(first['name']);
    expect((await json(call('GET', vm)))['status']).toBe('STOPPING');
    simulator.control.advance(60);
    const path = new URL(String(first['selfLink'])).pathname;
    expect((await json(call('GET', path)))['status']).toBe('DONE');
    expect((await json(call('GET', vm)))['status']).toBe('TERMINATED');
  });

  test('labels want the fingerprint that was read', async () => {
    const stale = await call('POST', `${vm}/setLabels`, { labels: { a: 'b' }, labelFingerprint: 'old' });
    expect(stale.status).toBe(412);
    expect(await stale.json()).toMatchObject({ error: { errors: [{ reason: 'conditionNotMet' }] } });
  });

  test('an aggregated list names every place, with items or a warning', async () => {
    const { items } = (await json(call('GET', `${base}/aggregated/instances?maxResults=3`))) as {
      items: Record<string, { instances?: unknown[]; warning?: { code: string } }>;
    };
    const parts = Object.values(items);
    expect(parts.flatMap((part) => part.instances ?? [])).toHaveLength(3);
    expect(parts.every((part) => part.instances || part.warning?.code === 'NO_RESULTS_ON_PAGE')).toBe(true);
  });
});

test('every planted piece of waste and every decoy is a resource of the project', () => {
  const [project] = simulator.control.world.projects.values();
  const report = simulator.control.report;
  const known = new Set(
    [...(project?.objects.values() ?? [])].map(
      (object) => `//${object.collection.split('.')[0]}.googleapis.com/${object.path}`,
    ),
  );
  const pieces = [...(report?.waste ?? []), ...(report?.decoys ?? [])].filter((p) => p.service === 'gcp');
  expect(pieces.length).toBeGreaterThan(20);
  for (const piece of pieces) expect(known.has(piece.resourceId), piece.resourceId).toBe(true);
});

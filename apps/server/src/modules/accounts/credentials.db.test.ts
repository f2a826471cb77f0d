import { describe, expect, test } from 'vitest';
import { allFeatures, eventually, keyOf, startCloudStage } from '../../../test/support/cloud.ts';

const EMPTY = '111122223333';

describe("the server's own identity", () => {
  test('is offered and used when the operator allows it', async () => {
    const stage = await startCloudStage({ work: false, env: { ACCOUNTS_AMBIENT_CREDENTIALS: 'true' } });
    const key = keyOf(stage.simulator);
    const before = { id: process.env.AWS_ACCESS_KEY_ID, secret: process.env.AWS_SECRET_ACCESS_KEY };
    process.env.AWS_ACCESS_KEY_ID = key.accessKeyId;
    process.env.AWS_SECRET_ACCESS_KEY = key.secretAccessKey;
    try {
      const { body } = await stage.owner.get(`${stage.base}/providers`);
      expect(body.items[0].credentialMethods.map((method: { id: string }) => method.id)).toContain(
        'environment',
      );
      const connected = await stage.owner.post(`${stage.base}/accounts`, {
        provider: 'aws',
        endpoint: 'simulator',
        name: 'Ours',
        credentials: { method: 'environment', values: {} },
        features: ['inventory'],
      });
      expect([connected.status, connected.body.nativeId]).toEqual([201, EMPTY]);
    } finally {
      restore('AWS_ACCESS_KEY_ID', before.id);
      restore('AWS_SECRET_ACCESS_KEY', before.secret);
      await stage.close();
    }
  });
});

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

describe('credentials', () => {
  test('show in no answer, log line, job, event, journal, audit entry or column of any table', async () => {
    const stage = await startCloudStage();
    try {
      const answers: unknown[] = [];
      const ask = async (
        method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
        path: string,
        body?: unknown,
      ) => {
        const answer = await stage.owner.call(method, `${stage.base}${path}`, body);
        answers.push(answer);
        return answer;
      };
      const key = keyOf(stage.simulator);
      const sessionToken = 'a-session-token-that-is-a-secret-too-0815';
      const secrets = [key.secretAccessKey, sessionToken, 'wrong-secret-access-key-0123456789abcdef'];
      const connect = (values: object) => ({
        provider: 'aws',
        endpoint: 'simulator',
        name: 'Secretive',
        features: allFeatures,
        credentials: { method: 'keys', values },
      });
      await ask('POST', '/accounts', connect({ ...key, sessionToken }));
      await ask('POST', '/accounts', connect({ ...key, secretAccessKey: secrets[2] }));
      await ask('POST', '/accounts', connect({ ...key, region: key.secretAccessKey }));
      const account = (await ask('POST', '/accounts', connect(key))).body;
      expect(account.nativeId).toBe(EMPTY);
      stage.simulator.control.addFault({
        effect: { kind: 'error', code: 'Weird', message: `the secret ${key.secretAccessKey}` },
        target: { actions: ['rds:*'] },
      });
      await ask('GET', `/accounts/${account.id}`);
      await ask('POST', `/accounts/${account.id}/test`);
      await ask('PUT', `/accounts/${account.id}/credentials`, {
        credentials: { method: 'keys', values: key },
      });
      await eventually(
        () => ask('GET', '/sync-runs'),
        ({ body }) =>
          body.items.length > 0 && body.items.every((run: { status: string }) => run.status !== 'running'),
      );
      const creation = await ask('POST', '/creations', {
        accountId: account.id,
        creatable: 'aws.s3.bucket',
        region: 'us-east-1',
        input: { bucketName: 'secretive-bucket' },
      });
      await eventually(
        () => ask('GET', `/orders/${creation.body.id}`),
        ({ body }) => body.status === 'done',
      );
      await stage.atlas.settled();
      const places: [string, string][] = [
        ['answers', JSON.stringify(answers)],
        ['log', stage.logged()],
      ];
      const { rows: tables } = await stage.sql.query<{ name: string }>(
        `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`,
      );
      expect(tables.length).toBeGreaterThan(30);
      for (const { name } of tables) {
        const { rows } = await stage.sql.query<{ text: string }>(`select t::text as text from ${name} t`);
        places.push([name, rows.map((row) => row.text).join('\n')]);
      }
      // The search must be able to find: the account's name stands in its table, the key's id is no secret.
      expect(places.find(([name]) => name === 'accounts.cloud_account')?.[1]).toContain('Secretive');
      for (const [name, text] of places) {
        for (const secret of secrets) {
          for (const form of [
            secret,
            JSON.stringify(secret).slice(1, -1),
            Buffer.from(secret).toString('hex'),
            Buffer.from(secret).toString('base64').slice(0, -4),
          ]) {
            expect(text.includes(form), `${name} holds a secret`).toBe(false);
          }
        }
      }
    } finally {
      await stage.close();
    }
  });
});

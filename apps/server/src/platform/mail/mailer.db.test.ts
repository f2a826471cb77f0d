import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { pino } from 'pino';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock, systemClock } from '../clock/clock.ts';
import { PostgresDatabase } from '../db/database.ts';
import { newId } from '../ids/ids.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { createJobs } from '../jobs/pg-boss-jobs.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createTestDatabase, type TestDatabase } from '../testing/postgres.ts';
import type { Mailer } from './mailer.ts';
import { createMailer, type MailerOptions } from './outbox-mailer.ts';

const log = pino({ level: 'silent' });
const organizationId = newId();
const mail = {
  to: 'ana@example.com',
  subject: 'Bem-vinda, você',
  text: 'Open https://atlas.example.com/verify#secret-link',
  html: '<p>Olá</p>',
};

let database: TestDatabase;
let db: PostgresDatabase;
let server: SMTPServer;
let serverUrl: string;
const received: { from: string; to: string[]; raw: string }[] = [];
const running: Jobs[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  db = new PostgresDatabase({ url: database.appUrl, poolSize: 6, log });
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(recipient, _session, done) {
      const code = /^(\d{3})-/.exec(recipient.address)?.[1];
      if (code === undefined) done();
      else done(Object.assign(new Error('mailbox not for us'), { responseCode: Number(code) }));
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((recipient) => recipient.address),
          raw: Buffer.concat(parts).toString('utf8'),
        });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  serverUrl = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((jobs) => jobs.stop({ drainMs: 5000 })));
  received.length = 0;
});

afterAll(async () => {
  await new Promise<void>((resolve) => server.close(resolve));
  await db.close();
  await database.drop();
});

async function start(
  config: Partial<MailerOptions['config']>,
  options: Partial<MailerOptions> = {},
): Promise<{ mailer: Mailer; jobs: Jobs }> {
  const jobs = createJobs({
    appUrl: database.appUrl,
    db,
    log,
    metrics: createMetrics({ collectDefaults: false }),
    pollSeconds: 0.5,
    superviseSeconds: 1,
  });
  const mailer = createMailer({
    config: {
      NODE_ENV: 'test',
      SMTP_URL: undefined,
      MAIL_FROM: 'CloudAtlas <no-reply@atlas.example.com>',
      ...config,
    },
    db,
    jobs,
    log,
    clock: systemClock,
    retryDelaySeconds: 0,
    ...options,
  });
  running.push(jobs);
  await jobs.start({ work: true });
  return { mailer, jobs };
}

interface Row {
  status: string;
  error: string | null;
  body_text: string | null;
  body_html: string | null;
  organization_id: string | null;
}

async function rowOf(id: string): Promise<Row | undefined> {
  const { rows } = await db.inSystem('test', (tx) =>
    sql<Row>`select status, error, body_text, body_html, organization_id from platform.mail_outbox where id = ${id}::uuid`.execute(
      tx,
    ),
  );
  return rows[0];
}

async function settled(id: string): Promise<Row> {
  const end = Date.now() + 20_000;
  for (;;) {
    const row = await rowOf(id);
    if (row !== undefined && row.status !== 'queued') return row;
    if (Date.now() > end) throw new Error('The mail was not settled in time.');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

describe('with an SMTP server', () => {
  test('a committed mail arrives once and its text is removed; a rolled back one never was', async () => {
    const { mailer } = await start({ SMTP_URL: serverUrl });
    await expect(
      db.inTenant({ organizationId }, async (tx) => {
        await mailer.send(tx, mail);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    const id = await db.inTenant({ organizationId }, (tx) => mailer.send(tx, mail));
    expect(await settled(id)).toEqual({
      status: 'sent',
      error: null,
      body_text: null,
      body_html: null,
      organization_id: organizationId,
    });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ from: 'no-reply@atlas.example.com', to: ['ana@example.com'] });
    expect(received[0]!.raw).toContain(`Message-ID: <${id}@atlas.example.com>`);
    expect(received[0]!.raw).toContain('secret-link');
    const jobs = await db.inSystem('test', (tx) =>
      sql<{
        data: string;
      }>`select data::text as data from pgboss.job where name = 'platform.mail-send'`.execute(tx),
    );
    expect(jobs.rows.length).toBeGreaterThan(0);
    for (const { data } of jobs.rows) expect(data).not.toContain('secret-link');
  });

  test('a refused recipient bounces at once and is not tried again', async () => {
    const { mailer, jobs } = await start({ SMTP_URL: serverUrl });
    const id = await db.inSystem('test', (tx) => mailer.send(tx, { ...mail, to: '550-nobody@example.com' }));
    const row = await settled(id);
    expect(row).toMatchObject({ status: 'bounced', body_text: null, organization_id: null });
    expect(row.error).toContain('550');
    expect(await jobs.deadJobs(10)).toEqual([]);
  });

  test('an answer that blames our settings is no bounce', async () => {
    const { mailer } = await start({ SMTP_URL: serverUrl }, { retryLimit: 0 });
    const id = await db.inSystem('test', (tx) =>
      mailer.send(tx, { ...mail, to: '530-auth-first@example.com' }),
    );
    expect(await settled(id)).toMatchObject({ status: 'failed' });
  });

  test('a recipient that is busy is tried again, and given up after the last try', async () => {
    const { mailer, jobs } = await start({ SMTP_URL: serverUrl }, { retryLimit: 1 });
    const id = await db.inSystem('test', (tx) => mailer.send(tx, { ...mail, to: '450-busy@example.com' }));
    const row = await settled(id);
    expect(row).toMatchObject({ status: 'failed', body_text: null });
    expect(row.error).toContain('450');
    expect((await jobs.deadJobs(10)).map((dead) => dead.name)).toContain('platform.mail-send');
  });
});

test('without a server the mail waits and is sent when the server is back', async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const away = await start({ SMTP_URL: `smtp://127.0.0.1:${port}` }, { retryLimit: 50 });
  const id = await db.inSystem('test', (tx) => away.mailer.send(tx, mail));
  const tried = async (): Promise<number> => {
    const { rows } = await db.inSystem('test', (tx) =>
      sql<{
        count: number;
      }>`select retry_count as count from pgboss.job where data->>'mailId' = ${id}`.execute(tx),
    );
    return rows[0]?.count ?? 0;
  };
  const end = Date.now() + 15_000;
  while ((await tried()) < 1 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await tried()).toBeGreaterThanOrEqual(1);
  expect(await rowOf(id)).toMatchObject({ status: 'queued', body_text: mail.text });
  await away.jobs.stop({ drainMs: 5000 });
  await start({ SMTP_URL: serverUrl });
  expect(await settled(id)).toMatchObject({ status: 'sent' });
});

describe('in development without SMTP_URL', () => {
  test('mails are held, shown newest first and never sent', async () => {
    const { mailer } = await start({ NODE_ENV: 'development' });
    const first = await db.inTenant({ organizationId }, (tx) => mailer.send(tx, mail));
    const second = await db.inSystem('test', (tx) =>
      mailer.send(tx, { to: 'bo@example.com', subject: 'Two', text: 'two' }),
    );
    const shown = await mailer.listDevMail(10);
    expect(shown.map((each) => each.id)).toEqual([second, first]);
    expect(shown[1]).toMatchObject({ to: mail.to, subject: mail.subject, text: mail.text, html: mail.html });
    expect(await mailer.listDevMail(1)).toHaveLength(1);
    expect(await rowOf(first)).toMatchObject({ status: 'held' });
  });

  test('nothing is shown in production or when a server is set', async () => {
    const { mailer: production } = await start({ NODE_ENV: 'production' });
    expect(await production.listDevMail(10)).toEqual([]);
    const { mailer: sending } = await start({ NODE_ENV: 'development', SMTP_URL: serverUrl });
    expect(await sending.listDevMail(10)).toEqual([]);
  });

  test('old mails are swept away', async () => {
    const clock = new ManualClock(new Date(Date.now() - 8 * 86_400_000));
    const { mailer, jobs } = await start({ NODE_ENV: 'development' }, { clock });
    const old = await db.inSystem('test', (tx) => mailer.send(tx, mail));
    clock.set(new Date());
    const young = await db.inSystem('test', (tx) => mailer.send(tx, mail));
    await db.inSystem('test', (tx) =>
      sql`select platform.enqueue_job('platform.mail-sweep', ${newId()}::uuid, '{}'::jsonb, 'now', null, 0)`.execute(
        tx,
      ),
    );
    const end = Date.now() + 15_000;
    while ((await rowOf(old)) !== undefined && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await rowOf(old)).toBeUndefined();
    expect(await rowOf(young)).toBeDefined();
    await jobs.stop({ drainMs: 1000 });
  });
});

test('an address or subject that could smuggle headers is refused', async () => {
  const { mailer } = await start({});
  const send = (changes: Partial<typeof mail>) =>
    db.inSystem('test', (tx) => mailer.send(tx, { ...mail, ...changes }));
  for (const to of ['a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com', 'nobody', '']) {
    await expect(send({ to })).rejects.toThrow('e-mail address');
  }
  await expect(send({ subject: 'Hi\r\nBcc: b@example.com' })).rejects.toThrow('one line');
});

test('a tenant transaction cannot read the outbox', async () => {
  await expect(
    db.inTenant({ organizationId }, (tx) => sql`select * from platform.mail_outbox`.execute(tx)),
  ).rejects.toThrow('permission denied');
});

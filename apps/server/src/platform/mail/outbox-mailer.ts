import { sql } from 'kysely';
import { createTransport, type Transporter } from 'nodemailer';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import type { PlatformConfig } from '../config/platform-config.ts';
import type { AnyTx, Database } from '../db/database.ts';
import { invalidField, messageOf } from '../errors/app-error.ts';
import { newId } from '../ids/ids.ts';
import { defineJob, defineJobKind, type JobContext, type Jobs } from '../jobs/jobs.ts';
import { maskText } from '../log/log.ts';
import type { DevMail, Mail, Mailer } from './mailer.ts';

export interface MailerOptions {
  config: Pick<PlatformConfig, 'NODE_ENV' | 'SMTP_URL' | 'MAIL_FROM'>;
  db: Database<unknown>;
  jobs: Jobs;
  log: Logger;
  clock: Clock;
  /** Seconds before the first retry, doubling up to an hour. Default 15. */
  retryDelaySeconds?: number;
  /** Retries before a mail is given up. Default 10: about half a day. */
  retryLimit?: number;
}

const sendKind = defineJobKind({
  name: 'platform.mail-send',
  schema: z.strictObject({ mailId: z.guid() }),
  retryLimit: 10,
  retryDelay: 15,
  expireInSeconds: 120,
  concurrency: 2,
});

const address = z.email().max(254);
const maxBodyBytes = 512 * 1024;
/** Days that held (development) and finished mails stay in the outbox. */
const heldDays = 7;
const finishedDays = 30;

/** A mailer over the table platform.mail_outbox; it registers the jobs that send and clean up. */
export function createMailer(options: MailerOptions): Mailer {
  const mailer = new OutboxMailer(options);
  const { retryLimit = sendKind.retryLimit, retryDelaySeconds = sendKind.retryDelay } = options;
  options.jobs.register([
    defineJob({
      ...sendKind,
      ...(retryLimit === undefined ? {} : { retryLimit }),
      ...(retryDelaySeconds === undefined ? {} : { retryDelay: retryDelaySeconds }),
      handler: ({ mailId }, context) => mailer.deliver(mailId, context, retryLimit ?? 0),
    }),
    defineJob({
      name: 'platform.mail-sweep',
      schema: z.strictObject({}),
      cron: { expression: '17 3 * * *', payload: {} },
      handler: () => mailer.sweep(),
    }),
  ]);
  return mailer;
}

interface MailRow {
  id: string;
  recipient: string;
  subject: string;
  body_text: string | null;
  body_html: string | null;
  status: string;
  created_at: Date;
}

class OutboxMailer implements Mailer {
  readonly #options: MailerOptions;
  #transport: Transporter | undefined;

  constructor(options: MailerOptions) {
    this.#options = options;
  }

  /** Mails stay here, to be read at /dev/mail, when there is nowhere to send them to. */
  get #holds(): boolean {
    const { SMTP_URL, NODE_ENV } = this.#options.config;
    return SMTP_URL === undefined && NODE_ENV !== 'production';
  }

  async send(tx: AnyTx, mail: Mail): Promise<string> {
    if (!address.safeParse(mail.to).success) throw invalidField('to', 'must be one e-mail address');
    // A line break would let a name in the subject add headers of its own.
    if (/\p{Cc}/u.test(mail.subject) || mail.subject.length > 200)
      throw invalidField('subject', 'must be one line of at most 200 characters');
    if (mail.text.length + (mail.html?.length ?? 0) > maxBodyBytes)
      throw invalidField('text', 'is too large');
    const id = newId();
    const status = this.#holds ? 'held' : 'queued';
    await sql`insert into platform.mail_outbox (id, recipient, subject, body_text, body_html, status, created_at)
      values (${id}::uuid, ${mail.to}, ${mail.subject}, ${mail.text}, ${mail.html ?? null}, ${status}, ${this.#options.clock.now()})`.execute(
      tx,
    );
    if (status === 'queued') await this.#options.jobs.enqueue(tx, sendKind, { mailId: id });
    return id;
  }

  async listDevMail(limit: number): Promise<DevMail[]> {
    if (!this.#holds) return [];
    return this.#options.db.inSystem('show mails held in development', async (tx) => {
      const { rows } = await sql<MailRow>`
        select id, recipient, subject, body_text, body_html, status, created_at from platform.mail_outbox
        where status = 'held' order by created_at desc, id desc limit ${limit}`.execute(tx);
      return rows.map((row) => ({
        id: row.id,
        to: row.recipient,
        subject: row.subject,
        text: row.body_text ?? '',
        html: row.body_html,
        createdAt: row.created_at,
      }));
    });
  }

  /**
   * Sends one mail. At least once: a kill between the server's answer and the note of it sends the mail again, with
   * the same Message-ID.
   */
  async deliver(mailId: string, { attempt, log }: JobContext, retryLimit: number): Promise<void> {
    const row = await this.#options.db.inSystem('read a mail to send', async (tx) => {
      const { rows } = await sql<MailRow>`
        select id, recipient, subject, body_text, body_html, status, created_at from platform.mail_outbox
        where id = ${mailId}::uuid`.execute(tx);
      return rows[0];
    });
    if (row === undefined || row.status !== 'queued') return;
    try {
      await this.#smtp().sendMail({
        from: this.#options.config.MAIL_FROM,
        to: { name: '', address: row.recipient },
        subject: row.subject,
        text: row.body_text ?? '',
        ...(row.body_html === null ? {} : { html: row.body_html }),
        messageId: `<${row.id}@${senderDomain(this.#options.config.MAIL_FROM)}>`,
        date: row.created_at,
        // Bodies are ours; a template must never pull in a file or an address.
        disableFileAccess: true,
        disableUrlAccess: true,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      if (isPermanent(error)) {
        log.warn({ err: error, mailId }, 'mail bounced');
        await this.#finish(mailId, 'bounced', messageOf(error));
        return;
      }
      if (attempt > retryLimit) await this.#finish(mailId, 'failed', messageOf(error));
      throw error;
    }
    await this.#finish(mailId, 'sent', null);
  }

  /** Removes what has been in the outbox long enough. */
  async sweep(): Promise<void> {
    await this.#options.db.inSystem('sweep the mail outbox', (tx) =>
      sql`delete from platform.mail_outbox
        where (status = 'held' and created_at < now() - ${heldDays}::integer * interval '1 day')
          or (status <> 'held' and created_at < now() - ${finishedDays}::integer * interval '1 day')`.execute(
        tx,
      ),
    );
  }

  async #finish(mailId: string, status: 'sent' | 'bounced' | 'failed', error: string | null): Promise<void> {
    const text = error === null ? null : maskText(error).slice(0, 1000);
    await this.#options.db.inSystem('note how a mail went', (tx) =>
      sql`update platform.mail_outbox set status = ${status}, error = ${text}, finished_at = ${this.#options.clock.now()},
        body_text = null, body_html = null where id = ${mailId}::uuid`.execute(tx),
    );
  }

  #smtp(): Transporter {
    const { SMTP_URL } = this.#options.config;
    if (SMTP_URL === undefined) throw new Error('SMTP_URL is not set.');
    this.#transport ??= createTransport({
      url: SMTP_URL,
      connectionTimeout: 15_000,
      greetingTimeout: 15_000,
      socketTimeout: 30_000,
    });
    return this.#transport;
  }
}

/**
 * A 5xx answer to this mail's addresses or text (RFC 5321, 4.2.1). One to the greeting, the sign-in or the lack of
 * either (530) is about our settings: it may be mended and the mail goes out later.
 */
function isPermanent(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false;
  return (
    typeof responseCode === 'number' && responseCode >= 500 && responseCode < 600 && responseCode !== 530
  );
}

/** Domain of `Name <local@domain>`, for message ids. */
function senderDomain(from: string): string {
  return /@([a-z0-9.-]+)>?\s*$/i.exec(from)?.[1] ?? 'localhost';
}

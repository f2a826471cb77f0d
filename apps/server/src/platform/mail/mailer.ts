import type { AnyTx } from '../db/database.ts';

/** A rendered mail. */
export interface Mail {
  /** One address. */
  to: string;
  subject: string;
  text: string;
  html?: string;
}

/** A mail that waits in the outbox of a development server. */
export interface DevMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string | null;
  createdAt: Date;
}

/** Sends mail through an outbox. */
export interface Mailer {
  /**
   * Writes the mail and the job that sends it in the caller's transaction.
   * @returns the mail's id
   * @throws AppError when address or subject is not acceptable
   */
  send(tx: AnyTx, mail: Mail): Promise<string>;
  /** Newest mails for `/dev/mail`; empty unless mails stay here (no SMTP_URL, not production). */
  listDevMail(limit: number): Promise<DevMail[]>;
}

import type { Locale } from '@cloudatlas/contracts/common';
import type { Mail } from '#platform/mail/mailer.ts';
import { mailTexts, type MailKind } from './mail-texts.ts';

/** Page of the web app that a mail links to. */
const pages: Record<MailKind, string> = {
  verify: '/verify-email',
  account_exists: '/sign-in',
  reset: '/reset-password',
  password_changed: '/account/security',
  mfa_enabled: '/account/security',
  mfa_disabled: '/account/security',
  recovery_codes_renewed: '/account/security',
  recovery_code_used: '/account/security',
  api_key_created: '/account/security',
};

/**
 * Renders a mail. Only fixed words, the configured origin and a random token go into it, so a stranger who
 * types another person's address cannot make the server send them a text of his own.
 * @param token goes into the fragment of the link: it reaches no server log and no referrer
 */
export function renderMail(
  kind: MailKind,
  to: string,
  locale: Locale,
  publicUrl: string,
  token?: string,
): Mail {
  const { subject, body, action, footer } = mailTexts[locale][kind];
  const link = publicUrl + pages[kind] + (token === undefined ? '' : `#token=${token}`);
  const text = [...body, link, ...footer, '-- \nCloudAtlas'].join('\n\n');
  return { to, subject, text, html: html({ subject, body, action: action ?? link, footer, link, locale }) };
}

interface Parts {
  subject: string;
  body: readonly string[];
  action: string;
  footer: readonly string[];
  link: string;
  locale: Locale;
}

function html({ subject, body, action, footer, link, locale }: Parts): string {
  const paragraphs = (lines: readonly string[], style: string): string =>
    lines.map((line) => `<p style="${style}">${escape(line)}</p>`).join('\n');
  const href = escape(link);
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><title>${escape(subject)}</title></head>
<body style="margin:0;padding:24px;background:#f4f5f7;color:#1c2430;font-family:system-ui,sans-serif;font-size:16px;line-height:1.5">
<div style="max-width:520px;margin:0 auto;padding:32px;background:#ffffff;border-radius:12px">
${paragraphs(body, 'margin:0 0 16px')}
<p style="margin:24px 0"><a href="${href}" style="display:inline-block;padding:12px 20px;background:#1d4ed8;color:#ffffff;border-radius:8px;text-decoration:none">${escape(action)}</a></p>
<p style="margin:0 0 16px;font-size:13px;color:#5b6675;word-break:break-all">${href}</p>
${paragraphs(footer, 'margin:0 0 8px;font-size:13px;color:#5b6675')}
</div>
</body>
</html>
`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

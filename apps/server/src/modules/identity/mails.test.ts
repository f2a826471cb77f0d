import { describe, expect, test } from 'vitest';
import { mailTexts, type MailKind } from './mail-texts.ts';
import { renderMail } from './mails.ts';

const kinds = Object.keys(mailTexts.en) as MailKind[];
const locales = ['en', 'pt-BR'] as const;

describe.each(locales)('in %s', (locale) => {
  test.each(kinds)('%s has a subject, a text and an HTML part with the same link', (kind) => {
    const mail = renderMail(kind, 'joana@aurora.example', locale, 'https://atlas.example', 'tok_en-1');
    expect(mail.subject.length).toBeGreaterThan(5);
    const link = /https:\/\/atlas\.example\S+/.exec(mail.text)?.[0];
    expect(link).toContain('#token=tok_en-1');
    expect(mail.html).toContain(`href="${link}"`);
    expect(mail.html).toContain(`lang="${locale}"`);
  });
});

test('the languages differ and neither misses a mail', () => {
  expect(Object.keys(mailTexts['pt-BR']).toSorted()).toEqual(kinds.toSorted());
  for (const kind of kinds) expect(mailTexts['pt-BR'][kind].subject).not.toBe(mailTexts.en[kind].subject);
});

test('the secret stands in the fragment, which no server sees', () => {
  const { text } = renderMail('reset', 'joana@aurora.example', 'en', 'https://atlas.example', 'secret');
  const link = new URL(/https:\S+/.exec(text)?.[0] ?? '');
  expect(link.pathname).toBe('/reset-password');
  expect(link.search).toBe('');
  expect(link.hash).toBe('#token=secret');
});

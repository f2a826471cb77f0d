import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineConfig, printConfig } from './config.ts';
import { readPlatformConfig } from './platform-config.ts';

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://atlas:secret@db.example:5432/atlas',
  PUBLIC_URL: 'https://atlas.example.com',
  SMTP_URL: 'smtps://mail.example.com',
  SECRET_KEY: 'vR2mK8sQ0zX5nB7cL1jH4gF6dA9pW3eT',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
};

describe('settings of production', () => {
  test('are accepted when they are complete', () => {
    expect(readPlatformConfig(production).NODE_ENV).toBe('production');
  });

  test.each([
    ['no address', { PUBLIC_URL: '' }, /PUBLIC_URL/],
    ['an address without TLS', { PUBLIC_URL: 'http://atlas.example.com' }, /https:\/\//],
    ['no mail server', { SMTP_URL: '' }, /SMTP_URL/],
    ['no secret', { SECRET_KEY: '' }, /SECRET_KEY/],
    ['a secret that is no secret', { SECRET_KEY: 'a'.repeat(40) }, /SECRET_KEY/],
    ['no rate limits', { RATE_LIMITS: 'false' }, /RATE_LIMITS/],
    ['an encryption key of the wrong size', { ENCRYPTION_KEY: 'c2hvcnQ=' }, /ENCRYPTION_KEY/],
  ])('are refused with %s', (_what, change, message) => {
    expect(() => readPlatformConfig({ ...production, ...change })).toThrow(message);
  });

  test('errors name settings, never their values', () => {
    try {
      readPlatformConfig({ ...production, SECRET_KEY: 'hunter2', DATABASE_URL: 'mysql://u:hunter2@x/y' });
    } catch (error) {
      expect(String(error)).not.toContain('hunter2');
      return;
    }
    expect.unreachable();
  });
});

test('printed settings mask secrets and show maps', () => {
  const section = defineConfig('x', 'X_', { KEY: z.string(), PLACES: z.map(z.string(), z.string()) }, [
    'KEY',
  ]);
  expect(printConfig(section, { KEY: 'hunter2', PLACES: new Map([['a', 'http://b']]) })).toEqual([
    'X_KEY=********',
    'X_PLACES={"a":"http://b"}',
  ]);
});

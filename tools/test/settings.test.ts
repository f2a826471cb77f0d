import { expect, test } from 'vitest';

import { readSettings, requireProductionSecrets } from '../launch/settings.ts';

test('a worker beside an API on one machine does not want its port', () => {
  expect(readSettings([], {})).toMatchObject({ role: 'all', port: 4700 });
  expect(readSettings(['--role', 'api'], {})).toMatchObject({ port: 4700 });
  expect(readSettings(['--role', 'worker'], {})).toMatchObject({ port: 0 });
  expect(readSettings(['--role=worker'], { ATLAS_PORT: '4711' })).toMatchObject({ port: 4711 });
});

test('shows the settings instead of starting when asked', () => {
  expect(readSettings([], {})).toMatchObject({ printConfig: false });
  expect(readSettings(['--print-config'], {})).toMatchObject({ printConfig: true });
});

test('production names everything it misses at once', () => {
  expect(() => requireProductionSecrets({ SECRET_KEY: 'x' })).toThrow(
    /needs ENCRYPTION_KEY, PUBLIC_URL, SMTP_URL to be set/,
  );
});

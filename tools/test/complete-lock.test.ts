import { expect, test } from 'vitest';

import { missingOptional } from '../complete-lock.mjs';

test('finds the optional packages that a lockfile lacks, with the system they are for', () => {
  const packages = {
    '': { optionalDependencies: { 'tool-linux-x64-gnu': '1.0.0' } },
    'node_modules/tool': {
      dev: true,
      optionalDependencies: {
        'tool-linux-x64-gnu': '1.0.0',
        '@tool/win32-arm64-msvc': '1.0.0',
        'tool-linux-arm-musleabihf': '^2.0.0',
      },
    },
    'node_modules/tool-linux-x64-gnu': { version: '1.0.0' },
    'node_modules/other': { optionalDependencies: { nested: '3.0.0' } },
    'node_modules/other/node_modules/nested': { version: '3.0.0' },
  };
  expect(missingOptional(packages)).toEqual([
    [
      'node_modules/@tool/win32-arm64-msvc',
      { version: '1.0.0', cpu: ['arm64'], dev: true, optional: true, os: ['win32'] },
    ],
    [
      'node_modules/tool-linux-arm-musleabihf',
      { version: '2.0.0', cpu: ['arm'], dev: true, libc: ['musl'], optional: true, os: ['linux'] },
    ],
  ]);
});

test('a nested package does not answer for another branch', () => {
  const packages = {
    'node_modules/a': { optionalDependencies: { native: '1.0.0' } },
    'node_modules/b/node_modules/native': { version: '1.0.0' },
  };
  expect(missingOptional(packages).map(([name]) => name)).toEqual(['node_modules/native']);
});

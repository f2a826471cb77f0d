import { expect, test } from 'vitest';
import { slugify } from './slug.ts';

test.each([
  ['Aurora Tecnologia', 'aurora-tecnologia'],
  ['Pão & Açúcar S/A', 'pao-acucar-s-a'],
  ['  --x--  ', 'x'],
  ['日本', ''],
  ['a'.repeat(60), 'a'.repeat(40)],
])('%s becomes %s', (name, slug) => {
  expect(slugify(name)).toBe(slug);
});

import { describe, expect, test } from 'vitest';
import { checkFields, type Field } from './fields.ts';

const fields: Field[] = [
  {
    name: 'name',
    label: 'Name',
    kind: 'text',
    required: true,
    minLength: 2,
    maxLength: 5,
    pattern: { source: '[a-z]+', message: 'letters only' },
  },
  { name: 'size', label: 'Size', kind: 'number', required: false, default: 3, integer: true, min: 1, max: 9 },
  {
    name: 'kind',
    label: 'Kind',
    kind: 'select',
    required: false,
    default: 'a',
    options: [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ],
  },
  { name: 'extra', label: 'Extra', kind: 'text', required: true, when: { field: 'kind', in: ['b'] } },
  { name: 'open', label: 'Open', kind: 'boolean', required: false },
  { name: 'list', label: 'List', kind: 'multiselect', required: false, max: 2 },
  { name: 'tags', label: 'Tags', kind: 'tags', required: false },
  { name: 'file', label: 'File', kind: 'file', required: false, maxBytes: 4 },
];

const issues = (input: Record<string, never> | object) =>
  checkFields(fields, input as never).issues.map((i) => i.field);

describe('checkFields', () => {
  test('fills defaults and leaves out what does not apply', () => {
    expect(checkFields(fields, { name: 'abc', extra: 'ignored' })).toEqual({
      values: { name: 'abc', size: 3, kind: 'a' },
      issues: [],
    });
  });

  test('a condition may hang on a value given in the form', () => {
    expect(issues({ name: 'abc', kind: 'b' })).toEqual(['extra']);
    expect(issues({ name: 'abc', kind: 'b', extra: 'x' })).toEqual([]);
  });

  test.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'a' }, 'name'],
    [{ name: 'abcdef' }, 'name'],
    [{ name: 'ab1' }, 'name'],
    [{ name: 7 }, 'name'],
    [{ name: 'abc', size: 2.5 }, 'size'],
    [{ name: 'abc', size: 10 }, 'size'],
    [{ name: 'abc', size: '3' }, 'size'],
    [{ name: 'abc', kind: 'c' }, 'kind'],
    [{ name: 'abc', open: 'yes' }, 'open'],
    [{ name: 'abc', list: ['1', '2', '3'] }, 'list'],
    [{ name: 'abc', list: [1] }, 'list'],
    [{ name: 'abc', tags: { a: 1 } }, 'tags'],
    [{ name: 'abc', tags: ['a'] }, 'tags'],
    [{ name: 'abc', file: 'AAAAAAAA' }, 'file'],
    [{ name: 'abc', file: 'no base64!' }, 'file'],
    [{ name: 'abc', nmae: 'x' }, 'nmae'],
  ])('%j is refused at %s', (input, field) => expect(issues(input)).toEqual([field]));

  test('a pattern covers the whole text', () => expect(issues({ name: 'ab\nc' })).toEqual(['name']));
  test('a file at the limit passes', () => expect(issues({ name: 'abc', file: 'AAAAAA==' })).toEqual([]));
});

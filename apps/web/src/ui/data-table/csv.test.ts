import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

test('quotes what needs quoting and ends lines with CRLF', () => {
  expect(toCsv(['a', 'b'], [['x,y', 'say "hi"']])).toBe('a,b\r\n"x,y","say ""hi"""\r\n');
});

test.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1'])('%j is neutralised', (value) => {
  expect(toCsv(['a'], [[value]])).toContain("'" + value.replaceAll('"', '""'));
});

test('numbers stay numbers, also negative ones', () => {
  expect(toCsv(['a', 'b', 'c'], [[-12.5, '-12.5', 0]])).toBe('a,b,c\r\n-12.5,-12.5,0\r\n');
});

test('null and undefined are empty', () => {
  expect(toCsv(['a', 'b'], [[null, undefined]])).toBe('a,b\r\n,\r\n');
});

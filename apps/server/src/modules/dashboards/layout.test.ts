import { widgetIds } from '@cloudatlas/contracts/widgets';
import { expect, test } from 'vitest';
import { completeLayout } from './layout.ts';

test('nobody has arranged anything yet', () => {
  expect(completeLayout(undefined)).toEqual({ order: [...widgetIds], hidden: [], changed: false });
});

test('widgets of a later release follow at the end, those that are gone are left out', () => {
  const layout = completeLayout({ order: ['activity', 'weather', 'costs'], hidden: ['weather', 'alerts'] });
  expect(layout.order.slice(0, 2)).toEqual(['activity', 'costs']);
  expect([...layout.order].toSorted()).toEqual([...widgetIds].toSorted());
  expect(layout).toMatchObject({ hidden: ['alerts'], changed: true });
});

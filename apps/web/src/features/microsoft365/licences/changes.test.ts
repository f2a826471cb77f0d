import { expect, test } from 'vitest';
import { changeOf, undoOf, type Holder } from './changes.ts';

const licence = (skuId: string, disabledPlans: string[] = []) => ({
  skuId,
  sku: skuId,
  name: skuId,
  disabledPlans,
});
const ana: Holder = { id: 'ana', licences: [licence('e3', ['yammer']), licence('visio')] };
const bia: Holder = { id: 'bia', licences: [licence('e3')] };
const caio: Holder = { id: 'caio', licences: [] };

test('a removal asks only for those who hold something, and its undo gives back exactly that', () => {
  expect(changeOf('remove', [ana, bia, caio], ['e3', 'visio'])).toEqual({
    resourceIds: ['ana', 'bia'],
    operation: 'remove-licenses',
    parameters: { skuIds: ['e3', 'visio'] },
  });
  expect(undoOf('remove', [ana, bia, caio], ['e3', 'visio'])).toEqual([
    {
      resourceIds: ['ana'],
      operation: 'assign-licenses',
      parameters: { skuIds: ['e3', 'visio'], disabledPlans: { e3: ['yammer'] } },
    },
    { resourceIds: ['bia'], operation: 'assign-licenses', parameters: { skuIds: ['e3'] } },
  ]);
});

test('an assignment that changes nothing is none; its undo takes only what was new', () => {
  expect(changeOf('assign', [bia], ['e3'])).toBeUndefined();
  expect(undoOf('assign', [ana, bia, caio], ['e3', 'visio'])).toEqual([
    { resourceIds: ['bia'], operation: 'remove-licenses', parameters: { skuIds: ['visio'] } },
    { resourceIds: ['caio'], operation: 'remove-licenses', parameters: { skuIds: ['e3', 'visio'] } },
  ]);
});

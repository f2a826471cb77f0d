import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-image-unused.ts';

const image = makeResource('gcp.compute.image', { provider: 'gcp', state: 'available', createdAt: ago(90) });
const disk = makeResource('gcp.compute.disk', { id: 'd-1', state: 'in_use' });

describeRule(rule, [
  { when: 'exactly 90 days', resource: image, cost: '0.1', verdict: 'found', monthly: '3.044', action: null },
  { when: 'a day younger', resource: { ...image, createdAt: ago(89) }, cost: '1', verdict: 'too_young' },
  { when: 'a disk of it', resource: image, others: [disk], edges: ['d-1 source r-1'], verdict: 'clear' },
  { when: 'being made', resource: { ...image, state: 'creating' }, verdict: 'clear' },
  { when: 'the bill does not know it', resource: image, verdict: 'found', monthly: null },
]);

import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ami-unused.ts';

const image = makeResource('aws.ec2.image', { id: 'ami-1', state: 'available', createdAt: ago(200) });
const known = {
  others: [
    makeResource('aws.ec2.snapshot', { id: 'snap-1' }),
    makeResource('aws.ec2.instance', { id: 'i-1' }),
  ],
  edges: ['ami-1 uses snap-1'],
  cost: { 'snap-1': '0.1' },
};

describeRule(rule, [
  { when: 'nothing uses it', resource: image, ...known, verdict: 'found', monthly: '3.044', action: null },
  {
    when: 'an instance came from it',
    resource: image,
    ...known,
    edges: [...known.edges, 'i-1 source ami-1'],
    verdict: 'clear',
  },
  {
    when: 'a launch template starts it',
    resource: image,
    ...known,
    others: [...known.others, makeResource('aws.ec2.launch-template', { id: 'lt-1' })],
    edges: [...known.edges, 'lt-1 uses ami-1'],
    verdict: 'clear',
  },
  { when: 'exactly 90 days old', resource: { ...image, createdAt: ago(90) }, ...known, verdict: 'found' },
  { when: 'younger', resource: { ...image, createdAt: ago(89.9) }, ...known, verdict: 'too_young' },
  {
    when: 'launched last month',
    resource: { ...image, attributes: { LastLaunchedTime: ago(30).toISOString() } },
    ...known,
    verdict: 'clear',
  },
  {
    when: 'launched long ago',
    resource: { ...image, attributes: { LastLaunchedTime: ago(100).toISOString() } },
    ...known,
    verdict: 'found',
    why: /last launched on Nov 22, 2025/,
  },
  { when: 'keeps no snapshot', resource: image, verdict: 'clear' },
  {
    when: 'the bill does not know its snapshots',
    resource: image,
    ...known,
    cost: {},
    verdict: 'found',
    monthly: null,
  },
]);

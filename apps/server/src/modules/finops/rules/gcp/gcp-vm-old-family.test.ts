import { makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './gcp-vm-old-family.ts';

const vm = makeResource('gcp.compute.instance', {
  provider: 'gcp',
  region: 'us-central1',
  state: 'running',
  size: { sku: 'n1-standard-4', cpus: 4, memoryGiB: 15 },
});
const prices = {
  'compute n1-standard-4': '0.2',
  'compute n2d-standard-4': '0.17',
  'compute e2-standard-4': '0.15',
};

describeRule(rule, [
  {
    when: 'the cheaper of two successors',
    resource: vm,
    prices,
    cost: '10',
    verdict: 'found',
    monthly: '76.1',
    recommended: ['e2-standard-4'],
  },
  {
    when: 'one successor is sold with so many vCPUs',
    resource: { ...vm, size: { sku: 'n1-standard-32' } },
    prices: { 'compute n1-standard-32': '1.6', 'compute n2d-standard-32': '1.4' },
    cost: '10',
    verdict: 'found',
    recommended: ['n2d-standard-32'],
  },
  {
    when: 'successors cost as much',
    resource: vm,
    prices: { 'compute n1-standard-4': '0.2', 'compute e2-standard-4': '0.2' },
    cost: '10',
    verdict: 'clear',
  },
  { when: 'a family of today', resource: { ...vm, size: { sku: 'n2-standard-4' } }, verdict: 'clear' },
  { when: 'without a successor', resource: { ...vm, size: { sku: 'n1-standard-1' } }, verdict: 'clear' },
  { when: 'a shared core', resource: { ...vm, size: { sku: 'g1-small' } }, verdict: 'unknown_size' },
  { when: 'no price', resource: vm, cost: '10', verdict: 'no_price' },
  { when: 'the bill does not know it', resource: vm, prices, verdict: 'no_cost' },
  {
    when: 'of a cluster',
    resource: { ...vm, tags: { 'goog-k8s-cluster-name': 'a' } },
    verdict: 'excluded',
    detail: 'GKE',
  },
  { when: 'off', resource: { ...vm, state: 'stopped' }, verdict: 'clear' },
]);

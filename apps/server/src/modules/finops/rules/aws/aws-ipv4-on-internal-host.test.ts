import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ipv4-on-internal-host.ts';

const instance = makeResource('aws.ec2.instance', {
  id: 'i-1',
  state: 'running',
  attributes: { PublicIpAddress: '198.51.100.4', SecurityGroups: [{ GroupId: 'sg-1' }] },
});
const behind = (cidr: string, protocol = 'tcp') => ({
  prices: { ip_address: '0.005' },
  others: [
    makeResource('aws.ec2.security-group', {
      id: 'sg-1',
      attributes: { IpPermissions: [{ IpProtocol: protocol, IpRanges: [{ CidrIp: cidr }] }] },
    }),
  ],
  edges: ['i-1 protected_by sg-1'],
});

describeRule(rule, [
  {
    when: 'only private addresses get in',
    resource: instance,
    ...behind('10.0.0.0/8'),
    verdict: 'found',
    monthly: '3.6525',
    action: null,
  },
  { when: 'the last private block', resource: instance, ...behind('172.31.0.0/16'), verdict: 'found' },
  { when: 'just past the private block', resource: instance, ...behind('172.32.0.0/16'), verdict: 'clear' },
  { when: 'everybody gets in', resource: instance, ...behind('0.0.0.0/0'), verdict: 'clear' },
  { when: 'only pings get in', resource: instance, ...behind('0.0.0.0/0', 'icmp'), verdict: 'found' },
  {
    when: 'the group is not in the inventory',
    resource: instance,
    prices: { ip_address: '0.005' },
    verdict: 'not_synchronised',
  },
  {
    when: 'no public address',
    resource: { ...instance, attributes: {} },
    ...behind('10.0.0.0/8'),
    verdict: 'clear',
  },
  {
    when: 'exactly 14 days old',
    resource: { ...instance, createdAt: ago(14) },
    ...behind('10.0.0.0/8'),
    verdict: 'found',
  },
  {
    when: 'younger',
    resource: { ...instance, createdAt: ago(13) },
    ...behind('10.0.0.0/8'),
    verdict: 'too_young',
  },
  { when: 'no price', resource: instance, ...behind('10.0.0.0/8'), prices: {}, verdict: 'no_price' },
]);

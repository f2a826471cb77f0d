import type { Facts, Rule, RuleResource } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { objectsAt, textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, spec } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { listHours } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { INSTANCE } from './instances.ts';
import { TARGET_GROUP } from './load-balancers.ts';

const SECURITY_GROUP = 'aws.ec2.security-group';
/** RFC 1918, RFC 6598 and link-local: not reachable from the internet. */
const PRIVATE =
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.)/;

function letsPublicIn(group: RuleResource): boolean {
  return objectsAt(group.attributes, 'IpPermissions').some((rule) => {
    if (textAt(rule, 'IpProtocol')?.startsWith('icmp')) return false;
    // A prefix list may hold public ranges, e.g. those of a content network.
    if (objectsAt(rule, 'PrefixListIds').length > 0) return true;
    return objectsAt(rule, 'IpRanges').some((range) => !PRIVATE.test(textAt(range, 'CidrIp') ?? ''));
  });
}

/** Its security groups; undefined when one of them is not in the inventory. */
function groupsOf(instance: RuleResource, facts: Facts): readonly RuleResource[] | undefined {
  const found = facts.targets(instance, 'protected_by').filter((r) => r.type === SECURITY_GROUP);
  return found.length === objectsAt(instance.attributes, 'SecurityGroups').length && found.length > 0
    ? found
    : undefined;
}

export const rule: Rule = {
  id: 'aws-ipv4-on-internal-host',
  provider: 'aws',
  resourceType: INSTANCE,
  needsTypes: [SECURITY_GROUP, TARGET_GROUP],
  category: 'hygiene',
  title: words('Public IPv4 address of an internal machine', 'Endereço IPv4 público de uma máquina interna'),
  criterion: words(
    '14 days old or more, with a public IPv4 address, and no security group lets anything in from public addresses.',
    'Com 14 dias ou mais, com endereço IPv4 público, e nenhum grupo de segurança deixa entrar algo de endereços públicos.',
  ),
  remedy: words(
    'Take the public address away, if the machine reaches the internet another way (NAT, IPv6, endpoints).',
    'Remova o endereço público, se a máquina alcança a internet de outra forma (NAT, IPv6, endpoints).',
  ),
  parameters: { days: minimumAge(14, 1, 365) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'low',
  effort: 'medium',
  restart: false,
  undoClass: 'S',
  // Whether it needs the address to reach out is for a person to say.
  action: null,
  permissions: {
    read: [
      'ec2:DescribeInstances',
      'ec2:DescribeSecurityGroups',
      'elasticloadbalancing:DescribeTargetHealth',
    ],
    apply: ['ec2:DisassociateAddress'],
    undo: ['ec2:AssociateAddress'],
  },
  claims: 'setting',
  examine(instance, facts) {
    const ip = textAt(instance.attributes, 'PublicIpAddress');
    if (instance.state !== 'running' || ip === undefined) return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(instance, facts.now) < days) return skip('too_young', `${days} days`);
    const groups = groupsOf(instance, facts);
    if (!groups) return skip('not_synchronised', SECURITY_GROUP);
    if (groups.some(letsPublicIn)) return CLEAR;
    const balanced = facts.sources(instance, 'routes_to').some((r) => r.type === TARGET_GROUP);
    return found(listHours(facts, instance, { product: 'ip_address', region: instance.region }), {
      why: local(
        () =>
          `${ip} is public, and no security group lets public addresses in.${balanced ? ' A load balancer serves the machine.' : ''}`,
        () =>
          `${ip} é público, e nenhum grupo de segurança deixa entrar endereços públicos.${balanced ? ' Um balanceador de carga atende a máquina.' : ''}`,
      ),
      current: [spec(words('Public IPv4', 'IPv4 público'), ip)],
      recommended: [spec(words('Public IPv4', 'IPv4 público'), '–')],
      evidence: groups.map((group) => fact(words('Security group', 'Grupo de segurança'), group.name)),
    });
  },
};

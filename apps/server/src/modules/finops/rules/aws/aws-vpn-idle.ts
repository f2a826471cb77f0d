import type { Rule } from '../rule.ts';
import { words } from '../shared/words.ts';
import { silentLink } from './silent-link.ts';

export const rule: Rule = silentLink({
  id: 'aws-vpn-idle',
  resourceType: 'aws.ec2.vpn-connection',
  title: words('Idle VPN connection', 'Conexão VPN ociosa'),
  remedy: words(
    'Delete it. A new one gets other tunnel addresses and keys, so the other end must be set up again.',
    'Exclua-a. Uma nova terá outros endereços e chaves de túnel, então o outro lado precisa ser reconfigurado.',
  ),
  permissions: {
    read: ['ec2:DescribeVpnConnections', 'cloudwatch:GetMetricData'],
    apply: ['ec2:DeleteVpnConnection'],
    undo: ['ec2:CreateVpnConnection'],
  },
});

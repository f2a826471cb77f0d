import type { Rule } from '../rule.ts';
import { words } from '../shared/words.ts';
import { silentLink } from './silent-link.ts';

export const rule: Rule = silentLink({
  id: 'aws-tgw-attachment-idle',
  resourceType: 'aws.ec2.transit-gateway-attachment',
  title: words('Idle transit gateway attachment', 'Anexo de transit gateway ocioso'),
  remedy: words(
    'Delete it after a look at its route tables. A new one has another id, and its routes must be made again.',
    'Exclua-o depois de verificar as tabelas de rotas. Um novo terá outro id, e as rotas precisam ser refeitas.',
  ),
  permissions: {
    read: ['ec2:DescribeTransitGatewayAttachments', 'cloudwatch:GetMetricData'],
    apply: ['ec2:DeleteTransitGatewayVpcAttachment'],
    undo: ['ec2:CreateTransitGatewayVpcAttachment'],
  },
});

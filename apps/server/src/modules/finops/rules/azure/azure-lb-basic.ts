import type { Rule } from '../rule.ts';
import { words } from '../shared/words.ts';
import { basicSku } from './basic-sku.ts';
import { reading } from './permissions.ts';

export const rule: Rule = basicSku({
  id: 'azure-lb-basic',
  resourceType: 'azure.network.load_balancer',
  title: words('Basic load balancer', 'Balanceador de carga Basic'),
  permissions: reading('Microsoft.Network/loadBalancers/read'),
});

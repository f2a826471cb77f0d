import type { Rule } from '../rule.ts';
import { words } from '../shared/words.ts';
import { basicSku } from './basic-sku.ts';
import { reading } from './permissions.ts';

export const rule: Rule = basicSku({
  id: 'azure-public-ip-basic',
  resourceType: 'azure.network.public_ip',
  title: words('Basic public IP address', 'Endereço IP público Basic'),
  permissions: reading('Microsoft.Network/publicIPAddresses/read'),
});

import { ago, makeResource } from './resource.ts';
import type { Row } from './table.ts';

/**
 * What every rule made by `licenceAtRest` says of a user who holds E3 and one product of the rule.
 * @param product `skuPartNumber` of that product
 * @param monthly its price
 * @param service whose activity counts; any when undefined
 */
export function licenceAtRestRows(
  product: string,
  monthly: string,
  service: string | undefined,
): readonly Row[] {
  const e3 = {
    skuId: 'sku-e3',
    skuPartNumber: 'SPE_E3',
    name: 'Microsoft 365 E3',
    servicePlans: ['EXCHANGE_S_ENTERPRISE', 'TEAMS1'],
  };
  const addOn = { skuId: 'sku-add', skuPartNumber: product, name: 'Add-on' };
  const licences = [e3, addOn];
  const user = makeResource('m365.users.user', {
    provider: 'm365',
    region: 'global',
    state: 'active',
    attributes: { userType: 'Member', licences, usage: { activity: { exchange: '', teams: '' } } },
  });
  const active = (activity: Record<string, string>) => ({
    ...user,
    attributes: { ...user.attributes, usage: { activity } },
  });
  const prices = { [`licence ${product}`]: monthly, 'licence SPE_E3': '36' };
  return [
    {
      when: 'no activity',
      resource: user,
      prices,
      verdict: 'found',
      monthly,
      action: {
        kind: 'operations',
        operations: [{ operation: 'remove-licenses', parameters: { skuIds: ['sku-add'] } }],
      },
    },
    {
      when: 'exactly 90 days ago',
      resource: active({ teams: ago(90).toISOString() }),
      prices,
      verdict: 'found',
    },
    { when: 'lately', resource: active({ teams: ago(89).toISOString() }), prices, verdict: 'clear' },
    {
      when: 'lately in mail',
      resource: active({ exchange: ago(1).toISOString(), teams: '' }),
      prices,
      verdict: service === undefined ? 'clear' : 'found',
    },
    {
      when: 'no such licence',
      resource: { ...user, attributes: { licences: [e3] } },
      prices,
      verdict: 'clear',
    },
    {
      when: 'no reports',
      resource: { ...user, attributes: { licences: [addOn] } },
      prices,
      verdict: 'no_metrics',
    },
    {
      when: 'no activity report',
      resource: { ...user, attributes: { licences: [addOn], usage: {} } },
      prices,
      verdict: 'no_metrics',
      detail: 'activity report',
    },
    { when: 'a new user', resource: { ...user, createdAt: ago(10) }, prices, verdict: 'too_young' },
    { when: 'no price', resource: user, verdict: 'no_price' },
  ];
}

import type { FieldIssue } from '../../errors.ts';
import type { FieldValues } from '../../fields.ts';
import { contains, divide, isPrivate, overlap, parseCidr, writeCidr, type Cidr } from '../../shared/cidr.ts';
import { number, text, textList } from '../../shared/parameters.ts';
import type { Scope } from '../scope.ts';
import {
  groupOf,
  making,
  orderTags,
  partOf,
  resourceGroups,
  type AzureCreator,
  type Part,
  type Wanted,
} from './common.ts';
import { GROUP_FIELD, nameField, PLAIN_NAME, TAGS_FIELD } from './fields.ts';

const TYPE = 'azure.network.vnet';

function subnetBlocks(input: FieldValues): readonly Cidr[] {
  const given = textList(input, 'subnetCidrs');
  if (given.length > 0) return given.map((one) => parseCidr(one)).filter((one) => one !== undefined);
  const block = parseCidr(text(input, 'cidr') ?? '');
  return (block && divide(block, number(input, 'subnetCount') ?? 1)) ?? [];
}

/** Rules of address spaces and subnets (Azure Virtual Network FAQ): /2 to /29, five addresses of each are Azure's. */
function checkNetwork(input: FieldValues): FieldIssue[] {
  const block = parseCidr(text(input, 'cidr') ?? '');
  if (!block)
    return [
      { field: 'cidr', message: 'is not a block such as 10.0.0.0/16, or has bits set behind its prefix' },
    ];
  const issues: FieldIssue[] = [];
  if (block.prefix > 29) issues.push({ field: 'cidr', message: 'is at most /29' });
  if (!isPrivate(block)) issues.push({ field: 'cidr', message: 'lies outside the private ranges' });
  const given = textList(input, 'subnetCidrs');
  const parsed = given.map((one) => parseCidr(one));
  parsed.forEach((subnet, index) => {
    const told = given[index] ?? '';
    if (!subnet) issues.push({ field: 'subnetCidrs', message: `${told} is not a block` });
    else if (subnet.prefix > 29)
      issues.push({ field: 'subnetCidrs', message: `${told} is smaller than /29` });
    else if (!contains(block, subnet))
      issues.push({ field: 'subnetCidrs', message: `${told} is not inside ${writeCidr(block)}` });
    else if (parsed.slice(0, index).some((other) => other && overlap(other, subnet)))
      issues.push({ field: 'subnetCidrs', message: `${told} overlaps another one` });
  });
  if (given.length === 0 && subnetBlocks(input).length === 0)
    issues.push({ field: 'subnetCount', message: `${writeCidr(block)} is too small for so many subnets` });
  return issues;
}

function parts(scope: Scope, { input, clientToken }: Wanted): Part[] {
  const name = text(input, 'name') ?? '';
  const group = groupOf(input);
  const network = {
    location: scope.region,
    addressSpace: { addressPrefixes: [text(input, 'cidr') ?? ''] },
    subnets: subnetBlocks(input).map((block, index) => ({
      name: `subnet-${index + 1}`,
      addressPrefix: writeCidr(block),
    })),
    tags: orderTags(input, clientToken),
  };
  return [
    partOf(scope, {
      type: TYPE,
      group,
      client: 'network',
      kind: 'Microsoft.Network/virtualNetworks',
      name,
      read: (c, o) => c.virtualNetworks.get(group, name, o),
      put: (c, o) => c.virtualNetworks.beginCreateOrUpdate(group, name, network, o),
    }),
  ];
}

export const virtualNetwork: AzureCreator = {
  descriptor: {
    id: TYPE,
    type: TYPE,
    label: 'Virtual network with subnets',
    dryRun: false,
    actions: ['Microsoft.Network/virtualNetworks/write', 'Microsoft.Network/virtualNetworks/subnets/write'],
    until: ['active'],
    fields: [
      nameField({ maxLength: 64, ...PLAIN_NAME }),
      GROUP_FIELD,
      {
        name: 'cidr',
        label: 'Address space',
        kind: 'cidr',
        required: false,
        default: '10.0.0.0/16',
      },
      {
        name: 'subnetCount',
        label: 'Number of subnets',
        help: 'Of equal size, unless their blocks are given.',
        kind: 'number',
        required: false,
        default: 2,
        integer: true,
        min: 1,
        max: 16,
      },
      {
        name: 'subnetCidrs',
        label: 'Blocks of the subnets',
        kind: 'cidr_list',
        required: false,
        max: 64,
      },
      TAGS_FIELD,
    ],
  },
  pickers: { resourceGroup: resourceGroups },
  check: checkNetwork,
  plan: () => ({
    parts: [],
    assumptions: ['A virtual network costs nothing; gateways, addresses and traffic between networks do.'],
  }),
  ...making(parts),
};

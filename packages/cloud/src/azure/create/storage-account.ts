import type { AccessTier, Kind, SkuName } from '@azure/arm-storage';
import type { FieldIssue } from '../../errors.ts';
import type { FieldValues } from '../../fields.ts';
import { text } from '../../shared/parameters.ts';
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
import { choiceField, GROUP_FIELD, nameField, optionsOf, TAGS_FIELD } from './fields.ts';

const TYPE = 'azure.storage.account';
/** GiB that an estimate assumes: an account itself costs nothing. */
const ESTIMATED_GIB = '100';

const SKUS: readonly (readonly [value: string, label: string])[] = [
  ['Standard_LRS', 'Three copies in one place (LRS)'],
  ['Standard_ZRS', 'Over three zones (ZRS)'],
  ['Standard_GRS', 'In two regions (GRS)'],
  ['Standard_RAGRS', 'In two regions, the second readable (RA-GRS)'],
  ['Premium_LRS', 'Premium, three copies in one place'],
  ['Premium_ZRS', 'Premium, over three zones'],
];
const KINDS: readonly (readonly [value: string, label: string])[] = [
  ['StorageV2', 'General purpose v2'],
  ['BlockBlobStorage', 'Premium block blobs'],
  ['FileStorage', 'Premium file shares'],
];

function parts(scope: Scope, { input, clientToken }: Wanted): Part[] {
  const name = text(input, 'name') ?? '';
  const group = groupOf(input);
  return [
    partOf(scope, {
      type: TYPE,
      group,
      client: 'storage',
      kind: 'Microsoft.Storage/storageAccounts',
      name,
      read: (c, o) => c.storageAccounts.getProperties(group, name, o),
      put: (c, o) => c.storageAccounts.beginCreate(group, name, bodyOf(scope, input, clientToken), o),
    }),
  ];
}

function bodyOf(scope: Scope, input: FieldValues, clientToken: string) {
  const tier = text(input, 'accessTier');
  return {
    location: scope.region,
    sku: { name: text(input, 'sku') as SkuName },
    kind: text(input, 'kind') as Kind,
    ...(tier === undefined ? {} : { accessTier: tier as AccessTier }),
    // Public reading and old TLS have to be asked for afterwards.
    allowBlobPublicAccess: false,
    minimumTlsVersion: 'TLS1_2',
    enableHttpsTrafficOnly: true,
    tags: orderTags(input, clientToken),
  };
}

export const storageAccount: AzureCreator = {
  descriptor: {
    id: TYPE,
    type: TYPE,
    label: 'Storage account',
    dryRun: false,
    actions: ['Microsoft.Storage/storageAccounts/write'],
    until: ['active'],
    fields: [
      nameField({
        help: 'Unique over all of Azure; 3 to 24 lower-case letters and digits.',
        minLength: 3,
        maxLength: 24,
        source: '[a-z0-9]{3,24}',
        message: 'takes 3 to 24 lower-case letters and digits',
      }),
      GROUP_FIELD,
      choiceField('kind', 'Kind', 'StorageV2', optionsOf(KINDS)),
      choiceField('sku', 'Redundancy', 'Standard_LRS', optionsOf(SKUS)),
      choiceField(
        'accessTier',
        'Access tier',
        'Hot',
        ['Hot', 'Cool', 'Cold'].map((value) => ({ value, label: value })),
        { field: 'kind', in: ['StorageV2'] },
      ),
      TAGS_FIELD,
    ],
  },
  pickers: { resourceGroup: resourceGroups },
  check(input): readonly FieldIssue[] {
    const premium = text(input, 'sku')?.startsWith('Premium_') === true;
    const needed = text(input, 'kind') !== 'StorageV2';
    if (premium === needed) return [];
    return [
      {
        field: 'sku',
        message: needed ? 'of this kind is always premium' : 'of general purpose accounts is never premium',
      },
    ];
  },
  plan: (region, input) => ({
    parts:
      text(input, 'kind') === 'StorageV2' || text(input, 'kind') === undefined
        ? [
            {
              label: `${text(input, 'accessTier') ?? 'Hot'} blobs`,
              query: {
                product: 'object_storage',
                region,
                sku: text(input, 'sku') ?? 'Standard_LRS',
                variant: { tier: text(input, 'accessTier') ?? 'Hot' },
              },
              quantity: ESTIMATED_GIB,
            },
          ]
        : [],
    assumptions: [
      `${ESTIMATED_GIB} GiB of blobs; an empty account costs nothing.`,
      'Without requests and traffic, which are charged by use.',
    ],
  }),
  ...making(parts),
};

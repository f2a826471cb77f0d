import { orGone } from '../../errors.ts';
import { text } from '../../shared/parameters.ts';
import { normalId, type Scope } from '../scope.ts';
import { call, making, orderTags, type AzureCreator, type Wanted } from './common.ts';
import { nameField, TAGS_FIELD } from './fields.ts';

const TYPE = 'azure.resources.group';

function parts(scope: Scope, { input, clientToken }: Wanted) {
  const name = text(input, 'name') ?? '';
  const { region } = scope;
  return [
    {
      field: 'name',
      ref: {
        type: TYPE,
        id: name,
        nativeId: normalId(`/subscriptions/${scope.session.subscriptionId}/resourceGroups/${name}`),
        region,
      },
      read: () =>
        orGone(call(scope, 'resources', 'GET resourceGroups', (c, o) => c.resourceGroups.get(name, o))),
      put: () =>
        call(scope, 'resources', 'Microsoft.Resources/subscriptions/resourceGroups/write', (c, o) =>
          c.resourceGroups.createOrUpdate(name, { location: region, tags: orderTags(input, clientToken) }, o),
        ),
    },
  ];
}

export const resourceGroup: AzureCreator = {
  descriptor: {
    id: TYPE,
    type: TYPE,
    label: 'Resource group',
    dryRun: false,
    actions: ['Microsoft.Resources/subscriptions/resourceGroups/write'],
    until: ['active'],
    fields: [
      nameField({
        maxLength: 90,
        source: '[\\p{L}\\p{N}_().-]*[\\p{L}\\p{N}_()-]',
        message:
          'takes letters, digits, dots, hyphens, underscores and brackets, and does not end with a dot',
      }),
      TAGS_FIELD,
    ],
  },
  pickers: {},
  plan: () => ({ parts: [], assumptions: ['A resource group costs nothing; what lies in it does.'] }),
  ...making(parts),
};

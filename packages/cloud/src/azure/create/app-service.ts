import type { FieldOption, FieldValues } from '../../fields.ts';
import { HOURS } from '../../shared/create.ts';
import { collect } from '../../shared/paging.ts';
import { flag, text } from '../../shared/parameters.ts';
import type { Scope } from '../scope.ts';
import {
  groupOf,
  making,
  orderTags,
  partOf,
  regionOf,
  resourceGroups,
  type AzureCreator,
  type Part,
  type Wanted,
} from './common.ts';
import {
  choiceField,
  GROUP_FIELD,
  nameField,
  optionsOf,
  resourceField,
  switchField,
  TAGS_FIELD,
} from './fields.ts';

const TYPE = 'azure.web.site';
const PLAN = 'azure.web.plan';

const SKUS: readonly (readonly [value: string, tier: string, detail: string])[] = [
  ['F1', 'Free', 'shared, 60 minutes a day'],
  ['B1', 'Basic', '1 vCPU · 1.75 GiB'],
  ['B2', 'Basic', '2 vCPU · 3.5 GiB'],
  ['B3', 'Basic', '4 vCPU · 7 GiB'],
  ['S1', 'Standard', '1 vCPU · 1.75 GiB'],
  ['S2', 'Standard', '2 vCPU · 3.5 GiB'],
  ['S3', 'Standard', '4 vCPU · 7 GiB'],
  ['P0v3', 'Premium0V3', '1 vCPU · 4 GiB'],
  ['P1v3', 'PremiumV3', '2 vCPU · 8 GiB'],
  ['P2v3', 'PremiumV3', '4 vCPU · 16 GiB'],
  ['P3v3', 'PremiumV3', '8 vCPU · 32 GiB'],
];

/** `linuxFxVersion` of the built-in images (App Service, "az webapp list-runtimes"). */
const RUNTIMES: readonly (readonly [value: string, label: string])[] = [
  ['NODE|22-lts', 'Node.js 22'],
  ['NODE|20-lts', 'Node.js 20'],
  ['PYTHON|3.13', 'Python 3.13'],
  ['PYTHON|3.12', 'Python 3.12'],
  ['DOTNETCORE|9.0', '.NET 9'],
  ['DOTNETCORE|8.0', '.NET 8'],
  ['JAVA|21-java21', 'Java 21'],
  ['PHP|8.4', 'PHP 8.4'],
];

/** Group and id of the plan, and the part that makes it unless it exists already. */
function planOf(scope: Scope, { input, clientToken }: Wanted) {
  const known = text(input, 'planId');
  if (!flag(input, 'newPlan') && known !== undefined) return { planId: known, parts: [] };
  const name = text(input, 'planName') ?? '';
  const group = groupOf(input);
  const sku = SKUS.find(([value]) => value === text(input, 'planSku'));
  const kind = 'Microsoft.Web/serverfarms';
  const part = partOf(scope, {
    field: 'planName',
    type: PLAN,
    group,
    client: 'web',
    kind,
    name,
    read: (c, o) => c.appServicePlans.get(group, name, o),
    put: (c, o) =>
      c.appServicePlans.beginCreateOrUpdate(
        group,
        name,
        {
          location: scope.region,
          kind: 'linux',
          reserved: true,
          sku: { name: sku?.[0] ?? 'B1', tier: sku?.[1] ?? 'Basic', capacity: 1 },
          tags: orderTags(input, clientToken),
        },
        o,
      ),
  });
  const planId = `/subscriptions/${scope.session.subscriptionId}/resourceGroups/${group}/providers/${kind}/${name}`;
  return { planId, parts: [part] };
}

function parts(scope: Scope, order: Wanted): Part[] {
  const { input, clientToken } = order;
  const { planId, parts: before } = planOf(scope, order);
  const name = text(input, 'name') ?? '';
  const group = groupOf(input);
  const site = partOf(scope, {
    type: TYPE,
    group,
    client: 'web',
    kind: 'Microsoft.Web/sites',
    name,
    read: (c, o) => c.webApps.get(group, name, o),
    put: (c, o) => c.webApps.beginCreateOrUpdate(group, name, siteOf(scope, input, planId, clientToken), o),
  });
  return [...before, site];
}

function siteOf(scope: Scope, input: FieldValues, serverFarmId: string, clientToken: string) {
  return {
    location: scope.region,
    kind: 'app,linux',
    serverFarmId,
    reserved: true,
    httpsOnly: true,
    siteConfig: { linuxFxVersion: text(input, 'runtime') ?? '', minTlsVersion: '1.2', ftpsState: 'Disabled' },
    tags: orderTags(input, clientToken),
  };
}

/** Linux plans of the region: the runtimes are Linux images. */
async function plans(scope: Scope): Promise<FieldOption[]> {
  const found = await collect(
    scope.session.pages(
      'web',
      'GET Microsoft.Web/serverfarms',
      (c, o) => c.appServicePlans.list(o),
      scope.signal,
    ),
  );
  return found
    .filter(({ location, reserved }) => reserved === true && regionOf(location) === scope.region)
    .flatMap(({ id, name, sku }) =>
      id && name ? [{ value: id, label: name, ...(sku?.name ? { detail: sku.name } : {}) }] : [],
    );
}

const NEW = { field: 'newPlan', in: [true] };

export const appService: AzureCreator = {
  descriptor: {
    id: TYPE,
    type: TYPE,
    label: 'App Service',
    dryRun: false,
    actions: [
      'Microsoft.Web/serverfarms/write',
      'Microsoft.Web/serverfarms/join/action',
      'Microsoft.Web/sites/write',
    ],
    until: ['running'],
    fields: [
      nameField({
        help: 'Unique over all of Azure: the app is reached at <name>.azurewebsites.net.',
        minLength: 2,
        maxLength: 60,
        source: '[a-z0-9]([a-z0-9-]*[a-z0-9])?',
        message: 'takes lower-case letters, digits and hyphens, none of the latter at an end',
      }),
      GROUP_FIELD,
      switchField('newPlan', 'New plan', true),
      nameField({
        name: 'planName',
        label: 'Name of the plan',
        maxLength: 60,
        source: '[A-Za-z0-9-]+',
        message: 'takes letters, digits and hyphens',
        when: NEW,
      }),
      choiceField(
        'planSku',
        'Size of the plan',
        'B1',
        SKUS.map(([value, tier, detail]) => ({ value, label: `${value} (${tier})`, detail })),
        NEW,
      ),
      resourceField('planId', 'Plan', {
        required: true,
        what: 'a plan',
        when: { field: 'newPlan', in: [false] },
      }),
      choiceField('runtime', 'Runtime', 'NODE|22-lts', optionsOf(RUNTIMES)),
      TAGS_FIELD,
    ],
  },
  pickers: { resourceGroup: resourceGroups, planId: plans },
  plan(region, input) {
    const fresh = input['newPlan'] !== false;
    const sku = text(input, 'planSku') ?? 'B1';
    return {
      parts: fresh
        ? [
            {
              label: `App Service plan ${sku}`,
              query: { product: 'function', region, sku },
              quantity: HOURS,
            },
          ]
        : [],
      assumptions: fresh
        ? ['One instance, all month (730 hours): a plan costs the same whether its apps run or not.']
        : ['An app costs nothing beside its plan, which is there already.'],
    };
  },
  ...making(parts),
};

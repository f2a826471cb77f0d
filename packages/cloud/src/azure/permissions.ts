import type {
  AccessTemplate,
  AccessTemplateRequest,
  Feature,
  PermissionFinding,
  RequiredPermission,
} from '../permissions.ts';
import { CREATION } from './create/catalogue.ts';
import { OPERATIONS } from './operations.ts';
import type { AzureSession } from './session.ts';

const READS: readonly (readonly [action: string, service: string])[] = [
  ['Microsoft.Compute/virtualMachines/read', 'compute'],
  ['Microsoft.Compute/disks/read', 'compute'],
  ['Microsoft.Compute/snapshots/read', 'compute'],
  ['Microsoft.Network/publicIPAddresses/read', 'network'],
  ['Microsoft.Network/networkInterfaces/read', 'network'],
  ['Microsoft.Network/virtualNetworks/read', 'network'],
  ['Microsoft.Network/networkSecurityGroups/read', 'network'],
  ['Microsoft.Network/loadBalancers/read', 'network'],
  ['Microsoft.Network/natGateways/read', 'network'],
  ['Microsoft.Storage/storageAccounts/read', 'storage'],
  ['Microsoft.Sql/servers/read', 'sql'],
  ['Microsoft.Sql/servers/databases/read', 'sql'],
  ['Microsoft.Sql/servers/elasticPools/read', 'sql'],
  ['Microsoft.Web/sites/read', 'web'],
  ['Microsoft.Web/serverfarms/read', 'web'],
  ['Microsoft.ContainerService/managedClusters/read', 'aks'],
  ['Microsoft.Resources/subscriptions/resourceGroups/read', 'resources'],
];

/** Actions on what a service holds, which roles grant apart from the others: exports of costs are read. */
const DATA_READS = ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'];

/** What deletes needs its own consent; everything else that changes is operating. */
const operating = [
  ...new Set(
    OPERATIONS.flatMap((o) => o.descriptor.actions.map((action) => [action, o.descriptor.id] as const)),
  ),
];
const featureOf = (operation: string): Feature =>
  operation === 'delete' || operation === 'restore' ? 'delete' : 'operate';

/** Every action of Resource Manager that is used (Azure, "resource provider operations"). */
export const PERMISSIONS: readonly RequiredPermission[] = [
  ...READS.map(([action, service]) => ({ action, feature: 'inventory' as const, service })),
  { action: 'Microsoft.Insights/metrics/read', feature: 'metrics' },
  { action: 'Microsoft.CostManagement/query/read', feature: 'costs' },
  ...DATA_READS.map((action) => ({ action, feature: 'costs' as const, service: 'storage' })),
  ...[...new Set(CREATION.descriptors.flatMap(({ actions }) => actions))].map((action) => ({
    action,
    feature: 'create' as const,
  })),
  ...new Map(
    operating.map(([action, id]) => [`${action} ${featureOf(id)}`, { action, feature: featureOf(id) }]),
  ).values(),
];

interface Grant {
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
  readonly notDataActions?: readonly string[];
}

function matches(glob: string, action: string): boolean {
  const source = glob
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 'i').test(action);
}

/** The roles in force tell what is allowed; conditions, deny assignments and policies can still refuse. */
export async function probe(
  session: AzureSession,
  features: readonly Feature[] | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly PermissionFinding[]> {
  const grants = await readGrants(session, signal);
  return PERMISSIONS.filter((p) => features === undefined || features.includes(p.feature)).map(
    (permission) => {
      const isData = DATA_READS.includes(permission.action);
      const granted = grants.some(
        (grant) =>
          ((isData ? grant.dataActions : grant.actions) ?? []).some((glob) =>
            matches(glob, permission.action),
          ) &&
          !((isData ? grant.notDataActions : grant.notActions) ?? []).some((glob) =>
            matches(glob, permission.action),
          ),
      );
      return {
        ...permission,
        granted: granted ? ('yes' as const) : ('no' as const),
        reason: granted
          ? 'in a role of the application'
          : 'in no role the application has on the subscription',
      };
    },
  );
}

async function readGrants(session: AzureSession, signal: AbortSignal | undefined): Promise<Grant[]> {
  const path = `/subscriptions/${session.subscriptionId}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`;
  return session.caller.call(
    { call: 'Microsoft.Authorization/permissions/read', region: 'global' },
    async (ends) => {
      const answer = await fetch(`${session.endpoint}${path}`, {
        headers: { authorization: `Bearer ${await session.token(ends)}` },
        signal: ends,
      });
      const text = await answer.text();
      if (!answer.ok)
        throw Object.assign(new Error(text.slice(0, 300)), {
          statusCode: answer.status,
          response: { status: answer.status, bodyAsText: text },
        });
      return (JSON.parse(text) as { value?: Grant[] }).value ?? [];
    },
    { signal },
  );
}

/** A custom role with exactly the actions of the features, and the commands that make and assign it. */
export function accessTemplates({ features }: AccessTemplateRequest): readonly AccessTemplate[] {
  const actions = [
    ...new Set(PERMISSIONS.filter((p) => features.includes(p.feature)).map((p) => p.action)),
  ].sort();
  const isData = (action: string): boolean => DATA_READS.includes(action);
  const role = {
    Name: 'CloudAtlas',
    IsCustom: true,
    Description: 'What CloudAtlas needs for the chosen features.',
    Actions: [
      'Microsoft.Resources/subscriptions/read',
      'Microsoft.Authorization/permissions/read',
      ...actions.filter((action) => !isData(action)),
    ],
    NotActions: [],
    DataActions: actions.filter(isData),
    NotDataActions: [],
    AssignableScopes: ['/subscriptions/<subscription id>'],
  };
  return [
    {
      id: 'role',
      label: 'Custom role definition',
      fileName: 'cloudatlas-role.json',
      mediaType: 'application/json',
      text: `${JSON.stringify(role, undefined, 2)}\n`,
    },
    {
      id: 'cli',
      label: 'Azure CLI',
      fileName: 'cloudatlas-azure.sh',
      mediaType: 'text/x-shellscript',
      text: `# Run as Owner or User Access Administrator of the subscription, beside cloudatlas-role.json
SUBSCRIPTION="<subscription id>"
sed -i "s/<subscription id>/$SUBSCRIPTION/" cloudatlas-role.json
az role definition create --role-definition cloudatlas-role.json
az ad sp create-for-rbac --name CloudAtlas --role CloudAtlas --scopes "/subscriptions/$SUBSCRIPTION" \\
  --query '{tenantId: tenant, clientId: appId, clientSecret: password}'
`,
    },
  ];
}

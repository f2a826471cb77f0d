import type {
  AccessTemplate,
  AccessTemplateRequest,
  Feature,
  PermissionFinding,
  RequiredPermission,
} from '../permissions.ts';
import type { GraphSession } from './graph.ts';

/** Application permissions of Microsoft Graph ("Microsoft Graph permissions reference"). */
export const PERMISSIONS: readonly RequiredPermission[] = [
  { action: 'User.Read.All', feature: 'inventory', service: 'users' },
  { action: 'AuditLog.Read.All', feature: 'inventory', service: 'users' },
  { action: 'Reports.Read.All', feature: 'inventory', service: 'users' },
  { action: 'LicenseAssignment.Read.All', feature: 'inventory', service: 'licensing' },
  { action: 'Directory.Read.All', feature: 'inventory', service: 'licensing' },
  { action: 'Group.Read.All', feature: 'inventory', service: 'groups' },
  { action: 'SecurityEvents.Read.All', feature: 'inventory', service: 'security' },
  { action: 'LicenseAssignment.Read.All', feature: 'costs', service: 'licensing' },
  { action: 'LicenseAssignment.ReadWrite.All', feature: 'operate', service: 'users' },
  { action: 'User.EnableDisableAccount.All', feature: 'operate', service: 'users' },
];

/** A wider permission that holds a narrower one. */
const HELD_BY: Readonly<Record<string, readonly string[]>> = {
  'User.Read.All': ['User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'Group.Read.All': ['Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'Directory.Read.All': ['Directory.ReadWrite.All'],
  'LicenseAssignment.Read.All': [
    'LicenseAssignment.ReadWrite.All',
    'Organization.Read.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'LicenseAssignment.ReadWrite.All': ['Directory.ReadWrite.All'],
  'User.EnableDisableAccount.All': ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
};

/** Permissions are claims of the token, so nothing has to be tried. */
export async function probe(
  graph: GraphSession,
  features: readonly Feature[] | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly PermissionFinding[]> {
  const claims = await graph.claims(signal);
  const roles = Array.isArray(claims['roles'])
    ? new Set(claims['roles'].filter((r) => typeof r === 'string'))
    : undefined;
  return PERMISSIONS.filter((p) => features === undefined || features.includes(p.feature)).map(
    (permission) => {
      const wider = (HELD_BY[permission.action] ?? []).find((name) => roles?.has(name));
      const granted = roles?.has(permission.action) === true || wider !== undefined;
      return {
        ...permission,
        granted: granted ? ('yes' as const) : ('no' as const),
        reason: granted
          ? `consented as ${wider !== undefined && !roles?.has(permission.action) ? wider : permission.action}`
          : 'not among the application permissions an administrator has consented to',
      };
    },
  );
}

/** A script for an administrator that makes the application with exactly the permissions of the features. */
export function accessTemplates({ features }: AccessTemplateRequest): readonly AccessTemplate[] {
  const actions = [
    ...new Set(PERMISSIONS.filter((p) => features.includes(p.feature)).map((p) => p.action)),
  ].sort();
  const list = actions.map((action) => `  "${action}"`).join(',\n');
  return [
    {
      id: 'powershell',
      label: 'Microsoft Graph PowerShell',
      fileName: 'cloudatlas-m365.ps1',
      mediaType: 'text/plain',
      text: `# Run as Global Administrator or Privileged Role Administrator: Install-Module Microsoft.Graph
Connect-MgGraph -Scopes "Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All"
$permissions = @(
${list}
)
$graph = Get-MgServicePrincipal -Filter "appId eq '00000003-0000-0000-c000-000000000000'"
$roles = $graph.AppRoles | Where-Object { $_.Value -in $permissions }
$access = @{ resourceAppId = $graph.AppId; resourceAccess = @($roles | ForEach-Object { @{ id = $_.Id; type = "Role" } }) }
$app = New-MgApplication -DisplayName "CloudAtlas" -RequiredResourceAccess @($access)
$principal = New-MgServicePrincipal -AppId $app.AppId
foreach ($role in $roles) {
  New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -PrincipalId $principal.Id -ResourceId $graph.Id -AppRoleId $role.Id | Out-Null
}
$secret = Add-MgApplicationPassword -ApplicationId $app.Id -PasswordCredential @{ displayName = "CloudAtlas" }
"Directory (tenant) ID:   $((Get-MgContext).TenantId)"
"Application (client) ID: $($app.AppId)"
"Client secret:           $($secret.SecretText)"
`,
    },
  ];
}

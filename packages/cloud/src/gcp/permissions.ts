import type {
  AccessTemplate,
  AccessTemplateRequest,
  Feature,
  PermissionFinding,
  RequiredPermission,
} from '../permissions.ts';
import { CREATION } from './create/catalogue.ts';
import { OPERATIONS } from './operations.ts';
import type { GcpSession } from './session.ts';

const READS: readonly (readonly [action: string, service: string])[] = [
  ...[
    'instances',
    'disks',
    'snapshots',
    'images',
    'addresses',
    'networks',
    'subnetworks',
    'firewalls',
  ].flatMap((name) => [
    [`compute.${name}.list`, 'compute'] as const,
    [`compute.${name}.get`, 'compute'] as const,
  ]),
  ['compute.regions.list', 'compute'],
  ['storage.buckets.list', 'storage'],
  ['storage.buckets.get', 'storage'],
  ['cloudsql.instances.list', 'sql'],
  ['cloudsql.instances.get', 'sql'],
  ['cloudfunctions.functions.list', 'functions'],
  ['cloudfunctions.functions.get', 'functions'],
  ['container.clusters.list', 'gke'],
  ['container.clusters.get', 'gke'],
  ['resourcemanager.projects.get', 'projects'],
];

const featureOf = (operation: string): Feature => (operation === 'delete' ? 'delete' : 'operate');
const operating = OPERATIONS.flatMap(({ descriptor }) =>
  descriptor.actions.map((action) => ({ action, feature: featureOf(descriptor.id) })),
);

/** Every IAM permission that is used (IAM, "Permissions reference"). */
export const PERMISSIONS: readonly RequiredPermission[] = [
  ...READS.map(([action, service]) => ({ action, feature: 'inventory' as const, service })),
  { action: 'monitoring.timeSeries.list', feature: 'metrics' },
  { action: 'bigquery.jobs.create', feature: 'costs' },
  { action: 'bigquery.tables.getData', feature: 'costs' },
  ...['compute.zoneOperations.get', 'compute.globalOperations.get', 'compute.regionOperations.get'].map(
    (action) => ({ action, feature: 'operate' as const }),
  ),
  { action: 'container.operations.get', feature: 'operate' },
  ...[...new Set<string>(CREATION.descriptors.flatMap(({ actions }) => actions))].map((action) => ({
    action,
    feature: 'create' as const,
  })),
  ...new Map(operating.map((one) => [`${one.action} ${one.feature}`, one])).values(),
];

/** Permissions of one question at most (Resource Manager, `projects.testIamPermissions`). */
const AT_ONCE = 100;

/**
 * IAM itself says which permissions the caller has on the project. The billing export may lie in another project: what
 * is allowed there is not told from here.
 */
export async function probe(
  session: GcpSession,
  features: readonly Feature[] | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly PermissionFinding[]> {
  const wanted = PERMISSIONS.filter((p) => features === undefined || features.includes(p.feature));
  const names = [...new Set(wanted.map((p) => p.action))];
  const elsewhere =
    session.billingTable !== undefined && !session.billingTable.startsWith(`${session.projectId}.`);
  const granted = new Set<string>();
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const answer = await session.call<{ permissions?: readonly string[] }>(
      {
        api: 'projects',
        permission: 'resourcemanager.projects.get',
        method: 'POST',
        path: `projects/${session.projectId}:testIamPermissions`,
        body: { permissions: names.slice(at, at + AT_ONCE) },
      },
      { signal },
    );
    for (const name of answer.permissions ?? []) granted.add(name);
  }
  return wanted.map((permission) => {
    if (permission.action === 'bigquery.tables.getData' && elsewhere)
      return {
        ...permission,
        granted: 'unknown' as const,
        reason: 'the billing export lies in another project',
      };
    const yes = granted.has(permission.action);
    return {
      ...permission,
      granted: yes ? ('yes' as const) : ('no' as const),
      reason: yes ? 'in a role of the service account' : 'in no role the service account has on the project',
    };
  });
}

/** A custom role with exactly the permissions of the features, and the commands that make and assign it. */
export function accessTemplates({ features }: AccessTemplateRequest): readonly AccessTemplate[] {
  const actions = [
    ...new Set([
      'resourcemanager.projects.get',
      ...PERMISSIONS.filter((p) => features.includes(p.feature)).map((p) => p.action),
    ]),
  ].sort();
  const role = [
    'title: "CloudAtlas"',
    'description: "What CloudAtlas needs for the chosen features."',
    'stage: "GA"',
    'includedPermissions:',
    ...actions.map((action) => `  - "${action}"`),
  ];
  return [
    {
      id: 'role',
      label: 'Custom role definition',
      fileName: 'cloudatlas-role.yaml',
      mediaType: 'application/yaml',
      text: `${role.join('\n')}\n`,
    },
    {
      id: 'cli',
      label: 'Google Cloud CLI',
      fileName: 'cloudatlas-gcp.sh',
      mediaType: 'text/x-shellscript',
      text: `# Run as Owner of the project, beside cloudatlas-role.yaml
PROJECT="<project id>"
gcloud services enable compute.googleapis.com storage.googleapis.com sqladmin.googleapis.com \\
  cloudfunctions.googleapis.com container.googleapis.com monitoring.googleapis.com \\
  cloudresourcemanager.googleapis.com bigquery.googleapis.com cloudbilling.googleapis.com \\
  cloudbuild.googleapis.com run.googleapis.com --project "$PROJECT"
gcloud iam roles create cloudatlas --project "$PROJECT" --file cloudatlas-role.yaml
gcloud iam service-accounts create cloudatlas --project "$PROJECT" --display-name CloudAtlas
ACCOUNT="cloudatlas@$PROJECT.iam.gserviceaccount.com"
gcloud projects add-iam-policy-binding "$PROJECT" --member "serviceAccount:$ACCOUNT" \\
  --role "projects/$PROJECT/roles/cloudatlas" --condition None
gcloud iam service-accounts keys create cloudatlas-key.json --iam-account "$ACCOUNT"
${
  features.includes('costs')
    ? `# Costs: give the account BigQuery Data Viewer on the data set of the billing export, in its project
bq add-iam-policy-binding --member "serviceAccount:$ACCOUNT" --role roles/bigquery.dataViewer \\
  "<billing project>:<data set>"
`
    : ''
}`,
    },
  ];
}

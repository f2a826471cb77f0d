import { CloudError } from '../errors.ts';
import type { Feature, PermissionFinding, RequiredPermission } from '../permissions.ts';
import {
  CLOUDWATCH,
  DYNAMODB,
  EC2,
  EKS,
  ELASTICACHE,
  ELB,
  IAM,
  LAMBDA,
  LOGS,
  PRICING,
  RDS,
  S3,
  type AwsService,
} from './clients.ts';
import { mapLimited } from '../shared/concurrency.ts';
import { PERMISSIONS } from './permissions.ts';
import type { Scope } from './scope.ts';
import type { ServiceHandle } from './session.ts';

type Verdict = Pick<PermissionFinding, 'granted' | 'reason'>;
type Call = (scope: Scope) => Promise<unknown>;

/** A harmless call of a service. */
function reads<Sdk>(
  service: AwsService<Sdk>,
  make: (handle: ServiceHandle<Sdk>, scope: Scope) => Promise<unknown>,
): Call {
  return async (scope) => make(await scope.session.open(service, scope.region), scope);
}

/** Ids that are well formed and belong to nobody. */
const NOBODY = '0'.repeat(17);
const id = (prefix: string): string => `${prefix}-${NOBODY}`;

/** Reads that answer the question by being allowed. Each asks for as little as it can. */
const READS: Readonly<Record<string, Call>> = {
  'ec2:DescribeRegions': reads(EC2, (h, s) => h.send(new h.sdk.DescribeRegionsCommand({}), s)),
  'ec2:DescribeInstances': reads(EC2, (h, s) =>
    h.send(new h.sdk.DescribeInstancesCommand({ MaxResults: 5 }), s),
  ),
  'ec2:DescribeVolumes': reads(EC2, (h, s) => h.send(new h.sdk.DescribeVolumesCommand({ MaxResults: 5 }), s)),
  'ec2:DescribeSnapshots': reads(EC2, (h, s) =>
    h.send(new h.sdk.DescribeSnapshotsCommand({ OwnerIds: ['self'], MaxResults: 5 }), s),
  ),
  'ec2:DescribeImages': reads(EC2, (h, s) =>
    h.send(new h.sdk.DescribeImagesCommand({ Owners: ['self'] }), s),
  ),
  'ec2:DescribeAddresses': reads(EC2, (h, s) => h.send(new h.sdk.DescribeAddressesCommand({}), s)),
  'ec2:DescribeVpcs': reads(EC2, (h, s) => h.send(new h.sdk.DescribeVpcsCommand({ MaxResults: 5 }), s)),
  'ec2:DescribeSubnets': reads(EC2, (h, s) => h.send(new h.sdk.DescribeSubnetsCommand({ MaxResults: 5 }), s)),
  'ec2:DescribeSecurityGroups': reads(EC2, (h, s) =>
    h.send(new h.sdk.DescribeSecurityGroupsCommand({ MaxResults: 5 }), s),
  ),
  'ec2:DescribeNatGateways': reads(EC2, (h, s) =>
    h.send(new h.sdk.DescribeNatGatewaysCommand({ MaxResults: 5 }), s),
  ),
  'ec2:DescribeInternetGateways': reads(EC2, (h, s) =>
    h.send(new h.sdk.DescribeInternetGatewaysCommand({ MaxResults: 5 }), s),
  ),
  'ec2:DescribeRouteTables': reads(EC2, (h, s) =>
    h.send(new h.sdk.DescribeRouteTablesCommand({ MaxResults: 5 }), s),
  ),
  'ec2:DescribeNetworkInterfaces': reads(EC2, (h, s) =>
    h.send(new h.sdk.DescribeNetworkInterfacesCommand({ MaxResults: 5 }), s),
  ),
  'ec2:DescribeKeyPairs': reads(EC2, (h, s) => h.send(new h.sdk.DescribeKeyPairsCommand({}), s)),
  'ec2:DescribeInstanceTypes': reads(EC2, (h, s) =>
    h.send(new h.sdk.DescribeInstanceTypesCommand({ MaxResults: 5 }), s),
  ),
  'ec2:DescribeAvailabilityZones': reads(EC2, (h, s) =>
    h.send(new h.sdk.DescribeAvailabilityZonesCommand({}), s),
  ),
  'iam:ListAccountAliases': reads(IAM, (h, s) => h.send(new h.sdk.ListAccountAliasesCommand({}), s)),
  'iam:ListRoles': reads(IAM, (h, s) => h.send(new h.sdk.ListRolesCommand({ MaxItems: 1 }), s)),
  'elasticloadbalancing:DescribeLoadBalancers': reads(ELB, (h, s) =>
    h.send(new h.sdk.DescribeLoadBalancersCommand({ PageSize: 1 }), s),
  ),
  'elasticloadbalancing:DescribeTargetGroups': reads(ELB, (h, s) =>
    h.send(new h.sdk.DescribeTargetGroupsCommand({ PageSize: 1 }), s),
  ),
  's3:ListAllMyBuckets': reads(S3, (h, s) => h.send(new h.sdk.ListBucketsCommand({}), s)),
  'rds:DescribeDBInstances': reads(RDS, (h, s) =>
    h.send(new h.sdk.DescribeDBInstancesCommand({ MaxRecords: 20 }), s),
  ),
  'rds:DescribeDBSnapshots': reads(RDS, (h, s) =>
    h.send(new h.sdk.DescribeDBSnapshotsCommand({ MaxRecords: 20 }), s),
  ),
  'rds:DescribeDBSubnetGroups': reads(RDS, (h, s) =>
    h.send(new h.sdk.DescribeDBSubnetGroupsCommand({ MaxRecords: 20 }), s),
  ),
  'rds:DescribeDBEngineVersions': reads(RDS, (h, s) =>
    h.send(new h.sdk.DescribeDBEngineVersionsCommand({ MaxRecords: 20 }), s),
  ),
  'lambda:ListFunctions': reads(LAMBDA, (h, s) => h.send(new h.sdk.ListFunctionsCommand({ MaxItems: 1 }), s)),
  'logs:DescribeLogGroups': reads(LOGS, (h, s) =>
    h.send(new h.sdk.DescribeLogGroupsCommand({ limit: 1 }), s),
  ),
  'eks:ListClusters': reads(EKS, (h, s) => h.send(new h.sdk.ListClustersCommand({ maxResults: 1 }), s)),
  'dynamodb:ListTables': reads(DYNAMODB, (h, s) => h.send(new h.sdk.ListTablesCommand({ Limit: 1 }), s)),
  'elasticache:DescribeCacheClusters': reads(ELASTICACHE, (h, s) =>
    h.send(new h.sdk.DescribeCacheClustersCommand({ MaxRecords: 20 }), s),
  ),
  'pricing:GetProducts': reads(PRICING, (h, s) =>
    h.send(new h.sdk.GetProductsCommand({ ServiceCode: 'AmazonEC2', MaxResults: 1 }), s),
  ),
  'cloudwatch:GetMetricData': reads(CLOUDWATCH, (h, s) => {
    const end = new Date(s.session.clock.now());
    const Metric = { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' };
    const MetricDataQueries = [{ Id: 'probe', MetricStat: { Metric, Period: 3600, Stat: 'Average' } }];
    return h.send(
      new h.sdk.GetMetricDataCommand({
        MetricDataQueries,
        StartTime: new Date(end.getTime() - 3_600_000),
        EndTime: end,
      }),
      s,
    );
  }),
};

const DryRun = true;
const tag = [{ Key: 'cloudatlas:probe', Value: '' }];

/** Writes of EC2 as dry runs on ids that nobody has: permission is checked first, and nothing can happen. */
const DRY_RUNS: Readonly<Record<string, Call>> = {
  'ec2:StartInstances': reads(EC2, (h, s) =>
    h.send(new h.sdk.StartInstancesCommand({ InstanceIds: [id('i')], DryRun }), s),
  ),
  'ec2:StopInstances': reads(EC2, (h, s) =>
    h.send(new h.sdk.StopInstancesCommand({ InstanceIds: [id('i')], DryRun }), s),
  ),
  'ec2:RebootInstances': reads(EC2, (h, s) =>
    h.send(new h.sdk.RebootInstancesCommand({ InstanceIds: [id('i')], DryRun }), s),
  ),
  'ec2:TerminateInstances': reads(EC2, (h, s) =>
    h.send(new h.sdk.TerminateInstancesCommand({ InstanceIds: [id('i')], DryRun }), s),
  ),
  'ec2:ModifyInstanceAttribute': reads(EC2, (h, s) =>
    h.send(
      new h.sdk.ModifyInstanceAttributeCommand({
        InstanceId: id('i'),
        InstanceType: { Value: 't3.micro' },
        DryRun,
      }),
      s,
    ),
  ),
  'ec2:CreateTags': reads(EC2, (h, s) =>
    h.send(new h.sdk.CreateTagsCommand({ Resources: [id('i')], Tags: tag, DryRun }), s),
  ),
  'ec2:DeleteTags': reads(EC2, (h, s) =>
    h.send(new h.sdk.DeleteTagsCommand({ Resources: [id('i')], Tags: tag, DryRun }), s),
  ),
  'ec2:ModifyVolume': reads(EC2, (h, s) =>
    h.send(new h.sdk.ModifyVolumeCommand({ VolumeId: id('vol'), VolumeType: 'gp3', DryRun }), s),
  ),
  'ec2:DetachVolume': reads(EC2, (h, s) =>
    h.send(new h.sdk.DetachVolumeCommand({ VolumeId: id('vol'), DryRun }), s),
  ),
  'ec2:DeleteVolume': reads(EC2, (h, s) =>
    h.send(new h.sdk.DeleteVolumeCommand({ VolumeId: id('vol'), DryRun }), s),
  ),
  'ec2:CreateSnapshot': reads(EC2, (h, s) =>
    h.send(new h.sdk.CreateSnapshotCommand({ VolumeId: id('vol'), DryRun }), s),
  ),
  'ec2:DeleteSnapshot': reads(EC2, (h, s) =>
    h.send(new h.sdk.DeleteSnapshotCommand({ SnapshotId: id('snap'), DryRun }), s),
  ),
  'ec2:ReleaseAddress': reads(EC2, (h, s) =>
    h.send(new h.sdk.ReleaseAddressCommand({ AllocationId: id('eipalloc'), DryRun }), s),
  ),
  'ec2:RunInstances': reads(EC2, (h, s) =>
    h.send(
      new h.sdk.RunInstancesCommand({
        ImageId: id('ami'),
        InstanceType: 't3.micro',
        MinCount: 1,
        MaxCount: 1,
        DryRun,
      }),
      s,
    ),
  ),
  'ec2:CreateVpc': reads(EC2, (h, s) =>
    h.send(new h.sdk.CreateVpcCommand({ CidrBlock: '10.255.255.0/28', DryRun }), s),
  ),
  'ec2:CreateSubnet': reads(EC2, (h, s) =>
    h.send(new h.sdk.CreateSubnetCommand({ VpcId: id('vpc'), CidrBlock: '10.255.255.0/28', DryRun }), s),
  ),
  'ec2:CreateInternetGateway': reads(EC2, (h, s) =>
    h.send(new h.sdk.CreateInternetGatewayCommand({ DryRun }), s),
  ),
  'ec2:CreateRouteTable': reads(EC2, (h, s) =>
    h.send(new h.sdk.CreateRouteTableCommand({ VpcId: id('vpc'), DryRun }), s),
  ),
  'ec2:DeleteVpc': reads(EC2, (h, s) => h.send(new h.sdk.DeleteVpcCommand({ VpcId: id('vpc'), DryRun }), s)),
  'ec2:DeleteSubnet': reads(EC2, (h, s) =>
    h.send(new h.sdk.DeleteSubnetCommand({ SubnetId: id('subnet'), DryRun }), s),
  ),
};

const NAMELESS: ReadonlySet<string> = new Set(['not_found', 'invalid_input', 'conflict_state']);

function judge(error: unknown, dry: boolean): Verdict {
  if (!(error instanceof CloudError)) throw error;
  if (error.kind === 'aborted') throw error;
  if (error.problem.providerCode === 'DryRunOperation') return { granted: 'yes', reason: 'a dry run passed' };
  if (error.kind === 'denied') return { granted: 'no', reason: error.message };
  // The permission was checked and passed before AWS missed the thing.
  if (dry && NAMELESS.has(error.kind)) return { granted: 'yes', reason: 'a dry run was allowed' };
  return { granted: 'unknown', reason: error.message };
}

async function ask(scope: Scope, action: string): Promise<Verdict | undefined> {
  const read = READS[action];
  const dry = DRY_RUNS[action];
  const call = read ?? dry;
  if (!call) return undefined;
  try {
    await call(scope);
    return { granted: 'yes', reason: 'a read was allowed' };
  } catch (error) {
    return judge(error, read === undefined);
  }
}

/** SimulatePrincipalPolicy wants the role behind a session; the path of a role is not in the session's name. */
export function policySource(principal: string): string {
  const session = /^(arn:[^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(principal);
  return session ? `${session[1]}:iam::${session[2]}:role/${session[3]}` : principal;
}

const ACTIONS_PER_CALL = 100;

/** Verdicts of IAM's own simulation; empty when it may not be asked. */
async function simulated(
  scope: Scope,
  principal: string,
  actions: readonly string[],
): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  const iam = await scope.session.open(IAM);
  for (let at = 0; at < actions.length; at += ACTIONS_PER_CALL) {
    const input = {
      PolicySourceArn: scope.session.roleArn ?? policySource(principal),
      ActionNames: actions.slice(at, at + ACTIONS_PER_CALL),
    };
    const found = iam.pages('SimulatePrincipalPolicy', async (Marker) => {
      const answer = await iam.send(new iam.sdk.SimulatePrincipalPolicyCommand({ ...input, Marker }), scope);
      return { items: answer.EvaluationResults ?? [], next: answer.IsTruncated ? answer.Marker : undefined };
    });
    for await (const results of found) {
      for (const result of results) {
        if (!result.EvalActionName) continue;
        const allowed = result.EvalDecision === 'allowed';
        verdicts.set(result.EvalActionName, {
          granted: allowed ? 'yes' : 'no',
          reason: `IAM's policy simulation: ${result.EvalDecision}`,
        });
      }
    }
  }
  return verdicts;
}

async function simulateIfAllowed(
  scope: Scope,
  principal: string,
  actions: readonly string[],
): Promise<{ verdicts: Map<string, Verdict>; asked: Verdict }> {
  try {
    return {
      verdicts: await simulated(scope, principal, actions),
      asked: { granted: 'yes', reason: 'the simulation was allowed' },
    };
  } catch (error) {
    return { verdicts: new Map(), asked: judge(error, false) };
  }
}

const PROBES_AT_ONCE = 6;

/** Finds out which permissions are there; see the contract. Real calls count more than the simulation, which knows no organization policies. */
export async function probe(
  scope: Scope,
  principal: string,
  features?: readonly Feature[],
): Promise<PermissionFinding[]> {
  const wanted = PERMISSIONS.filter((p) => !features || features.includes(p.feature));
  const actions = [...new Set(wanted.map((p) => p.action))];
  const called = new Map<string, Verdict>();
  await mapLimited(actions, PROBES_AT_ONCE, async (action) => {
    const verdict = await ask(scope, action);
    if (verdict) called.set(action, verdict);
  });
  const open = actions.filter(
    (a) => (called.get(a)?.granted ?? 'unknown') === 'unknown' && a !== 'iam:SimulatePrincipalPolicy',
  );
  const { verdicts, asked } = await simulateIfAllowed(scope, principal, open);
  const verdictOf = (p: RequiredPermission): Verdict => {
    if (p.action === 'iam:SimulatePrincipalPolicy') return asked;
    return (
      verdicts.get(p.action) ??
      called.get(p.action) ?? {
        granted: 'unknown',
        reason: 'AWS has no way to ask without acting, and the policy simulation is not allowed',
      }
    );
  };
  return wanted.map((p) => ({ ...p, ...verdictOf(p) }));
}

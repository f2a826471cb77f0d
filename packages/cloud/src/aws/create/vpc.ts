import type * as Ec2Sdk from '@aws-sdk/client-ec2';
import { CloudError, type FieldIssue } from '../../errors.ts';
import type { FieldValues } from '../../fields.ts';
import type { ResourceRef } from '../../resource.ts';
import { contains, divide, isPrivate, overlap, parseCidr, writeCidr, type Cidr } from '../../shared/cidr.ts';
import { EC2 } from '../clients.ts';
import { flag, text, textList } from '../../shared/parameters.ts';
import { ec2Arn, type Scope } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { TOKEN_TAG } from '../token.ts';
import { zones } from './ec2-pickers.ts';
import type { CreateOrder } from '../../shared/create.ts';
import type { Creator } from './model.ts';
import { orderTags, TAGS_FIELD } from './tags.ts';

type Ec2 = ServiceHandle<typeof Ec2Sdk>;

const VPC = 'aws.ec2.vpc';
const SUBNET = 'aws.ec2.subnet';
const GATEWAY = 'aws.ec2.internet-gateway';
const ROUTES = 'aws.ec2.route-table';
const ARN_KINDS: Readonly<Record<string, string>> = {
  [VPC]: 'vpc',
  [SUBNET]: 'subnet',
  [GATEWAY]: 'internet-gateway',
  [ROUTES]: 'route-table',
};

function ref(scope: Scope, type: string, id: string): ResourceRef {
  return { type, id, nativeId: ec2Arn(scope, ARN_KINDS[type] ?? 'resource', id), region: scope.region };
}

function subnetBlocks(input: FieldValues): readonly Cidr[] {
  const given = textList(input, 'subnetCidrs');
  if (given.length > 0) return given.map((c) => parseCidr(c)).filter((c) => c !== undefined);
  const block = parseCidr(text(input, 'cidr') ?? '');
  return (block && divide(block, textList(input, 'zones').length)) ?? [];
}

/** Rules of VPC and subnet blocks (VPC user guide, "VPC CIDR blocks", "Subnet CIDR blocks"). */
export function checkNetwork(input: FieldValues): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const block = parseCidr(text(input, 'cidr') ?? '');
  if (!block)
    return [
      { field: 'cidr', message: 'is not a block such as 10.0.0.0/16, or has bits set behind its prefix' },
    ];
  if (block.prefix < 16 || block.prefix > 28)
    issues.push({ field: 'cidr', message: 'is between /16 and /28' });
  if (!isPrivate(block)) issues.push({ field: 'cidr', message: 'lies outside the private ranges' });
  const zoneCount = textList(input, 'zones').length;
  const given = textList(input, 'subnetCidrs');
  const parsed = given.map((c) => parseCidr(c));
  if (given.length > 0 && given.length !== zoneCount)
    issues.push({ field: 'subnetCidrs', message: `needs one block for each of the ${zoneCount} zones` });
  parsed.forEach((subnet, i) => {
    if (!subnet) issues.push({ field: 'subnetCidrs', message: `${given[i]} is not a block` });
    else if (subnet.prefix < 16 || subnet.prefix > 28)
      issues.push({ field: 'subnetCidrs', message: `${given[i]} is not between /16 and /28` });
    else if (!contains(block, subnet))
      issues.push({ field: 'subnetCidrs', message: `${given[i]} is not inside ${writeCidr(block)}` });
    else if (parsed.slice(0, i).some((other) => other && overlap(other, subnet)))
      issues.push({ field: 'subnetCidrs', message: `${given[i]} overlaps another one` });
  });
  if (given.length === 0 && !divide(block, zoneCount))
    issues.push({ field: 'zones', message: `${writeCidr(block)} is too small for ${zoneCount} subnets` });
  return issues;
}

/** Runs the steps of one order, each of which finds what an earlier try made by the order's tag. */
class NetworkBuilder {
  /** In the order of making. */
  readonly made: ResourceRef[] = [];
  fresh = false;
  readonly #scope: Scope;
  readonly #ec2: Ec2;
  readonly #order: CreateOrder;

  constructor(scope: Scope, ec2: Ec2, order: CreateOrder) {
    this.#scope = scope;
    this.#ec2 = ec2;
    this.#order = order;
  }

  get #filters() {
    return [{ Name: `tag:${TOKEN_TAG}`, Values: [this.#order.clientToken] }];
  }

  #tags(kind: 'vpc' | 'subnet' | 'internet-gateway' | 'route-table', suffix = '') {
    const name = text(this.#order.input, 'name');
    return [
      {
        ResourceType: kind,
        Tags: orderTags(this.#order.input, this.#order.clientToken, name && `${name}${suffix}`),
      },
    ];
  }

  async #keep(
    type: string,
    existing: string | undefined,
    make: () => Promise<string | undefined>,
  ): Promise<string> {
    const id = existing ?? (await make());
    if (!id)
      throw new CloudError({
        kind: 'unavailable',
        message: `AWS answered without an id for ${type}.`,
        region: this.#scope.region,
      });
    if (existing === undefined) this.fresh = true;
    const made = ref(this.#scope, type, id);
    this.made.push(made);
    await this.#order.onCreated(made);
    return id;
  }

  async vpc(): Promise<string> {
    const ec2 = this.#ec2;
    const found = await ec2.send(new ec2.sdk.DescribeVpcsCommand({ Filters: this.#filters }), this.#scope);
    const id = await this.#keep(VPC, found.Vpcs?.[0]?.VpcId, async () => {
      const input = { CidrBlock: text(this.#order.input, 'cidr'), TagSpecifications: this.#tags('vpc') };
      return (await ec2.send(new ec2.sdk.CreateVpcCommand(input), { ...this.#scope, retry: 'refused-only' }))
        .Vpc?.VpcId;
    });
    if (flag(this.#order.input, 'dnsHostnames'))
      await ec2.send(
        new ec2.sdk.ModifyVpcAttributeCommand({ VpcId: id, EnableDnsHostnames: { Value: true } }),
        this.#scope,
      );
    return id;
  }

  async subnets(vpcId: string): Promise<string[]> {
    const ec2 = this.#ec2;
    const found = await ec2.send(new ec2.sdk.DescribeSubnetsCommand({ Filters: this.#filters }), this.#scope);
    const ids: string[] = [];
    const blocks = subnetBlocks(this.#order.input).map(writeCidr);
    for (const [i, zone] of textList(this.#order.input, 'zones').entries()) {
      const CidrBlock = blocks[i];
      const existing = found.Subnets?.find((s) => s.CidrBlock === CidrBlock)?.SubnetId;
      const id = await this.#keep(SUBNET, existing, async () => {
        const input = {
          VpcId: vpcId,
          CidrBlock,
          AvailabilityZone: zone,
          TagSpecifications: this.#tags('subnet', `-${zone}`),
        };
        return (
          await ec2.send(new ec2.sdk.CreateSubnetCommand(input), { ...this.#scope, retry: 'refused-only' })
        ).Subnet?.SubnetId;
      });
      ids.push(id);
    }
    return ids;
  }

  async gateway(vpcId: string): Promise<string> {
    const ec2 = this.#ec2;
    const found = (
      await ec2.send(new ec2.sdk.DescribeInternetGatewaysCommand({ Filters: this.#filters }), this.#scope)
    ).InternetGateways?.[0];
    const id = await this.#keep(GATEWAY, found?.InternetGatewayId, async () => {
      const input = { TagSpecifications: this.#tags('internet-gateway') };
      return (
        await ec2.send(new ec2.sdk.CreateInternetGatewayCommand(input), {
          ...this.#scope,
          retry: 'refused-only',
        })
      ).InternetGateway?.InternetGatewayId;
    });
    const attached = found?.Attachments?.some((a) => a.VpcId === vpcId) === true;
    if (!attached)
      await ec2.send(new ec2.sdk.AttachInternetGatewayCommand({ InternetGatewayId: id, VpcId: vpcId }), {
        ...this.#scope,
        retry: 'refused-only',
      });
    return id;
  }

  async routes(vpcId: string, gatewayId: string, subnetIds: readonly string[]): Promise<void> {
    const ec2 = this.#ec2;
    const found = (
      await ec2.send(new ec2.sdk.DescribeRouteTablesCommand({ Filters: this.#filters }), this.#scope)
    ).RouteTables?.[0];
    const id = await this.#keep(ROUTES, found?.RouteTableId, async () => {
      const input = { VpcId: vpcId, TagSpecifications: this.#tags('route-table') };
      return (
        await ec2.send(new ec2.sdk.CreateRouteTableCommand(input), { ...this.#scope, retry: 'refused-only' })
      ).RouteTable?.RouteTableId;
    });
    if (!found?.Routes?.some((r) => r.GatewayId === gatewayId)) {
      await ec2.send(
        new ec2.sdk.CreateRouteCommand({
          RouteTableId: id,
          DestinationCidrBlock: '0.0.0.0/0',
          GatewayId: gatewayId,
        }),
        this.#scope,
      );
    }
    for (const SubnetId of subnetIds) {
      if (found?.Associations?.some((a) => a.SubnetId === SubnetId)) continue;
      await ec2.send(new ec2.sdk.AssociateRouteTableCommand({ RouteTableId: id, SubnetId }), this.#scope);
    }
  }
}

export const vpcWithSubnets: Creator = {
  descriptor: {
    id: VPC,
    type: VPC,
    label: 'VPC with subnets',
    dryRun: true,
    actions: [
      'ec2:CreateVpc',
      'ec2:ModifyVpcAttribute',
      'ec2:CreateSubnet',
      'ec2:CreateInternetGateway',
      'ec2:AttachInternetGateway',
      'ec2:CreateRouteTable',
      'ec2:CreateRoute',
      'ec2:AssociateRouteTable',
      'ec2:CreateTags',
      'ec2:DescribeAvailabilityZones',
    ],
    until: ['active'],
    fields: [
      { name: 'name', label: 'Name', kind: 'text', required: true, maxLength: 200 },
      {
        name: 'cidr',
        label: 'Address block',
        help: 'A private block between /16 and /28.',
        kind: 'cidr',
        required: true,
        default: '10.0.0.0/16',
      },
      {
        name: 'zones',
        label: 'Zones',
        help: 'One subnet in each.',
        kind: 'multiselect',
        required: true,
        picker: true,
        max: 6,
      },
      {
        name: 'subnetCidrs',
        label: 'Subnet blocks',
        help: 'In the order of the zones; without them the block is divided.',
        kind: 'cidr_list',
        required: false,
        default: [],
        max: 6,
      },
      {
        name: 'internet',
        label: 'Connect to the internet',
        help: 'With an internet gateway and a route to it.',
        kind: 'boolean',
        required: false,
        default: true,
      },
      { name: 'dnsHostnames', label: 'DNS host names', kind: 'boolean', required: false, default: true },
      TAGS_FIELD,
    ],
  },
  pickers: { zones: (scope) => zones(scope) },
  check: checkNetwork,
  plan: () => ({
    parts: [],
    assumptions: [
      'VPCs, subnets, route tables and internet gateways are free; traffic, NAT gateways and public addresses are not.',
    ],
  }),
  async create(scope, order) {
    const ec2 = await scope.session.open(EC2, scope.region);
    if (order.dryRun) {
      const { passes } = await import('../operations/dry-run.ts');
      await passes(
        ec2.send(new ec2.sdk.CreateVpcCommand({ CidrBlock: text(order.input, 'cidr'), DryRun: true }), scope),
      );
      return { status: 'allowed', resources: [] };
    }
    const builder = new NetworkBuilder(scope, ec2, order);
    try {
      const vpc = await builder.vpc();
      const subnets = await builder.subnets(vpc);
      if (flag(order.input, 'internet')) {
        const gateway = await builder.gateway(vpc);
        await builder.routes(vpc, gateway, subnets);
      }
    } catch (error) {
      // Later steps depend on earlier ones, so they are taken away in the opposite order.
      if (error instanceof CloudError) throw new CloudError(error.problem, deletionOrder(builder.made));
      throw error;
    }
    return { status: builder.fresh ? 'created' : 'existing', resources: builder.made };
  },
  async find(scope, { clientToken }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const Filters = [{ Name: `tag:${TOKEN_TAG}`, Values: [clientToken] }];
    const [vpcs, subnets, gateways, tables] = await Promise.all([
      ec2.send(new ec2.sdk.DescribeVpcsCommand({ Filters }), scope),
      ec2.send(new ec2.sdk.DescribeSubnetsCommand({ Filters }), scope),
      ec2.send(new ec2.sdk.DescribeInternetGatewaysCommand({ Filters }), scope),
      ec2.send(new ec2.sdk.DescribeRouteTablesCommand({ Filters }), scope),
    ]);
    return [
      ...(vpcs.Vpcs ?? []).map((v) => ref(scope, VPC, v.VpcId ?? '')),
      ...(subnets.Subnets ?? []).map((s) => ref(scope, SUBNET, s.SubnetId ?? '')),
      ...(gateways.InternetGateways ?? []).map((g) => ref(scope, GATEWAY, g.InternetGatewayId ?? '')),
      ...(tables.RouteTables ?? []).map((t) => ref(scope, ROUTES, t.RouteTableId ?? '')),
    ];
  },
};

/** What must be deleted first comes first: subnets hold associations of route tables, the VPC holds all. */
function deletionOrder(made: readonly ResourceRef[]): ResourceRef[] {
  const order = [GATEWAY, SUBNET, ROUTES, VPC];
  return [...made].sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
}

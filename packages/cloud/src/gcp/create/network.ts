import { CloudError, type FieldIssue, taken } from '../../errors.ts';
import type { FieldValues } from '../../fields.ts';
import type { ResourceRef } from '../../resource.ts';
import { isPrivate, parseCidr } from '../../shared/cidr.ts';
import type { CreateOrder } from '../../shared/create.ts';
import { flag, text } from '../../shared/parameters.ts';
import { act, requestId } from '../operations/model.ts';
import { fullName, type Scope } from '../scope.ts';
import { str } from '../session.ts';
import { markOf } from '../token.ts';
import { existing, nameField, type GcpCreator } from './common.ts';

const NETWORK = 'gcp.compute.network';
const SUBNET = 'gcp.compute.subnetwork';
const FIREWALL = 'gcp.compute.firewall';
/** Addresses from which Identity-Aware Proxy forwards TCP (IAP, "Using TCP forwarding"). */
const IAP_RANGE = '35.235.240.0/20';

/** One step of an order: what is made, where, and with what. */
interface Step {
  readonly type: string;
  readonly name: string;
  /** `networks`, as in paths and permissions. */
  readonly collection: string;
  /** `global` or `regions/r`. */
  readonly place: string;
  readonly region: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Networks carry no labels: the mark of the order stands in their description. */
const described = (clientToken: string): string => `CloudAtlas order ${markOf(clientToken)}`;

function stepsOf(scope: Scope, input: FieldValues): Step[] {
  const { session, region } = scope;
  const name = text(input, 'name') ?? '';
  const network = `projects/${session.projectId}/global/networks/${name}`;
  const range = text(input, 'cidr') ?? '';
  const rule = (suffix: string, ranges: string[], allowed: object[]): Step => ({
    type: FIREWALL,
    name: `${name}-${suffix}`,
    collection: 'firewalls',
    place: 'global',
    region: 'global',
    body: { network, direction: 'INGRESS', priority: 1000, sourceRanges: ranges, allowed },
  });
  return [
    {
      type: NETWORK,
      name,
      collection: 'networks',
      place: 'global',
      region: 'global',
      body: { autoCreateSubnetworks: false, routingConfig: { routingMode: 'REGIONAL' } },
    },
    {
      type: SUBNET,
      name: text(input, 'subnetName') ?? name,
      collection: 'subnetworks',
      place: `regions/${region}`,
      region,
      body: { network, ipCidrRange: range, privateIpGoogleAccess: flag(input, 'privateGoogleAccess') },
    },
    ...(flag(input, 'allowInternal')
      ? [
          rule(
            'internal',
            [range],
            [
              { IPProtocol: 'tcp', ports: ['0-65535'] },
              { IPProtocol: 'udp', ports: ['0-65535'] },
              { IPProtocol: 'icmp' },
            ],
          ),
        ]
      : []),
    ...(flag(input, 'allowIapSsh')
      ? [rule('iap-ssh', [IAP_RANGE], [{ IPProtocol: 'tcp', ports: ['22'] }])]
      : []),
  ];
}

const pathOfStep = ({ session }: Scope, { place, collection, name }: Step): string =>
  `projects/${session.projectId}/${place}/${collection}/${name}`;
const refOf = (scope: Scope, step: Step): ResourceRef => ({
  type: step.type,
  id: step.name,
  nativeId: fullName('compute', pathOfStep(scope, step)),
  region: step.region,
});

/** Whether an earlier try of the order made a step. @throws CloudError `already_exists` for a foreign one of that name */
async function madeBefore(scope: Scope, step: Step, clientToken: string): Promise<boolean> {
  const found = await existing(scope, {
    api: 'compute',
    permission: `compute.${step.collection}.get`,
    path: pathOfStep(scope, step),
  });
  if (found === undefined) return false;
  if (str(found, 'description') === described(clientToken)) return true;
  throw taken(
    step.type === SUBNET ? 'subnetName' : 'name',
    `${step.name} exists already (${step.collection}).`,
  );
}

/** Makes a step once. @returns whether it was made now */
async function make(scope: Scope, step: Step, clientToken: string): Promise<boolean> {
  if (await madeBefore(scope, step, clientToken)) return false;
  const { session } = scope;
  await act(
    scope,
    {
      api: 'compute',
      permission: `compute.${step.collection}.create`,
      method: 'POST',
      path: `projects/${session.projectId}/${step.place}/${step.collection}`,
      query: { requestId: requestId(clientToken, `${step.collection}.${step.name}`) },
      body: { name: step.name, description: described(clientToken), ...step.body },
    },
    { settle: true },
  );
  return true;
}

/** Ranges of a subnet are between /8 and /29, inside the private ones (VPC, "Valid IPv4 ranges"). */
function check(input: FieldValues): FieldIssue[] {
  const range = parseCidr(text(input, 'cidr') ?? '');
  if (!range)
    return [
      { field: 'cidr', message: 'is not a block such as 10.0.0.0/20, or has bits set behind its prefix' },
    ];
  if (range.prefix < 8 || range.prefix > 29) return [{ field: 'cidr', message: 'is between /8 and /29' }];
  return isPrivate(range) ? [] : [{ field: 'cidr', message: 'lies outside the private ranges' }];
}

export const vpcNetwork: GcpCreator = {
  descriptor: {
    id: NETWORK,
    type: NETWORK,
    label: 'VPC network with a subnet',
    dryRun: false,
    actions: [
      'compute.networks.create',
      'compute.networks.get',
      'compute.networks.updatePolicy',
      'compute.subnetworks.create',
      'compute.subnetworks.get',
      'compute.firewalls.create',
      'compute.firewalls.get',
      'compute.globalOperations.get',
      'compute.regionOperations.get',
    ],
    until: ['active'],
    fields: [
      nameField(50),
      {
        ...nameField(63, 'subnetName', 'Name of the subnet'),
        required: false,
        help: 'Left empty, it is that of the network.',
      },
      {
        name: 'cidr',
        label: 'Address block',
        help: 'Of the subnet in the chosen region; a private block between /8 and /29.',
        kind: 'cidr',
        required: true,
        default: '10.0.0.0/20',
      },
      {
        name: 'privateGoogleAccess',
        label: 'Private Google access',
        help: 'Machines without an external address reach Google’s APIs.',
        kind: 'boolean',
        required: false,
        default: true,
      },
      {
        name: 'allowInternal',
        label: 'Allow traffic inside the subnet',
        kind: 'boolean',
        required: false,
        default: true,
      },
      {
        name: 'allowIapSsh',
        label: 'Allow SSH through Identity-Aware Proxy',
        kind: 'boolean',
        required: false,
        default: false,
      },
    ],
  },
  pickers: {},
  check,
  plan: () => ({
    parts: [],
    assumptions: [
      'Networks, subnets and firewall rules are free; traffic, NAT and external addresses are not.',
    ],
  }),
  async create(scope: Scope, { input, clientToken, onCreated }: CreateOrder) {
    const made: ResourceRef[] = [];
    let fresh = false;
    try {
      for (const step of stepsOf(scope, input)) {
        if (await make(scope, step, clientToken)) fresh = true;
        const ref = refOf(scope, step);
        made.push(ref);
        await onCreated(ref);
      }
    } catch (error) {
      // Later steps depend on earlier ones, so they are taken away in the opposite order.
      if (error instanceof CloudError) throw new CloudError(error.problem, made.toReversed());
      throw error;
    }
    return { status: fresh ? 'created' : 'existing', resources: made };
  },
  async find(scope, { input, clientToken }) {
    const found: ResourceRef[] = [];
    for (const step of stepsOf(scope, input)) {
      const mine = await madeBefore(scope, step, clientToken).catch((error: unknown) => {
        if (error instanceof CloudError && error.kind === 'already_exists') return false;
        throw error;
      });
      if (mine) found.push(refOf(scope, step));
    }
    return found;
  },
};

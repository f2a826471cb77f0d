import type { Address } from '@aws-sdk/client-ec2';
import type { ResourceRef } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { ec2Arn, type Scope } from '../scope.ts';
import { TOKEN_TAG } from '../token.ts';
import { passes } from './dry-run.ts';
import { attribute, result, type Operation } from './model.ts';
import { text } from '../../shared/parameters.ts';
import { captured, restoration, restored, restoredTags, undoOfDelete } from './restore.ts';

const ADDRESS = 'aws.ec2.address';

function addressRef(scope: Scope, id: string): ResourceRef {
  return { type: ADDRESS, id, nativeId: ec2Arn(scope, 'elastic-ip', id), region: scope.region };
}

const release: Operation = {
  descriptor: {
    id: 'delete',
    type: ADDRESS,
    label: 'Release address',
    states: ['available'],
    parameters: [],
    confirm: 'typed',
    dryRun: true,
    until: ['deleted'],
    undo: 'restore',
    actions: ['ec2:ReleaseAddress'],
  },
  async run({ scope, resource, before, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const call = ec2.send(new ec2.sdk.ReleaseAddressCommand({ AllocationId: resource.id, DryRun: dryRun }), {
      ...scope,
      retry: 'refused-only',
    });
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('done', await call, {
      ...undoOfDelete(before),
      note: 'AWS gives the address back only while no one else has taken it.',
    });
  },
  evidence: (seen) => (seen ? 'no' : 'yes'),
};

/** Recovers a released address (EC2 User Guide, "Recover an Elastic IP address"); refused once it is someone else's. */
const recover = restoration({
  type: ADDRESS,
  label: 'Recover address',
  until: ['available', 'in_use'],
  actions: ['ec2:AllocateAddress', 'ec2:CreateTags'],
  async made({ scope, parameters }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const { PublicIp: ip } = captured<Address>(parameters);
    const answer = await ec2.send(new ec2.sdk.DescribeAddressesCommand({}), scope);
    const id = answer.Addresses?.find((a) => a.PublicIp === ip)?.AllocationId;
    return id ? [addressRef(scope, id)] : [];
  },
  async run(context) {
    const { scope, parameters } = context;
    const former = captured<Address>(parameters);
    const ec2 = await scope.session.open(EC2, scope.region);
    const answer = await ec2.send(
      new ec2.sdk.AllocateAddressCommand({
        Domain: 'vpc',
        Address: former.PublicIp,
        NetworkBorderGroup: former.NetworkBorderGroup,
        TagSpecifications: [
          { ResourceType: 'elastic-ip', Tags: restoredTags(context).filter((t) => t.Key !== TOKEN_TAG) },
        ],
      }),
      { ...scope, retry: 'refused-only' },
    );
    return restored(answer, addressRef(scope, answer.AllocationId ?? ''));
  },
});

const disassociate: Operation = {
  descriptor: {
    id: 'disassociate',
    type: ADDRESS,
    label: 'Disassociate address',
    states: ['in_use'],
    parameters: [],
    confirm: 'simple',
    dryRun: true,
    until: ['available'],
    undo: 'associate',
    actions: ['ec2:DisassociateAddress'],
  },
  async run({ scope, before, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const AssociationId = attribute(before, 'AssociationId');
    const call = ec2.send(new ec2.sdk.DisassociateAddressCommand({ AssociationId, DryRun: dryRun }), {
      ...scope,
      retry: 'refused-only',
    });
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    const instanceId = attribute(before, 'InstanceId');
    const networkInterfaceId = attribute(before, 'NetworkInterfaceId');
    const privateIp = attribute(before, 'PrivateIpAddress');
    return result('done', await call, {
      undo: {
        operation: 'associate',
        parameters: {
          // An interface survives its instance's stop and is the exact place.
          ...(networkInterfaceId ? { networkInterfaceId } : instanceId ? { instanceId } : {}),
          ...(privateIp ? { privateIp } : {}),
        },
      },
    });
  },
  evidence: (seen) => (seen?.state === 'available' ? 'yes' : 'no'),
};

const associate: Operation = {
  descriptor: {
    id: 'associate',
    type: ADDRESS,
    label: 'Associate address',
    states: ['available'],
    parameters: [
      { name: 'instanceId', label: 'Instance', kind: 'text', required: false, maxLength: 64 },
      {
        name: 'networkInterfaceId',
        label: 'Network interface',
        kind: 'text',
        required: false,
        maxLength: 64,
      },
      { name: 'privateIp', label: 'Private address', kind: 'text', required: false, maxLength: 64 },
    ],
    confirm: 'simple',
    dryRun: true,
    until: ['in_use'],
    undo: 'disassociate',
    actions: ['ec2:AssociateAddress'],
  },
  async run({ scope, resource, parameters, dryRun }) {
    const ec2 = await scope.session.open(EC2, scope.region);
    const call = ec2.send(
      new ec2.sdk.AssociateAddressCommand({
        AllocationId: resource.id,
        InstanceId: text(parameters, 'instanceId'),
        NetworkInterfaceId: text(parameters, 'networkInterfaceId'),
        PrivateIpAddress: text(parameters, 'privateIp'),
        // Never taken away from someone who holds it now.
        AllowReassociation: false,
        DryRun: dryRun,
      }),
      scope,
    );
    if (dryRun && (await passes(call))) return result('allowed', undefined);
    return result('done', await call, { undo: { operation: 'disassociate', parameters: {} } });
  },
  evidence: (seen, { parameters }) => {
    const wanted = [
      ['instanceId', 'InstanceId'],
      ['networkInterfaceId', 'NetworkInterfaceId'],
    ] as const;
    const same = wanted.every(([name, member]) => {
      const want = text(parameters, name);
      return want === undefined || want === attribute(seen, member);
    });
    return seen?.state === 'in_use' && same ? 'yes' : 'no';
  },
};

export const addressOperations: readonly Operation[] = [release, recover, disassociate, associate];

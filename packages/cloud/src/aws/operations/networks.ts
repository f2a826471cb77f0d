import type { Json, Resource } from '../../resource.ts';
import { EC2 } from '../clients.ts';
import { result, type Operation, type OperationContext } from './model.ts';

/** Deleting a part of a network; refused by AWS while something depends on it. */
function deletion(
  type: string,
  label: string,
  actions: readonly string[],
  run: (context: OperationContext) => Promise<{ $metadata: { requestId?: string | undefined } }>,
): Operation {
  return {
    descriptor: {
      id: 'delete',
      type,
      label,
      parameters: [],
      confirm: 'typed',
      dryRun: false,
      until: ['deleted'],
      actions,
    },
    run: async (context) => result('done', await run(context)),
    evidence: (seen) => (seen ? 'no' : 'yes'),
  };
}

/** Texts under `member` of each object in a list attribute. */
function members(resource: Resource | undefined, list: string, member: string): string[] {
  const entries: Json | undefined = resource?.attributes[list];
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry) => {
    const value =
      typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? entry[member] : undefined;
    return typeof value === 'string' ? [value] : [];
  });
}

export const networkOperations: readonly Operation[] = [
  deletion('aws.ec2.vpc', 'Delete VPC', ['ec2:DeleteVpc'], async ({ scope, resource }) => {
    const ec2 = await scope.session.open(EC2, scope.region);
    return ec2.send(new ec2.sdk.DeleteVpcCommand({ VpcId: resource.id }), {
      ...scope,
      retry: 'refused-only',
    });
  }),
  deletion('aws.ec2.subnet', 'Delete subnet', ['ec2:DeleteSubnet'], async ({ scope, resource }) => {
    const ec2 = await scope.session.open(EC2, scope.region);
    return ec2.send(new ec2.sdk.DeleteSubnetCommand({ SubnetId: resource.id }), {
      ...scope,
      retry: 'refused-only',
    });
  }),
  deletion(
    'aws.ec2.internet-gateway',
    'Delete internet gateway',
    ['ec2:DetachInternetGateway', 'ec2:DeleteInternetGateway'],
    async ({ scope, resource, before }) => {
      const ec2 = await scope.session.open(EC2, scope.region);
      for (const VpcId of members(before, 'Attachments', 'VpcId')) {
        await ec2.send(new ec2.sdk.DetachInternetGatewayCommand({ InternetGatewayId: resource.id, VpcId }), {
          ...scope,
          retry: 'refused-only',
        });
      }
      return ec2.send(new ec2.sdk.DeleteInternetGatewayCommand({ InternetGatewayId: resource.id }), {
        ...scope,
        retry: 'refused-only',
      });
    },
  ),
  deletion(
    'aws.ec2.route-table',
    'Delete route table',
    ['ec2:DisassociateRouteTable', 'ec2:DeleteRouteTable'],
    async ({ scope, resource, before }) => {
      const ec2 = await scope.session.open(EC2, scope.region);
      for (const AssociationId of members(before, 'Associations', 'RouteTableAssociationId')) {
        await ec2.send(new ec2.sdk.DisassociateRouteTableCommand({ AssociationId }), {
          ...scope,
          retry: 'refused-only',
        });
      }
      return ec2.send(new ec2.sdk.DeleteRouteTableCommand({ RouteTableId: resource.id }), {
        ...scope,
        retry: 'refused-only',
      });
    },
  ),
];

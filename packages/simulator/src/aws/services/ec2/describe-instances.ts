import type {
  DescribeInstancesRequest,
  DescribeInstancesResult,
  DescribeInstanceStatusRequest,
  DescribeInstanceStatusResult,
  Reservation,
} from '@aws-sdk/client-ec2';
import type { RequestContext } from '../../context.ts';
import { checkPageSize, describe, filterBy, KINDS, needAll, pageOf, type FieldTable } from './query.ts';
import { ec2Store, type InstanceRecord } from './store.ts';

const FIELDS: FieldTable<InstanceRecord> = {
  'instance-id': ({ instance: i }) => i.InstanceId,
  'instance-type': ({ instance: i }) => i.InstanceType,
  'instance-state-name': ({ instance: i }) => i.State?.Name,
  'instance-state-code': ({ instance: i }) => i.State?.Code,
  'instance-lifecycle': ({ instance: i }) => i.InstanceLifecycle,
  'image-id': ({ instance: i }) => i.ImageId,
  'availability-zone': ({ instance: i }) => i.Placement?.AvailabilityZone,
  'vpc-id': ({ instance: i }) => i.VpcId,
  'subnet-id': ({ instance: i }) => i.SubnetId,
  'key-name': ({ instance: i }) => i.KeyName,
  'private-ip-address': ({ instance: i }) => i.PrivateIpAddress,
  'private-dns-name': ({ instance: i }) => i.PrivateDnsName,
  'ip-address': ({ instance: i }) => i.PublicIpAddress,
  'dns-name': ({ instance: i }) => i.PublicDnsName,
  architecture: ({ instance: i }) => i.Architecture,
  platform: ({ instance: i }) => i.Platform,
  'launch-time': ({ instance: i }) => i.LaunchTime,
  'client-token': ({ instance: i }) => i.ClientToken || undefined,
  'root-device-type': ({ instance: i }) => i.RootDeviceType,
  'root-device-name': ({ instance: i }) => i.RootDeviceName,
  'virtualization-type': ({ instance: i }) => i.VirtualizationType,
  'monitoring-state': ({ instance: i }) => i.Monitoring?.State,
  'reservation-id': (r) => r.reservationId,
  'iam-instance-profile.arn': ({ instance: i }) => i.IamInstanceProfile?.Arn,
  'instance.group-id': ({ instance: i }) => i.SecurityGroups?.map((g) => g.GroupId),
  'instance.group-name': ({ instance: i }) => i.SecurityGroups?.map((g) => g.GroupName),
  'group-id': ({ instance: i }) => i.SecurityGroups?.map((g) => g.GroupId),
  'block-device-mapping.volume-id': ({ instance: i }) => i.BlockDeviceMappings?.map((m) => m.Ebs?.VolumeId),
  'network-interface.network-interface-id': ({ instance: i }) =>
    i.NetworkInterfaces?.map((n) => n.NetworkInterfaceId),
  tenancy: ({ instance: i }) => i.Placement?.Tenancy,
};

/**
 * MaxResults counts instances, not reservations: a reservation may be split over two pages under the same
 * id, which is what a client must be able to merge.
 */
export function describeInstances(
  input: DescribeInstancesRequest,
  context: RequestContext,
): DescribeInstancesResult {
  const store = context.store(ec2Store);
  const page = describe(
    store.instances,
    KINDS.instance,
    input.InstanceIds,
    input,
    FIELDS,
    context,
    (r) => r.instance.Tags,
  );
  const reservations = new Map<string, Reservation>();
  for (const record of page.data) {
    let reservation = reservations.get(record.reservationId);
    if (!reservation) {
      reservation = {
        ReservationId: record.reservationId,
        OwnerId: store.accountId,
        Groups: [],
        Instances: [],
      };
      reservations.set(record.reservationId, reservation);
    }
    reservation.Instances?.push(record.instance);
  }
  return { Reservations: [...reservations.values()], NextToken: page.NextToken };
}

const CHECK_SECONDS = 120;

/** Status checks: `initializing` for two minutes after the start. Only running instances unless asked for all. */
export function describeInstanceStatus(
  input: DescribeInstanceStatusRequest,
  context: RequestContext,
): DescribeInstanceStatusResult {
  const store = context.store(ec2Store);
  const ids = input.InstanceIds;
  checkPageSize(input, ids, 'instanceIds');
  const entities =
    ids && ids.length > 0 ? needAll(store.instances, KINDS.instance, ids, context) : store.instances.list();
  const test = filterBy(input.Filters, FIELDS, (r) => r.instance.Tags);
  const shown = entities.filter(
    (e) => (input.IncludeAllInstances === true || e.data.instance.State?.Name === 'running') && test(e.data),
  );
  const page = pageOf(shown, input, (e) => e.id, context);
  const settled = CHECK_SECONDS * 1000 * store.world.transitionScale;
  return {
    InstanceStatuses: page.items.map(({ id, data: { instance, history } }) => {
      const running = instance.State?.Name === 'running';
      const since = history[history.length - 1]?.at ?? 0;
      const status = !running ? 'not-applicable' : context.now - since < settled ? 'initializing' : 'ok';
      const details = running
        ? [
            {
              Name: 'reachability' as const,
              Status: status === 'ok' ? ('passed' as const) : ('initializing' as const),
            },
          ]
        : [];
      return {
        InstanceId: id,
        AvailabilityZone: instance.Placement?.AvailabilityZone,
        InstanceState: instance.State,
        InstanceStatus: { Status: status, Details: details },
        SystemStatus: { Status: status, Details: details },
        Events: [],
      };
    }),
    NextToken: page.NextToken,
  };
}

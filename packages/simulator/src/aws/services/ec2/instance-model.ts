import type {
  Image,
  Instance,
  NetworkInterface,
  Subnet,
  Tag,
  VolumeType,
  _InstanceType,
} from '@aws-sdk/client-ec2';
import { INSTANCE_TYPES } from './instance-types.ts';
import { WINDOWS } from './public-images.ts';
import type { Ec2Store, InstanceEntity, InstanceRecord } from './store.ts';
import { addVolume, linkVolume } from './volume-model.ts';

/** EC2's numeric codes of instance states. */
export const STATE_CODES = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
} as const;
export type StateName = keyof typeof STATE_CODES;

/** One volume of a new instance; sizes in GiB. */
export interface DiskSpec {
  readonly device: string;
  readonly size: number;
  readonly type: VolumeType;
  readonly iops?: number | undefined;
  readonly throughput?: number | undefined;
  readonly encrypted?: boolean | undefined;
  readonly snapshotId?: string | undefined;
  readonly deleteOnTermination: boolean;
  readonly tags?: Tag[] | undefined;
}

/** What a new instance needs, already checked. */
export interface InstanceSpec {
  readonly type: string;
  readonly image: Image;
  readonly subnet: Subnet;
  readonly groupIds: readonly string[];
  readonly disks: readonly DiskSpec[];
  readonly publicIp: boolean;
  readonly reservationId: string;
  readonly launchIndex?: number;
  readonly keyName?: string | undefined;
  readonly profile?: { readonly arn: string; readonly id: string } | undefined;
  readonly tags?: Tag[] | undefined;
  readonly userData?: string | undefined;
  readonly clientToken?: string | undefined;
  readonly monitoring?: boolean;
  readonly spot?: boolean;
  readonly disableApiTermination?: boolean;
  readonly disableApiStop?: boolean;
  readonly shutdownBehavior?: 'stop' | 'terminate';
  /** Simulated launch time in milliseconds; default now. */
  readonly launchedAt?: number;
}

/** Seconds of simulated time that the transitions take. */
export const DURATIONS = { start: 20, stop: 35, terminate: 30, forget: 3600 } as const;

/** Puts an instance in a state and keeps the change in its history. */
export function setState(record: InstanceRecord, state: StateName, at: number): void {
  record.instance.State = { Code: STATE_CODES[state], Name: state };
  record.history.push({ at, state, type: record.instance.InstanceType ?? '' });
}

/** Private and public DNS names of addresses. */
function privateDns(ip: string, region: string): string {
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  return `ip-${ip.replaceAll('.', '-')}.${domain}`;
}

export function publicDns(ip: string, region: string): string {
  const domain = region === 'us-east-1' ? 'compute-1.amazonaws.com' : `${region}.compute.amazonaws.com`;
  return `ec2-${ip.replaceAll('.', '-')}.${domain}`;
}

/** Gives an instance and its interface a public address; `ownerId` is `amazon` unless it is an Elastic IP. */
export function setPublicIp(store: Ec2Store, instance: Instance, ip: string, ownerId: string): void {
  const name = publicDns(ip, store.region);
  instance.PublicIpAddress = ip;
  instance.PublicDnsName = name;
  const association = { PublicIp: ip, PublicDnsName: name, IpOwnerId: ownerId };
  for (const nic of instance.NetworkInterfaces ?? []) {
    nic.Association = association;
    const stored = store.networkInterfaces.get(nic.NetworkInterfaceId ?? '')?.data;
    if (stored) stored.Association = association;
  }
}

/** Takes the public address away. */
export function clearPublicIp(store: Ec2Store, instance: Instance): void {
  instance.PublicIpAddress = undefined;
  instance.PublicDnsName = '';
  for (const nic of instance.NetworkInterfaces ?? []) {
    nic.Association = undefined;
    const stored = store.networkInterfaces.get(nic.NetworkInterfaceId ?? '')?.data;
    if (stored) stored.Association = undefined;
  }
}

function addInterface(
  store: Ec2Store,
  spec: InstanceSpec,
  instanceId: string,
  ip: string,
  at: number,
): NetworkInterface {
  const id = store.newId('eni');
  const groups = spec.groupIds.map((GroupId) => ({
    GroupId,
    GroupName: store.securityGroups.get(GroupId)?.data.GroupName ?? '',
  }));
  const mac = store.random.hex(10).replace(/(..)(?=.)/g, '$1:');
  const nic: NetworkInterface = {
    NetworkInterfaceId: id,
    OwnerId: store.accountId,
    VpcId: spec.subnet.VpcId,
    SubnetId: spec.subnet.SubnetId,
    AvailabilityZone: spec.subnet.AvailabilityZone,
    Description: '',
    Groups: groups,
    InterfaceType: 'interface',
    MacAddress: `0a:${mac}`,
    PrivateIpAddress: ip,
    PrivateDnsName: privateDns(ip, store.region),
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: ip }],
    RequesterManaged: false,
    SourceDestCheck: true,
    Status: 'in-use',
    Attachment: {
      AttachmentId: store.newId('eni-attach'),
      AttachTime: new Date(at),
      DeleteOnTermination: true,
      DeviceIndex: 0,
      InstanceId: instanceId,
      InstanceOwnerId: store.accountId,
      Status: 'attached',
    },
    TagSet: [],
  };
  store.networkInterfaces.add(id, nic, at);
  return nic;
}

/** Adds an instance with its interface and volumes, state `pending`; the caller schedules what follows. */
export function addInstance(store: Ec2Store, spec: InstanceSpec): InstanceEntity {
  const id = store.newId('i');
  const at = spec.launchedAt ?? store.world.clock.now();
  const facts = INSTANCE_TYPES.get(spec.type);
  const ip = store.privateIp(spec.subnet);
  const nic = addInterface(store, spec, id, ip, at);
  const windows = spec.image.Platform === WINDOWS;
  const instance: Instance = {
    InstanceId: id,
    AmiLaunchIndex: spec.launchIndex ?? 0,
    ImageId: spec.image.ImageId,
    InstanceType: spec.type as _InstanceType,
    ...(spec.keyName === undefined ? {} : { KeyName: spec.keyName }),
    LaunchTime: new Date(at),
    Monitoring: { State: spec.monitoring ? 'enabled' : 'disabled' },
    Placement: { AvailabilityZone: spec.subnet.AvailabilityZone, GroupName: '', Tenancy: 'default' },
    PrivateDnsName: privateDns(ip, store.region),
    PrivateIpAddress: ip,
    PublicDnsName: '',
    ProductCodes: [],
    State: { Code: 0, Name: 'pending' },
    StateTransitionReason: '',
    SubnetId: spec.subnet.SubnetId,
    VpcId: spec.subnet.VpcId,
    Architecture: spec.image.Architecture,
    BlockDeviceMappings: [],
    ClientToken: spec.clientToken ?? '',
    EbsOptimized: false,
    EnaSupport: true,
    Hypervisor: 'xen',
    ...(spec.spot ? { InstanceLifecycle: 'spot' as const } : {}),
    ...(spec.profile ? { IamInstanceProfile: { Arn: spec.profile.arn, Id: spec.profile.id } } : {}),
    NetworkInterfaces: [
      {
        NetworkInterfaceId: nic.NetworkInterfaceId,
        OwnerId: store.accountId,
        VpcId: nic.VpcId,
        SubnetId: nic.SubnetId,
        Description: '',
        Groups: nic.Groups,
        InterfaceType: 'interface',
        MacAddress: nic.MacAddress,
        PrivateDnsName: nic.PrivateDnsName,
        PrivateIpAddress: ip,
        PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: ip, PrivateDnsName: nic.PrivateDnsName }],
        SourceDestCheck: true,
        Status: 'in-use',
        Ipv6Addresses: [],
        Attachment: {
          AttachmentId: nic.Attachment?.AttachmentId,
          AttachTime: new Date(at),
          DeleteOnTermination: true,
          DeviceIndex: 0,
          Status: 'attached',
          NetworkCardIndex: 0,
        },
      },
    ],
    RootDeviceName: spec.image.RootDeviceName,
    RootDeviceType: spec.image.RootDeviceType,
    SecurityGroups: nic.Groups,
    SourceDestCheck: true,
    ...(spec.tags ? { Tags: spec.tags } : {}),
    VirtualizationType: 'hvm',
    CpuOptions: {
      CoreCount: Math.max(1, (facts?.vcpus ?? 2) / 2),
      ThreadsPerCore: (facts?.vcpus ?? 2) > 1 ? 2 : 1,
    },
    CapacityReservationSpecification: { CapacityReservationPreference: 'open' },
    HibernationOptions: { Configured: false },
    MetadataOptions: {
      State: 'applied',
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 2,
      HttpEndpoint: 'enabled',
    },
    EnclaveOptions: { Enabled: false },
    ...(windows ? { Platform: WINDOWS } : {}),
    PlatformDetails: windows ? 'Windows' : 'Linux/UNIX',
    UsageOperation: windows ? 'RunInstances:0002' : 'RunInstances',
    UsageOperationUpdateTime: new Date(at),
  };
  const record: InstanceRecord = {
    instance,
    reservationId: spec.reservationId,
    disableApiTermination: spec.disableApiTermination ?? false,
    disableApiStop: spec.disableApiStop ?? false,
    shutdownBehavior: spec.shutdownBehavior ?? 'stop',
    userData: spec.userData,
    autoPublicIp: spec.publicIp,
    history: [{ at, state: 'pending', type: spec.type }],
  };
  for (const disk of spec.disks) {
    const volume = addVolume(store, {
      ...disk,
      encrypted: disk.encrypted ?? false,
      zone: spec.subnet.AvailabilityZone ?? '',
      createdAt: at,
    });
    linkVolume(volume, record, disk.device, at, disk.deleteOnTermination);
  }
  return store.instances.add(id, record, at);
}

/** Makes an instance running now: state and automatic public address. */
export function becomeRunning(store: Ec2Store, record: InstanceRecord, at: number): void {
  setState(record, 'running', at);
  const { instance } = record;
  if (record.autoPublicIp && instance.PublicIpAddress === undefined)
    setPublicIp(store, instance, store.publicIp(), 'amazon');
}

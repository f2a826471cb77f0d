import type { FieldValues } from '../../fields.ts';
import { HOURS } from '../../shared/create.ts';
import { flag, number, text } from '../../shared/parameters.ts';
import type { Scope } from '../scope.ts';
import {
  groupOf,
  making,
  orderTags,
  partOf,
  resourceGroups,
  type AzureCreator,
  type Part,
  type Wanted,
} from './common.ts';
import {
  choiceField,
  GROUP_FIELD,
  nameField,
  passwordField,
  resourceField,
  switchField,
  TAGS_FIELD,
} from './fields.ts';
import { checkMachine, imageOf, IMAGES } from './vm-check.ts';
import { securityGroups, sizes, subnets } from './vm-pickers.ts';

const TYPE = 'azure.compute.vm';

/** The public address, the interface and the machine, each tagged with the order. */
function parts(scope: Scope, { input, clientToken }: Wanted): Part[] {
  const name = text(input, 'name') ?? '';
  const group = groupOf(input);
  const placed = { location: scope.region, tags: orderTags(input, clientToken) };
  const address = flag(input, 'publicAddress') ? addressPart(scope, `${name}-ip`, group, placed) : undefined;
  const nic = nicPart(scope, `${name}-nic`, group, { ...placed, ...nicBody(input, address?.ref.nativeId) });
  const machine = partOf(scope, {
    type: TYPE,
    group,
    client: 'compute',
    kind: 'Microsoft.Compute/virtualMachines',
    name,
    read: (c, o) => c.virtualMachines.get(group, name, o),
    put: (c, o) =>
      c.virtualMachines.beginCreateOrUpdate(
        group,
        name,
        { ...placed, ...machineBody(input, name, nic.ref.nativeId) },
        o,
      ),
  });
  return [...(address === undefined ? [] : [address]), nic, machine];
}

interface Placed {
  readonly location: string;
  readonly tags: Record<string, string>;
}

function addressPart(scope: Scope, name: string, group: string, placed: Placed): Part {
  return partOf(scope, {
    type: 'azure.network.public_ip',
    group,
    client: 'network',
    kind: 'Microsoft.Network/publicIPAddresses',
    name,
    read: (c, o) => c.publicIPAddresses.get(group, name, o),
    put: (c, o) =>
      c.publicIPAddresses.beginCreateOrUpdate(
        group,
        name,
        {
          ...placed,
          sku: { name: 'Standard' },
          publicIPAllocationMethod: 'Static',
          publicIPAddressVersion: 'IPv4',
        },
        o,
      ),
  });
}

function nicPart(scope: Scope, name: string, group: string, body: Placed & ReturnType<typeof nicBody>): Part {
  return partOf(scope, {
    type: 'azure.network.nic',
    group,
    client: 'network',
    kind: 'Microsoft.Network/networkInterfaces',
    name,
    read: (c, o) => c.networkInterfaces.get(group, name, o),
    put: (c, o) => c.networkInterfaces.beginCreateOrUpdate(group, name, body, o),
  });
}

function nicBody(input: FieldValues, addressId: string | undefined) {
  const securityGroup = text(input, 'securityGroupId');
  return {
    ipConfigurations: [
      {
        name: 'primary',
        primary: true,
        privateIPAllocationMethod: 'Dynamic',
        subnet: { id: text(input, 'subnetId') ?? '' },
        ...(addressId === undefined ? {} : { publicIPAddress: { id: addressId } }),
      },
    ],
    ...(securityGroup === undefined ? {} : { networkSecurityGroup: { id: securityGroup } }),
  };
}

function machineBody(input: FieldValues, name: string, nicId: string) {
  const image = imageOf(input);
  const [publisher = '', offer = '', sku = ''] = (image?.value ?? '').split(':');
  const adminUsername = text(input, 'adminUsername') ?? '';
  const password = text(input, 'adminPassword');
  const key = text(input, 'sshPublicKey');
  const gib = number(input, 'diskGiB');
  return {
    hardwareProfile: { vmSize: text(input, 'size') ?? '' },
    storageProfile: {
      imageReference: { publisher, offer, sku, version: 'latest' },
      osDisk: {
        createOption: 'FromImage' as const,
        // The disk goes with its machine; what is kept is kept by a snapshot.
        deleteOption: 'Delete' as const,
        managedDisk: { storageAccountType: text(input, 'diskType') ?? 'StandardSSD_LRS' },
        ...(gib === undefined ? {} : { diskSizeGB: gib }),
      },
    },
    osProfile: {
      computerName: name,
      adminUsername,
      ...(password === undefined ? {} : { adminPassword: password }),
      ...(image?.os === 'windows'
        ? { windowsConfiguration: { provisionVMAgent: true } }
        : {
            linuxConfiguration: {
              disablePasswordAuthentication: key !== undefined,
              ...(key === undefined
                ? {}
                : {
                    ssh: {
                      publicKeys: [{ path: `/home/${adminUsername}/.ssh/authorized_keys`, keyData: key }],
                    },
                  }),
            },
          }),
    },
    networkProfile: { networkInterfaces: [{ id: nicId, primary: true, deleteOption: 'Delete' as const }] },
    securityProfile: { securityType: 'TrustedLaunch' as const },
  };
}

export const virtualMachine: AzureCreator = {
  descriptor: {
    id: TYPE,
    type: TYPE,
    label: 'Virtual machine',
    dryRun: false,
    actions: [
      'Microsoft.Compute/virtualMachines/write',
      'Microsoft.Compute/disks/write',
      'Microsoft.Compute/skus/read',
      'Microsoft.Network/networkInterfaces/write',
      'Microsoft.Network/networkInterfaces/join/action',
      'Microsoft.Network/publicIPAddresses/write',
      'Microsoft.Network/publicIPAddresses/join/action',
      'Microsoft.Network/virtualNetworks/subnets/join/action',
      'Microsoft.Network/networkSecurityGroups/join/action',
    ],
    until: ['running'],
    fields: [
      nameField({
        maxLength: 64,
        source: '[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?',
        message: 'takes letters, digits and hyphens, none of the latter at an end',
      }),
      GROUP_FIELD,
      { name: 'size', label: 'Size', kind: 'select', required: true, picker: true, maxLength: 100 },
      choiceField(
        'image',
        'Image',
        IMAGES[0]?.value ?? '',
        IMAGES.map(({ value, label }) => ({ value, label })),
      ),
      resourceField('subnetId', 'Subnet', { required: true, path: '/subnets/[^/]+', what: 'a subnet' }),
      resourceField('securityGroupId', 'Network security group', {
        help: 'Without one here or at the subnet a public address lets nothing in.',
        required: false,
        path: '/networkSecurityGroups/[^/]+',
        what: 'a network security group',
      }),
      switchField('publicAddress', 'Public IP address', false),
      {
        name: 'adminUsername',
        label: 'Administrator',
        kind: 'text',
        required: true,
        maxLength: 20,
        pattern: {
          source: '[a-z_][a-z0-9_-]*',
          message: 'takes lower-case letters, digits, hyphens and underscores',
        },
      },
      choiceField('authentication', 'Sign-in', 'key', [
        { value: 'key', label: 'SSH key' },
        { value: 'password', label: 'Password' },
      ]),
      {
        name: 'sshPublicKey',
        label: 'Public SSH key',
        kind: 'text',
        required: true,
        maxLength: 8_192,
        pattern: {
          source: '(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/]+={0,2}( [^\\n]*)?',
          message: 'is not a public key of the kind ssh-rsa or ssh-ed25519',
        },
        when: { field: 'authentication', in: ['key'] },
      },
      passwordField('Password', 12, 72, { field: 'authentication', in: ['password'] }),
      choiceField('diskType', 'Disk type', 'StandardSSD_LRS', [
        { value: 'StandardSSD_LRS', label: 'Standard SSD' },
        { value: 'Premium_LRS', label: 'Premium SSD' },
        { value: 'Standard_LRS', label: 'Standard HDD' },
      ]),
      {
        name: 'diskGiB',
        label: 'Disk size',
        help: "At least the image's own size, which it is when left empty.",
        kind: 'number',
        required: false,
        integer: true,
        min: 4,
        max: 4_095,
        unit: 'GiB',
      },
      TAGS_FIELD,
    ],
  },
  pickers: {
    resourceGroup: resourceGroups,
    size: sizes,
    subnetId: subnets,
    securityGroupId: securityGroups,
  },
  check: checkMachine,
  plan(region, input) {
    const image = imageOf(input);
    const size = text(input, 'size');
    const disk = text(input, 'diskType') ?? 'StandardSSD_LRS';
    const os = image?.os ?? 'linux';
    return {
      parts: [
        {
          label: `${size ?? ''} (${os === 'windows' ? 'Windows' : 'Linux'})`,
          query: { product: 'compute', region, sku: size ?? '', variant: { os } },
          quantity: HOURS,
        },
        {
          label: `Disk ${disk}`,
          query: { product: 'disk', region, sku: disk },
          quantity: String(number(input, 'diskGiB') ?? image?.gib ?? 30),
        },
        ...(flag(input, 'publicAddress')
          ? [
              {
                label: 'Public IP address',
                query: { product: 'ip_address' as const, region, sku: 'Standard' },
                quantity: HOURS,
              },
            ]
          : []),
      ],
      assumptions: [
        'Pay as you go, running all month (730 hours).',
        'The disk by its GiB; Azure charges the next larger tier.',
        'Without traffic, disk operations and snapshots.',
        ...(image?.value.startsWith('RedHat') === true ? ["Without Red Hat's subscription."] : []),
      ],
    };
  },
  ...making(parts),
};

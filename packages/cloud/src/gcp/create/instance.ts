import type { FieldOption, FieldValues } from '../../fields.ts';
import { HOURS, type CreateOrder } from '../../shared/create.ts';
import { flag, number, text } from '../../shared/parameters.ts';
import { act, INSTANCE, requestId } from '../operations/model.ts';
import { fullName, last, type Scope } from '../scope.ts';
import { labelsOf, list, num, str, type Entity } from '../session.ts';
import { markOf, TOKEN_LABEL } from '../token.ts';
import {
  checkLabels,
  createOnce,
  existing,
  findOnce,
  itemsOf,
  LABELS_FIELD,
  labelsFor,
  nameField,
  sizeText,
  zones,
  type GcpCreator,
  type Single,
} from './common.ts';
import { subnetworkOptions } from './networks.ts';

/** Projects in which Google publishes images that cost nothing beside the machine (Compute Engine, "OS image details"). */
const PUBLIC_IMAGES = ['debian-cloud', 'ubuntu-os-cloud', 'rocky-linux-cloud', 'cos-cloud'];
const DEFAULT_GIB = 10;

async function machineTypes(scope: Scope, input: FieldValues): Promise<FieldOption[]> {
  const zone = text(input, 'zone') ?? (await zones(scope))[0]?.value;
  if (zone === undefined) return [];
  const found = await itemsOf(
    scope,
    {
      api: 'compute',
      permission: 'compute.machineTypes.list',
      path: `projects/${scope.session.projectId}/zones/${encodeURIComponent(zone)}/machineTypes`,
      query: { maxResults: 500 },
    },
    'items',
  );
  return found
    .filter((type) => type['deprecated'] === undefined)
    .toSorted(
      (a, b) =>
        (num(a, 'guestCpus') ?? 0) - (num(b, 'guestCpus') ?? 0) ||
        (num(a, 'memoryMb') ?? 0) - (num(b, 'memoryMb') ?? 0) ||
        (str(a, 'name') ?? '').localeCompare(str(b, 'name') ?? ''),
    )
    .map((type) => ({
      value: str(type, 'name') ?? '',
      label: str(type, 'name') ?? '',
      detail: sizeText(type),
    }));
}

/** The newest image of each family, own images first; families name what is newest when the machine is made. */
async function images(scope: Scope): Promise<FieldOption[]> {
  const own = scope.session.projectId;
  const read = async (project: string): Promise<readonly Entity[]> =>
    itemsOf(
      scope,
      {
        api: 'compute',
        permission: 'compute.images.list',
        path: `projects/${project}/global/images`,
        query: { maxResults: 500 },
      },
      'items',
    );
  const mine = (await read(own)).filter((image) => str(image, 'status') === 'READY');
  const published = await Promise.all(
    // An organization may forbid images of others: what can't be read can't be used either.
    PUBLIC_IMAGES.map(async (project) => ({ project, found: await read(project).catch(() => []) })),
  );
  const options = mine.map((image) => {
    const name = str(image, 'name') ?? '';
    return { value: `projects/${own}/global/images/${name}`, label: name, detail: own };
  });
  for (const { project, found } of published) {
    const families = new Map<string, Entity>();
    for (const image of found) {
      const family = str(image, 'family');
      if (family !== undefined && image['deprecated'] === undefined) families.set(family, image);
    }
    for (const [family, image] of families)
      options.push({
        value: `projects/${project}/global/images/family/${family}`,
        label: family,
        detail: str(image, 'description') ?? project,
      });
  }
  return options;
}

function single(scope: Scope, { input, clientToken }: Pick<CreateOrder, 'input' | 'clientToken'>): Single {
  const { session, region } = scope;
  const zone = text(input, 'zone') ?? '';
  const name = text(input, 'name') ?? '';
  const path = `projects/${session.projectId}/zones/${zone}/instances/${name}`;
  return {
    field: 'name',
    ref: { type: INSTANCE, id: name, nativeId: fullName('compute', path), region },
    read: () => existing(scope, { api: 'compute', permission: 'compute.instances.get', path }),
    marked: (entity) => labelsOf(entity)[TOKEN_LABEL] === markOf(clientToken),
    send: () =>
      act(
        scope,
        {
          api: 'compute',
          permission: 'compute.instances.create',
          method: 'POST',
          path: `projects/${session.projectId}/zones/${zone}/instances`,
          query: { requestId: requestId(clientToken, 'instances.insert') },
          body: bodyOf(input, clientToken, zone),
        },
        { settle: true },
      ),
  };
}

/** `instances.insert` (Compute Engine API v1). */
function bodyOf(input: FieldValues, clientToken: string, zone: string) {
  const labels = labelsFor(input, clientToken);
  const key = text(input, 'sshKey');
  return {
    name: text(input, 'name'),
    machineType: `zones/${zone}/machineTypes/${text(input, 'machineType') ?? ''}`,
    labels,
    disks: [
      {
        boot: true,
        autoDelete: true,
        initializeParams: {
          sourceImage: text(input, 'image'),
          diskSizeGb: String(number(input, 'diskGiB') ?? DEFAULT_GIB),
          diskType: `zones/${zone}/diskTypes/${text(input, 'diskType') ?? 'pd-balanced'}`,
          labels,
        },
      },
    ],
    networkInterfaces: [
      {
        subnetwork: text(input, 'subnetwork'),
        ...(flag(input, 'externalAddress')
          ? { accessConfigs: [{ name: 'External NAT', type: 'ONE_TO_ONE_NAT', networkTier: 'PREMIUM' }] }
          : {}),
      },
    ],
    shieldedInstanceConfig: { enableSecureBoot: false, enableVtpm: true, enableIntegrityMonitoring: true },
    ...(key === undefined ? {} : { metadata: { items: [{ key: 'ssh-keys', value: key.trim() }] } }),
  };
}

export const vmInstance: GcpCreator = {
  descriptor: {
    id: INSTANCE,
    type: INSTANCE,
    label: 'VM instance',
    dryRun: false,
    actions: [
      'compute.instances.create',
      'compute.instances.get',
      'compute.instances.setLabels',
      'compute.instances.setMetadata',
      'compute.disks.create',
      'compute.disks.setLabels',
      'compute.subnetworks.use',
      'compute.subnetworks.useExternalIp',
      'compute.zones.list',
      'compute.machineTypes.list',
      'compute.images.list',
      'compute.images.useReadOnly',
      'compute.subnetworks.list',
      'compute.zoneOperations.get',
    ],
    until: ['running'],
    fields: [
      nameField(63),
      {
        name: 'zone',
        label: 'Zone',
        kind: 'select',
        required: true,
        picker: true,
        // It becomes a part of addresses: nothing that would lead elsewhere.
        pattern: { source: '[a-z0-9]+(-[a-z0-9]+)*', message: 'is not the name of a zone' },
      },
      {
        name: 'machineType',
        label: 'Machine type',
        kind: 'select',
        required: true,
        picker: true,
        dependsOn: ['zone'],
        pattern: { source: '[a-z0-9]+(-[a-z0-9]+)*', message: 'is not the name of a machine type' },
      },
      {
        name: 'image',
        label: 'Image',
        kind: 'select',
        required: true,
        picker: true,
        pattern: {
          source: 'projects/[a-z0-9.:-]+/global/images/(family/)?[a-z0-9-]+',
          message: 'is not an image',
        },
      },
      {
        name: 'diskType',
        label: 'Disk type',
        kind: 'select',
        required: false,
        default: 'pd-balanced',
        options: [
          { value: 'pd-balanced', label: 'Balanced' },
          { value: 'pd-ssd', label: 'SSD' },
          { value: 'pd-standard', label: 'Standard (HDD)' },
        ],
      },
      {
        name: 'diskGiB',
        label: 'Disk size',
        help: "At least the image's own size.",
        kind: 'number',
        required: false,
        integer: true,
        min: 10,
        max: 65_536,
        default: DEFAULT_GIB,
        unit: 'GiB',
      },
      {
        name: 'subnetwork',
        label: 'Subnet',
        kind: 'select',
        required: true,
        picker: true,
        pattern: { source: 'projects/[^/]+/regions/[^/]+/subnetworks/[^/]+', message: 'is not a subnet' },
      },
      {
        name: 'externalAddress',
        label: 'External address',
        kind: 'boolean',
        required: false,
        default: false,
      },
      {
        name: 'sshKey',
        label: 'SSH key',
        help: 'user:ssh-ed25519 AAAA… – without one, access is by OS Login or not at all.',
        kind: 'text',
        required: false,
        maxLength: 4096,
        pattern: {
          source:
            '[a-z_][a-z0-9_-]{0,31}:(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]+={0,2}( [^\\r\\n]*)?',
          message: 'is user:, the kind of key and the public key',
        },
      },
      LABELS_FIELD,
    ],
  },
  pickers: { zone: zones, machineType: machineTypes, image: images, subnetwork: subnetworkOptions },
  check: checkLabels,
  plan: (region, input) => {
    const type = text(input, 'machineType');
    const diskType = text(input, 'diskType') ?? 'pd-balanced';
    return {
      parts: [
        {
          label: `${type ?? ''} (Linux)`,
          query: { product: 'compute', region, ...(type === undefined ? {} : { sku: type }) },
          quantity: HOURS,
        },
        {
          label: `Disk ${diskType}`,
          query: { product: 'disk', region, sku: diskType },
          quantity: String(number(input, 'diskGiB') ?? DEFAULT_GIB),
        },
        ...(flag(input, 'externalAddress')
          ? [
              {
                label: 'External address',
                query: { product: 'ip_address' as const, region, variant: { state: 'in_use' } },
                quantity: HOURS,
              },
            ]
          : []),
      ],
      assumptions: [
        'Running all month on demand; discounts for sustained use, commitments, licences and traffic are left out.',
      ],
    };
  },
  async create(scope, order) {
    const one = single(scope, order);
    const result = await createOnce(one, order);
    const disk = list(await one.read(), 'disks').find((entry) => entry['boot'] === true);
    const path = /\/(projects\/.+)$/.exec(str(disk, 'source') ?? '')?.[1];
    if (path === undefined) return result;
    const ref = {
      type: 'gcp.compute.disk',
      id: last(path) ?? path,
      nativeId: fullName('compute', path),
      region: scope.region,
    };
    await order.onCreated(ref);
    return { ...result, resources: [...result.resources, ref] };
  },
  find: (scope, order) => findOnce(single(scope, order)),
};

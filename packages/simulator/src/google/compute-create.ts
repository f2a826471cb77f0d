import type { JsonAnswer } from '../microsoft/http.ts';
import { isMachineType, publishedImage } from './compute-catalogue.ts';
import { begin, later, link, LINK, notFound, repeated } from './compute-model.ts';
import { bodyOf, GoogleError, textOf, type Call } from './http.ts';
import type { Collection, GoogleObject, Json, Project } from './project.ts';

const NAME = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

const invalid = (field: string, value: unknown, more = ''): GoogleError =>
  new GoogleError(400, 'invalid', `Invalid value for field 'resource.${field}': '${String(value)}'. ${more}`);

/** A path in any of the forms that requests take: full URL, from `projects/`, or below the project. */
function pathIn(project: Project, value: unknown): string {
  const text = String(value).replace(LINK, '').replace('https://compute.googleapis.com/compute/v1/', '');
  return text.startsWith('projects/') ? text : `projects/${project.id}/${text}`;
}

/** The name of what is to be made and its path, free to take. */
function newName(call: Call, place: string, collection: string): { name: string; path: string; body: Json } {
  const body = bodyOf(call.request);
  const name = String(body['name']);
  if (!NAME.test(name)) throw invalid('name', name, `Must be a match of regex '${NAME.source.slice(1, -1)}'`);
  const path = `projects/${call.project.id}/${place}/${collection}/${name}`;
  if (call.project.find(`compute.${collection}` as Collection, path) && !repeated(call))
    throw new GoogleError(409, 'alreadyExists', `The resource '${path}' already exists`);
  return { name, path, body };
}

function ready(disk: GoogleObject, until: number): void {
  later(disk, until, () => {
    disk.data = { ...disk.data, status: 'READY' };
  });
}

/** Disks are made from a snapshot or empty. */
function insertDisk(call: Call, place: string): JsonAnswer {
  const { project } = call;
  const { name, path, body } = newName(call, place, 'disks');
  const source = body['sourceSnapshot'];
  const from = typeof source === 'string' ? source.replace(LINK, '') : undefined;
  const snapshot = from === undefined ? undefined : project.find('compute.snapshots', from);
  if (from !== undefined && !snapshot) throw notFound(from);
  return begin(call, 'insert', { path, place }, 10, (until) => {
    const disk = project.add('compute.disks', place, name, call.now, {
      id: project.newId(),
      status: 'CREATING',
      sizeGb: snapshot?.data['diskSizeGb'] ?? '10',
      ...body,
      type: link(`projects/${project.id}/${place}/diskTypes/${String(body['type']).split('/').at(-1)}`),
      ...(from === undefined ? {} : { sourceSnapshot: link(from) }),
    });
    ready(disk, until);
  });
}

/** The image of a boot disk, published or own. */
function imageOf({ project }: Call, value: unknown): { path: string; gib: number } {
  const path = pathIn(project, value);
  const published = publishedImage(path);
  const own = project.find('compute.images', path);
  const image = published ?? own?.data;
  if (!image) throw notFound(path);
  const named = published ? String(published['selfLink']).replace(LINK, '') : path;
  return { path: named, gib: Number(image['diskSizeGb'] ?? 10) };
}

function insertInstance(call: Call, place: string): JsonAnswer {
  const { project } = call;
  const { name, path, body } = newName(call, place, 'instances');
  const zone = place.split('/')[1] ?? '';
  const type = String(body['machineType']).split('/').at(-1) ?? '';
  if (!isMachineType(type))
    throw invalid('machineType', body['machineType'], 'The referenced machine type does not exist.');
  const [first] = (body['disks'] ?? []) as Json[];
  const wanted = (first?.['initializeParams'] ?? {}) as Json;
  const image = imageOf(call, wanted['sourceImage']);
  const gib = Number(wanted['diskSizeGb'] ?? image.gib);
  if (gib < image.gib)
    throw invalid(
      'disks[0].initializeParams.diskSizeGb',
      gib,
      `Requested disk size cannot be smaller than the image size (${image.gib} GB)`,
    );
  const [net] = (body['networkInterfaces'] ?? []) as Json[];
  const subnet = project.find('compute.subnetworks', pathIn(project, net?.['subnetwork']));
  if (!subnet || !zone.startsWith(`${subnet.place.split('/')[1]}-`))
    throw invalid(
      'networkInterfaces[0].subnetwork',
      net?.['subnetwork'],
      'The referenced subnetwork resource cannot be found.',
    );
  const { disks: _, networkInterfaces: __, metadata, labels, ...rest } = body;
  return begin(call, 'insert', { path, place }, 25, (until) => {
    const labelled = (one: unknown): Json => (one === undefined ? {} : { labels: one });
    const disk = project.add('compute.disks', place, name, call.now, {
      id: project.newId(),
      status: 'CREATING',
      sizeGb: String(gib),
      type: link(
        `projects/${project.id}/${place}/diskTypes/${textOf(wanted['diskType'], 'pd-standard')
          .split('/')
          .at(-1)}`,
      ),
      sourceImage: link(image.path),
      users: [link(path)],
      ...labelled(wanted['labels']),
    });
    ready(disk, until);
    const octet = 2 + (project.objects.size % 250);
    const external = Array.isArray(net?.['accessConfigs']);
    const machine = project.add('compute.instances', place, name, call.now, {
      ...rest,
      id: project.newId(),
      status: 'PROVISIONING',
      machineType: link(`projects/${project.id}/${place}/machineTypes/${type}`),
      disks: [
        {
          kind: 'compute#attachedDisk',
          type: 'PERSISTENT',
          mode: 'READ_WRITE',
          source: link(disk.path),
          deviceName: 'persistent-disk-0',
          index: 0,
          boot: true,
          autoDelete: first?.['autoDelete'] !== false,
          interface: 'SCSI',
        },
      ],
      networkInterfaces: [
        {
          name: 'nic0',
          network: subnet.data['network'],
          subnetwork: link(subnet.path),
          networkIP: `${String(subnet.data['ipCidrRange']).split('.').slice(0, 3).join('.')}.${octet}`,
          ...(external
            ? {
                accessConfigs: [
                  { type: 'ONE_TO_ONE_NAT', name: 'External NAT', natIP: `34.151.${octet}.${octet}` },
                ],
              }
            : {}),
        },
      ],
      metadata: { kind: 'compute#metadata', ...(metadata as Json | undefined) },
      ...labelled(labels),
    });
    // Until it runs, no processor is billed.
    machine.idleSpans.push({ from: call.now, to: until });
    later(machine, until, () => {
      machine.data = { ...machine.data, status: 'RUNNING' };
    });
  });
}

function insertNetwork(call: Call, place: string): JsonAnswer {
  const { project } = call;
  const { name, path, body } = newName(call, place, 'networks');
  return begin(call, 'insert', { path, place }, 15, () => {
    project.add('compute.networks', place, name, call.now, { ...body, id: project.newId() });
  });
}

/** First and last address of a block; undefined for a text that is none. */
function span(block: unknown): readonly [first: number, last: number] | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(String(block));
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  return prefix > 32 || first % size !== 0 ? undefined : [first, first + size - 1];
}

function networkOf(call: Call, body: Json): string {
  const path = pathIn(call.project, body['network']);
  if (!call.project.find('compute.networks', path)) throw notFound(path);
  return link(path);
}

function insertSubnetwork(call: Call, place: string): JsonAnswer {
  const { project } = call;
  const { name, path, body } = newName(call, place, 'subnetworks');
  const network = networkOf(call, body);
  const own = span(body['ipCidrRange']);
  if (!own) throw invalid('ipCidrRange', body['ipCidrRange'], 'Invalid CIDR range.');
  for (const other of project.of('compute.subnetworks')) {
    const there = span(other.data['ipCidrRange']);
    const same = other.data['network'] === network && other.path !== path;
    if (same && there && own[0] <= there[1] && there[0] <= own[1])
      throw new GoogleError(
        400,
        'invalid',
        `Invalid IPCidrRange: ${String(body['ipCidrRange'])} conflicts with existing subnetwork '${other.name}' in region '${other.place.split('/')[1]}'.`,
      );
  }
  return begin(call, 'insert', { path, place }, 20, () => {
    project.add('compute.subnetworks', place, name, call.now, { ...body, network, id: project.newId() });
  });
}

function insertFirewall(call: Call, place: string): JsonAnswer {
  const { project } = call;
  const { name, path, body } = newName(call, place, 'firewalls');
  const network = networkOf(call, body);
  return begin(call, 'insert', { path, place }, 10, () => {
    project.add('compute.firewalls', place, name, call.now, {
      disabled: false,
      ...body,
      network,
      id: project.newId(),
    });
  });
}

/** `insert` by collection; its permission is `compute.<collection>.create`. */
export const INSERTS: Readonly<Record<string, (call: Call, place: string) => JsonAnswer>> = {
  disks: insertDisk,
  instances: insertInstance,
  networks: insertNetwork,
  subnetworks: insertSubnetwork,
  firewalls: insertFirewall,
};

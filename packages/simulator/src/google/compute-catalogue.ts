import { link, ZONES } from './compute-model.ts';
import type { Json } from './project.ts';

/** What Compute Engine offers to every project: machine types and published images. */

const SHARED: Readonly<Record<string, readonly [cpus: number, mib: number]>> = {
  'e2-micro': [2, 1024],
  'e2-small': [2, 2048],
  'e2-medium': [2, 4096],
};
/** vCPUs and MiB a vCPU by class and family. */
const FAMILIES: Readonly<
  Record<string, { readonly cpus: readonly number[]; readonly mib: Readonly<Record<string, number>> }>
> = {
  e2: { cpus: [2, 4, 8, 16], mib: { standard: 4096, highmem: 8192, highcpu: 1024 } },
  n1: { cpus: [1, 2, 4, 8, 16, 32], mib: { standard: 3840, highmem: 6656, highcpu: 922 } },
  n2: { cpus: [2, 4, 8, 16, 32], mib: { standard: 4096, highmem: 8192, highcpu: 1024 } },
  n2d: { cpus: [2, 4, 8, 16, 32], mib: { standard: 4096, highmem: 8192, highcpu: 1024 } },
  c2: { cpus: [4, 8, 16, 30], mib: { standard: 4096 } },
};
const TYPES: ReadonlyMap<string, readonly [cpus: number, mib: number]> = new Map([
  ...Object.entries(SHARED),
  ...Object.entries(FAMILIES).flatMap(([family, { cpus, mib }]) =>
    Object.entries(mib).flatMap(([kind, each]) =>
      cpus
        .filter((count) => kind === 'standard' || count > 1)
        .map((count) => [`${family}-${kind}-${count}`, [count, count * each]] as const),
    ),
  ),
]);

/** Whether a machine type can be had: a predefined one, or a custom shape of a family that has them. */
export const isMachineType = (name: string): boolean =>
  TYPES.has(name) || /^((e2|n1|n2|n2d)-)?custom-\d+-\d+(-ext)?$/.test(name);

export function machineTypes(projectId: string, zone: string): Json[] {
  if (!ZONES.includes(zone)) return [];
  return [...TYPES].map(([name, [guestCpus, memoryMb]]) => ({
    kind: 'compute#machineType',
    name,
    guestCpus,
    memoryMb,
    isSharedCpu: Object.hasOwn(SHARED, name),
    zone,
    selfLink: link(`projects/${projectId}/zones/${zone}/machineTypes/${name}`),
  }));
}

const IMAGES: readonly (readonly [
  project: string,
  family: string,
  name: string,
  gib: number,
  text: string,
  deprecated?: true,
])[] = [
  ['debian-cloud', 'debian-12', 'debian-12-bookworm-v20260915', 10, 'Debian, GNU/Linux, 12', true],
  ['debian-cloud', 'debian-12', 'debian-12-bookworm-v20261014', 10, 'Debian, GNU/Linux, 12'],
  ['debian-cloud', 'debian-13', 'debian-13-trixie-v20261014', 10, 'Debian, GNU/Linux, 13'],
  ['ubuntu-os-cloud', 'ubuntu-2404-lts-amd64', 'ubuntu-2404-noble-v20261101', 10, 'Ubuntu, 24.04 LTS'],
  ['rocky-linux-cloud', 'rocky-linux-9', 'rocky-linux-9-v20261007', 20, 'Rocky Linux, 9'],
  ['cos-cloud', 'cos-121-lts', 'cos-121-18867-90-1', 10, 'Container-Optimized OS, 121 LTS'],
];

/** Projects in which Google publishes images; everybody may read them. */
export const IMAGE_PROJECTS: ReadonlySet<string> = new Set(IMAGES.map(([project]) => project));

export const publishedImages = (wanted: string): Json[] =>
  IMAGES.filter(([project]) => project === wanted).map(
    ([project, family, name, gib, description, deprecated]) => ({
      kind: 'compute#image',
      name,
      family,
      description,
      status: 'READY',
      diskSizeGb: String(gib),
      selfLink: link(`projects/${project}/global/images/${name}`),
      ...(deprecated ? { deprecated: { state: 'DEPRECATED' } } : {}),
    }),
  );

/** A published image by its path, or the newest of a family. */
export function publishedImage(path: string): Json | undefined {
  const match = /^projects\/([^/]+)\/global\/images\/(family\/)?([^/]+)$/.exec(path);
  if (!match) return undefined;
  const [, project = '', family, name] = match;
  return publishedImages(project).findLast((image) =>
    family === undefined ? image['name'] === name : image['family'] === name && !image['deprecated'],
  );
}

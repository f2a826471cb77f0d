import type { FieldIssue } from '../../errors.ts';
import type { FieldValues } from '../../fields.ts';
import { number, text } from '../../shared/parameters.ts';
import { passwordIssues } from './fields.ts';

interface Image {
  /** `publisher:offer:sku`, always the latest version. */
  readonly value: string;
  readonly label: string;
  readonly os: 'linux' | 'windows';
  /** Size of the image's own disk. */
  readonly gib: number;
}

/** Images of the marketplace's own publishers that have no plan to accept. */
export const IMAGES: readonly Image[] = [
  { value: 'Canonical:ubuntu-24_04-lts:server', label: 'Ubuntu 24.04 LTS', os: 'linux', gib: 30 },
  {
    value: 'Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2',
    label: 'Ubuntu 22.04 LTS',
    os: 'linux',
    gib: 30,
  },
  { value: 'Debian:debian-12:12-gen2', label: 'Debian 12', os: 'linux', gib: 30 },
  { value: 'RedHat:RHEL:9-lvm-gen2', label: 'Red Hat Enterprise Linux 9', os: 'linux', gib: 64 },
  {
    value: 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-azure-edition',
    label: 'Windows Server 2022',
    os: 'windows',
    gib: 127,
  },
  {
    value: 'MicrosoftWindowsServer:WindowsServer:2025-datacenter-azure-edition',
    label: 'Windows Server 2025',
    os: 'windows',
    gib: 127,
  },
];

/** The image of the form; undefined before one is chosen. */
export const imageOf = (input: FieldValues): Image | undefined =>
  IMAGES.find(({ value }) => value === text(input, 'image'));

/** Names that Azure refuses for administrators (Virtual Machines FAQ). */
const RESERVED = new Set(
  'administrator admin user user1 test user2 test1 user3 admin1 1 123 a actuser adm admin2 aspnet backup console david guest john owner root server sql support support_388945a0 sys test2 test3 user4 user5'.split(
    ' ',
  ),
);

/** What Azure demands of images, names and passwords together. */
export function checkMachine(input: FieldValues): readonly FieldIssue[] {
  const issues: FieldIssue[] = [];
  const image = imageOf(input);
  if (image?.os === 'windows' && text(input, 'authentication') === 'key')
    issues.push({ field: 'authentication', message: 'of Windows is a password' });
  if (image?.os === 'windows' && (text(input, 'name') ?? '').length > 15)
    issues.push({ field: 'name', message: 'has at most 15 characters on Windows' });
  if (RESERVED.has((text(input, 'adminUsername') ?? '').toLowerCase()))
    issues.push({ field: 'adminUsername', message: 'is a name that Azure refuses' });
  issues.push(...passwordIssues(input));
  const gib = number(input, 'diskGiB');
  if (image !== undefined && gib !== undefined && gib < image.gib)
    issues.push({ field: 'diskGiB', message: `must be at least ${image.gib} for this image` });
  return issues;
}

import type { Image, PlatformValues } from '@aws-sdk/client-ec2';
import { SeededRandom } from '../../../random.ts';

/** Amazon's and Canonical's account ids as they really are. */
const AMAZON = '137112412989';
const CANONICAL = '099720109477';
const MICROSOFT = '801119661308';

/** The wire says `windows`, the SDK's enumeration `Windows`. */
export const WINDOWS = 'windows' as PlatformValues;

interface ImageLine {
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly alias?: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly root: string;
  readonly size: number;
  readonly windows?: boolean;
}

function linux(
  name: string,
  description: string,
  owner: string,
  architecture: 'x86_64' | 'arm64',
  root: string,
  size: number,
): ImageLine {
  return {
    name,
    description,
    owner,
    architecture,
    root,
    size,
    ...(owner === AMAZON ? { alias: 'amazon' } : {}),
  };
}

const LINES: readonly ImageLine[] = [
  linux(
    'al2023-ami-2023.9.20251014.0-kernel-6.1-x86_64',
    'Amazon Linux 2023 AMI x86_64 HVM kernel-6.1',
    AMAZON,
    'x86_64',
    '/dev/xvda',
    8,
  ),
  linux(
    'al2023-ami-2023.9.20251014.0-kernel-6.1-arm64',
    'Amazon Linux 2023 AMI arm64 HVM kernel-6.1',
    AMAZON,
    'arm64',
    '/dev/xvda',
    8,
  ),
  linux(
    'amzn2-ami-hvm-2.0.20250929.0-x86_64-gp2',
    'Amazon Linux 2 AMI x86_64 HVM gp2',
    AMAZON,
    'x86_64',
    '/dev/xvda',
    8,
  ),
  linux(
    'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20251001',
    'Canonical, Ubuntu, 24.04, amd64',
    CANONICAL,
    'x86_64',
    '/dev/sda1',
    8,
  ),
  linux(
    'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20251001',
    'Canonical, Ubuntu, 24.04, arm64',
    CANONICAL,
    'arm64',
    '/dev/sda1',
    8,
  ),
  linux(
    'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20250912',
    'Canonical, Ubuntu, 22.04 LTS, amd64',
    CANONICAL,
    'x86_64',
    '/dev/sda1',
    8,
  ),
  {
    name: 'Windows_Server-2022-English-Full-Base-2025.10.15',
    description: 'Microsoft Windows Server 2022 Full Locale English AMI',
    owner: MICROSOFT,
    alias: 'amazon',
    architecture: 'x86_64',
    root: '/dev/sda1',
    size: 30,
    windows: true,
  },
];

/** Older builds of each line, so that listings of public images are long, as they really are. */
const BUILDS = 40;

function toImage(line: ImageLine, region: string, build: number): Image {
  const random = SeededRandom.of('public-image', region, line.name, build);
  const created = new Date(Date.UTC(2025, 9, 15) - build * 14 * 86_400_000).toISOString();
  const name =
    build === 0
      ? line.name
      : `${line.name.replace(/20\d{6}(\.\d)?|20\d\d\.\d\d\.\d\d/, '')}${created.slice(0, 10)}`;
  return {
    ImageId: `ami-0${random.hex(16)}`,
    ImageLocation: `${line.alias ?? line.owner}/${name}`,
    Name: name,
    Description: line.description,
    OwnerId: line.owner,
    ...(line.alias ? { ImageOwnerAlias: line.alias } : {}),
    Architecture: line.architecture,
    CreationDate: created,
    State: 'available',
    Public: true,
    ImageType: 'machine',
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    EnaSupport: true,
    SriovNetSupport: 'simple',
    RootDeviceType: 'ebs',
    RootDeviceName: line.root,
    BootMode: 'uefi-preferred',
    ...(line.windows ? { Platform: WINDOWS } : {}),
    PlatformDetails: line.windows ? 'Windows' : 'Linux/UNIX',
    UsageOperation: line.windows ? 'RunInstances:0002' : 'RunInstances',
    BlockDeviceMappings: [
      {
        DeviceName: line.root,
        Ebs: {
          SnapshotId: `snap-0${random.hex(16)}`,
          VolumeSize: line.size,
          VolumeType: 'gp3',
          DeleteOnTermination: true,
          Encrypted: false,
        },
      },
    ],
  };
}

const cache = new Map<string, readonly Image[]>();

/** The public images of a region; the first of each line are the newest. Equal for all accounts and seeds. */
export function publicImages(region: string): readonly Image[] {
  let images = cache.get(region);
  if (!images) {
    images = Array.from({ length: BUILDS }, (_, build) =>
      LINES.map((line) => toImage(line, region, build)),
    ).flat();
    cache.set(region, images);
  }
  return images;
}

import type {
  DescribeFileSystemsRequest,
  DescribeFileSystemsResponse,
  FileSystem,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-fsx';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { HOURS_PER_MONTH } from '../../prices/prices.ts';
import { regional } from '../../prices/regions.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { listed, pageOf, retag, shelfStore, type Item, type Kind } from '../shelf.ts';

const refuse = (message: string): AwsError => new AwsError('BadRequest', message, 400);

export const fileSystem: Kind<FileSystem> = {
  name: 'fsx.file-system',
  id: (raw) => raw.FileSystemId ?? '',
  arn: (_shelf, raw) => raw.ResourceARN ?? '',
  rates: (raw, region) => [
    {
      service: 'Amazon FSx',
      productCode: 'AmazonFSx',
      usage: 'Storage.SAZ:SSD',
      operation: 'CreateFileSystem:Windows',
      unit: 'GB-Mo',
      price: regional(region, 'block-storage', 0.13),
      perHour: (raw.StorageCapacity ?? 0) / HOURS_PER_MONTH,
    },
  ],
};

function need(context: RequestContext, id: string): Entity<Item<FileSystem>> {
  const found = context.store(shelfStore).of(fileSystem).get(id);
  if (!found) throw new AwsError('FileSystemNotFound', `File system '${id}' does not exist.`);
  return found;
}

function describeFileSystems(
  input: DescribeFileSystemsRequest,
  context: RequestContext,
): Output<DescribeFileSystemsResponse> {
  const ids = input.FileSystemIds ?? [];
  const all =
    ids.length > 0 ? ids.map((id) => need(context, id)) : context.store(shelfStore).of(fileSystem).list();
  const page = pageOf(all, input.NextToken, input.MaxResults, 1000, context, refuse);
  return {
    FileSystems: page.items.map(({ data }) => ({ ...data.raw, Tags: listed(data.tags) })),
    NextToken: page.next,
  };
}

const idOf = (arn: string | undefined): string => (arn ?? '').split(':file-system/')[1] ?? '';

function tagResource(input: TagResourceRequest, context: RequestContext): Record<string, never> {
  retag(need(context, idOf(input.ResourceARN)).data, input.Tags);
  return {};
}

function untagResource(input: UntagResourceRequest, context: RequestContext): Record<string, never> {
  retag(need(context, idOf(input.ResourceARN)).data, [], input.TagKeys);
  return {};
}

/** Amazon FSx: file systems and tags. */
export const fsx: ServiceDefinition = {
  iamPrefix: 'fsx',
  handlers: {
    DescribeFileSystems: describeFileSystems,
    TagResource: tagResource,
    UntagResource: untagResource,
  },
};

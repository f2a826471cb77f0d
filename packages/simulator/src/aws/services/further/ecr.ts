import type {
  DeleteLifecyclePolicyRequest,
  DeleteLifecyclePolicyResponse,
  DescribeImagesRequest,
  DescribeImagesResponse,
  DescribeRepositoriesRequest,
  DescribeRepositoriesResponse,
  GetLifecyclePolicyRequest,
  GetLifecyclePolicyResponse,
  ImageDetail,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  PutLifecyclePolicyRequest,
  PutLifecyclePolicyResponse,
  Repository,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-ecr';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { HOURS_PER_MONTH } from '../../prices/prices.ts';
import { paginate } from '../../paging.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { listed, pageOf, retag, shelfStore, type Item, type Kind } from '../shelf.ts';

/** A repository with its images and policy. */
export interface RepositoryRecord extends Repository {
  readonly images: readonly ImageDetail[];
  policy: string | undefined;
}

const refuse = (message: string): AwsError => new AwsError('InvalidParameterException', message, 400);

export const imageStore: Kind<RepositoryRecord> = {
  name: 'ecr.repository',
  id: (raw) => raw.repositoryName ?? '',
  arn: (_shelf, raw) => raw.repositoryArn ?? '',
  rates: (raw) => [
    {
      service: 'Amazon EC2 Container Registry (ECR)',
      productCode: 'AmazonECR',
      usage: 'TimedStorage-ByteHrs',
      operation: '',
      unit: 'GB-Mo',
      price: 0.1,
      perHour: raw.images.reduce((sum, i) => sum + (i.imageSizeInBytes ?? 0), 0) / 1e9 / HOURS_PER_MONTH,
    },
  ],
};

function need(context: RequestContext, name: string | undefined): Entity<Item<RepositoryRecord>> {
  const found = context
    .store(shelfStore)
    .of(imageStore)
    .get(name ?? '');
  if (!found)
    throw new AwsError(
      'RepositoryNotFoundException',
      `The repository with name '${name ?? ''}' does not exist in the registry with id '${context.account.id}'`,
    );
  return found;
}

function describeRepositories(
  input: DescribeRepositoriesRequest,
  context: RequestContext,
): Output<DescribeRepositoriesResponse> {
  const names = input.repositoryNames ?? [];
  const all =
    names.length > 0
      ? names.map((name) => need(context, name))
      : context.store(shelfStore).of(imageStore).list();
  const page = pageOf(all, input.nextToken, input.maxResults, 1000, context, refuse);
  return {
    repositories: page.items.map(({ data }) => {
      const { images: _images, policy: _policy, ...raw } = data.raw;
      return raw;
    }),
    nextToken: page.next,
  };
}

function describeImages(
  input: DescribeImagesRequest,
  context: RequestContext,
): Output<DescribeImagesResponse> {
  const { images } = need(context, input.repositoryName).data.raw;
  const page = paginate(
    images,
    {
      token: input.nextToken,
      limit: input.maxResults,
      defaultLimit: 100,
      parameters: { name: input.repositoryName },
      keyOf: (i) => i.imageDigest ?? '',
      invalidToken: () => refuse('The token is not valid'),
    },
    context,
  );
  return { imageDetails: [...page.items], nextToken: page.nextToken };
}

function getLifecyclePolicy(
  input: GetLifecyclePolicyRequest,
  context: RequestContext,
): Output<GetLifecyclePolicyResponse> {
  const { raw } = need(context, input.repositoryName).data;
  if (raw.policy === undefined)
    throw new AwsError(
      'LifecyclePolicyNotFoundException',
      `Lifecycle policy does not exist for the repository with name '${raw.repositoryName}'`,
    );
  return {
    registryId: raw.registryId,
    repositoryName: raw.repositoryName,
    lifecyclePolicyText: raw.policy,
    lastEvaluatedAt: new Date(context.now),
  };
}

function putLifecyclePolicy(
  input: PutLifecyclePolicyRequest,
  context: RequestContext,
): Output<PutLifecyclePolicyResponse> {
  const { raw } = need(context, input.repositoryName).data;
  let rules: unknown;
  try {
    ({ rules } = JSON.parse(input.lifecyclePolicyText ?? '') as { rules?: unknown });
  } catch {
    rules = undefined;
  }
  if (!Array.isArray(rules) || rules.length === 0)
    throw refuse(
      "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure'",
    );
  raw.policy = input.lifecyclePolicyText;
  return { repositoryName: raw.repositoryName, lifecyclePolicyText: raw.policy };
}

function deleteLifecyclePolicy(
  input: DeleteLifecyclePolicyRequest,
  context: RequestContext,
): Output<DeleteLifecyclePolicyResponse> {
  const answer = getLifecyclePolicy(input, context);
  need(context, input.repositoryName).data.raw.policy = undefined;
  return answer;
}

const nameOf = (arn: string | undefined): string => (arn ?? '').split(':repository/')[1] ?? '';

function listTags(
  input: ListTagsForResourceRequest,
  context: RequestContext,
): Output<ListTagsForResourceResponse> {
  return { tags: listed(need(context, nameOf(input.resourceArn)).data.tags) };
}

function tagResource(input: TagResourceRequest, context: RequestContext): Record<string, never> {
  retag(need(context, nameOf(input.resourceArn)).data, input.tags);
  return {};
}

function untagResource(input: UntagResourceRequest, context: RequestContext): Record<string, never> {
  retag(need(context, nameOf(input.resourceArn)).data, [], input.tagKeys);
  return {};
}

/** Amazon Elastic Container Registry. */
export const ecr: ServiceDefinition = {
  iamPrefix: 'ecr',
  handlers: {
    DescribeRepositories: describeRepositories,
    DescribeImages: describeImages,
    GetLifecyclePolicy: getLifecyclePolicy,
    PutLifecyclePolicy: putLifecyclePolicy,
    DeleteLifecyclePolicy: deleteLifecyclePolicy,
    ListTagsForResource: listTags,
    TagResource: tagResource,
    UntagResource: untagResource,
  },
};

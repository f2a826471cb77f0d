import type { Repository } from '@aws-sdk/client-ecr';
import type * as EcrSdk from '@aws-sdk/client-ecr';
import type { Service, TaskDefinition } from '@aws-sdk/client-ecs';
import type * as EcsSdk from '@aws-sdk/client-ecs';
import type { Nodegroup } from '@aws-sdk/client-eks';
import type * as EksSdk from '@aws-sdk/client-eks';
import { CloudError, orGone } from '../../errors.ts';
import type { ResourceState } from '../../resource.ts';
import { ECR, ECS, EKS } from '../clients.ts';
import { relations, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { arn, ec2Arn, type Scope } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { orNoTags } from './lenient.ts';
import { detailedReader } from './reader.ts';

type Ecs = ServiceHandle<typeof EcsSdk>;

/** DescribeServices takes ten. */
const SERVICES_PER_CALL = 10;

/** A service with the revision of its task that is in use. */
interface TaskService extends Service {
  readonly Task: TaskDefinition | undefined;
}

async function servicesOf(ecs: Ecs, scope: Scope, cluster: string): Promise<Service[]> {
  const arns: string[] = [];
  const listing = ecs.pages('ListServices', async (nextToken) => {
    const answer = await ecs.send(
      new ecs.sdk.ListServicesCommand({ cluster, nextToken, maxResults: 100 }),
      scope,
    );
    return { items: answer.serviceArns ?? [], next: answer.nextToken };
  });
  for await (const items of listing) arns.push(...items);
  const found: Service[] = [];
  for (let at = 0; at < arns.length; at += SERVICES_PER_CALL) {
    const services = arns.slice(at, at + SERVICES_PER_CALL);
    const answer = await ecs.send(
      new ecs.sdk.DescribeServicesCommand({ cluster, services, include: ['TAGS'] }),
      scope,
    );
    found.push(...(answer.services ?? []));
  }
  return found;
}

async function withTask(ecs: Ecs, scope: Scope, raw: Service): Promise<TaskService> {
  const answer = raw.taskDefinition
    ? await orGone(
        ecs.send(new ecs.sdk.DescribeTaskDefinitionCommand({ taskDefinition: raw.taskDefinition }), scope),
      )
    : undefined;
  return { ...raw, Task: answer?.taskDefinition };
}

/** `cluster/service` out of a service's ARN; the old form without cluster has only the name. */
export function ecsPlace(serviceArn: string): { cluster: string; service: string } {
  const [cluster = 'default', service] = (serviceArn.split(':service/')[1] ?? '').split('/');
  return service === undefined ? { cluster: 'default', service: cluster } : { cluster, service };
}

/** Environment variables and commands of containers may hold secrets; sizes are enough. */
function taskFacts(task: TaskDefinition | undefined) {
  return (
    task && {
      taskDefinitionArn: task.taskDefinitionArn,
      cpu: task.cpu,
      memory: task.memory,
      runtimePlatform: task.runtimePlatform,
      requiresCompatibilities: task.requiresCompatibilities,
      containers: (task.containerDefinitions ?? []).map((c) => ({
        name: c.name,
        cpu: c.cpu,
        memory: c.memory,
        memoryReservation: c.memoryReservation,
      })),
    }
  );
}

const SERVICE_STATES: Readonly<Record<string, ResourceState>> = {
  ACTIVE: 'active',
  DRAINING: 'deleting',
  INACTIVE: 'deleted',
};

export const taskServices = detailedReader<typeof EcsSdk, Service, TaskService>({
  type: { id: 'aws.ecs.service', label: 'ECS service', category: 'container', taggable: true },
  service: ECS,
  call: 'ListClusters',
  async page(ecs, scope, nextToken) {
    const answer = await ecs.send(new ecs.sdk.ListClustersCommand({ nextToken, maxResults: 100 }), scope);
    const items: Service[] = [];
    for (const cluster of answer.clusterArns ?? []) items.push(...(await servicesOf(ecs, scope, cluster)));
    return { items, next: answer.nextToken };
  },
  detail: withTask,
  async find(ecs, scope, ref) {
    const { cluster, service } = ecsPlace(ref.nativeId);
    const answer = await orGone(
      ecs.send(
        new ecs.sdk.DescribeServicesCommand({ cluster, services: [service], include: ['TAGS'] }),
        scope,
      ),
    );
    const raw = answer?.services?.[0];
    return raw && raw.status !== 'INACTIVE' ? withTask(ecs, scope, raw) : undefined;
  },
  facts(scope, raw) {
    const nativeId = raw.serviceArn ?? arn(scope, 'ecs', `service/${raw.serviceName ?? ''}`);
    const { cluster, service } = ecsPlace(nativeId);
    const { Task: task, events: _events, deployments: _deployments, ...rest } = raw;
    return {
      nativeId,
      id: `${cluster}/${service}`,
      name: raw.serviceName,
      state: stateOf(SERVICE_STATES, raw.status),
      stateRaw: raw.status,
      tags: Object.fromEntries((raw.tags ?? []).map((t) => [t.key ?? '', t.value ?? ''])),
      createdAt: raw.createdAt,
      size: {
        sku: raw.launchType ?? raw.capacityProviderStrategy?.[0]?.capacityProvider,
        cpus: task?.cpu === undefined ? undefined : Number(task.cpu) / 1024,
        memoryGiB: task?.memory === undefined ? undefined : Number(task.memory) / 1024,
        nodes: raw.desiredCount,
      },
      relations: relations(
        ['part_of', raw.clusterArn],
        ...(raw.loadBalancers ?? []).map((b) => ['member_of', b.targetGroupArn] as const),
        ...(raw.networkConfiguration?.awsvpcConfiguration?.subnets ?? []).map(
          (s) => ['in_subnet', ec2Arn(scope, 'subnet', s)] as const,
        ),
      ),
      // Events and deployments are a log; kept, each look at an unchanged service would be a change.
      attributes: toAttributes({ ...rest, TaskDefinition: taskFacts(task) }, ['tags']),
    };
  },
});

const NODEGROUP_STATES: Readonly<Record<string, ResourceState>> = {
  CREATING: 'creating',
  ACTIVE: 'running',
  UPDATING: 'updating',
  DELETING: 'deleting',
  CREATE_FAILED: 'failed',
  DELETE_FAILED: 'failed',
  DEGRADED: 'failed',
};

interface GroupName {
  readonly clusterName: string;
  readonly nodegroupName: string;
}

type Eks = ServiceHandle<typeof EksSdk>;

async function groupsOf(eks: Eks, scope: Scope, clusterName: string): Promise<GroupName[]> {
  const names: GroupName[] = [];
  const listing = eks.pages('ListNodegroups', async (nextToken) => {
    const answer = await eks.send(
      new eks.sdk.ListNodegroupsCommand({ clusterName, nextToken, maxResults: 100 }),
      scope,
    );
    return { items: answer.nodegroups ?? [], next: answer.nextToken };
  });
  for await (const items of listing)
    names.push(...items.map((nodegroupName) => ({ clusterName, nodegroupName })));
  return names;
}

/** Cluster and group out of `…:nodegroup/cluster/group/uuid`. */
export function nodegroupPlace(nativeId: string): GroupName {
  const [, clusterName = '', nodegroupName = ''] = /:nodegroup\/([^/]+)\/([^/]+)/.exec(nativeId) ?? [];
  return { clusterName, nodegroupName };
}

async function readNodegroup(eks: Eks, scope: Scope, name: GroupName): Promise<Nodegroup | undefined> {
  const answer = await orGone(eks.send(new eks.sdk.DescribeNodegroupCommand({ ...name }), scope));
  return answer?.nodegroup;
}

export const nodegroups = detailedReader<typeof EksSdk, GroupName, Nodegroup>({
  type: { id: 'aws.eks.nodegroup', label: 'EKS node group', category: 'container', taggable: true },
  service: EKS,
  call: 'ListClusters',
  async page(eks, scope, nextToken) {
    const answer = await eks.send(new eks.sdk.ListClustersCommand({ nextToken, maxResults: 100 }), scope);
    const items: GroupName[] = [];
    for (const cluster of answer.clusters ?? []) items.push(...(await groupsOf(eks, scope, cluster)));
    return { items, next: answer.nextToken };
  },
  detail: readNodegroup,
  find: (eks, scope, ref) => readNodegroup(eks, scope, nodegroupPlace(ref.nativeId)),
  facts(scope, raw) {
    const id = `${raw.clusterName ?? ''}/${raw.nodegroupName ?? ''}`;
    return {
      nativeId: raw.nodegroupArn ?? arn(scope, 'eks', `nodegroup/${id}`),
      id,
      name: raw.nodegroupName,
      state: stateOf(NODEGROUP_STATES, raw.status),
      stateRaw: raw.status,
      tags: raw.tags ?? {},
      createdAt: raw.createdAt,
      size: { sku: raw.instanceTypes?.[0], nodes: raw.scalingConfig?.desiredSize },
      relations: relations(
        ['part_of', raw.clusterName && arn(scope, 'eks', `cluster/${raw.clusterName}`)],
        ...(raw.subnets ?? []).map((s) => ['in_subnet', ec2Arn(scope, 'subnet', s)] as const),
      ),
      attributes: toAttributes(raw, ['tags', 'modifiedAt']),
    };
  },
});

type Ecr = ServiceHandle<typeof EcrSdk>;

interface ImageFacts {
  readonly Count: number;
  readonly Untagged: number;
  readonly SizeBytes: number;
  readonly OldestPushedAt?: Date;
  /** True when there are more images than were counted. */
  readonly More: boolean;
}

interface Store extends Repository {
  readonly LifecyclePolicy: string | null;
  readonly Images: ImageFacts;
  readonly TagMap: Record<string, string>;
}

async function policyOf(ecr: Ecr, scope: Scope, repositoryName: string): Promise<string | null> {
  try {
    const answer = await ecr.send(new ecr.sdk.GetLifecyclePolicyCommand({ repositoryName }), scope);
    return answer.lifecyclePolicyText ?? null;
  } catch (error) {
    if (error instanceof CloudError && error.problem.providerCode === 'LifecyclePolicyNotFoundException')
      return null;
    throw error;
  }
}

async function imagesOf(ecr: Ecr, scope: Scope, repositoryName: string): Promise<ImageFacts> {
  const answer = await ecr.send(
    new ecr.sdk.DescribeImagesCommand({ repositoryName, maxResults: 1000 }),
    scope,
  );
  const images = answer.imageDetails ?? [];
  const pushed = images.flatMap((i) => i.imagePushedAt?.getTime() ?? []);
  return {
    Count: images.length,
    Untagged: images.filter((i) => (i.imageTags ?? []).length === 0).length,
    SizeBytes: images.reduce((sum, i) => sum + (i.imageSizeInBytes ?? 0), 0),
    ...(pushed.length > 0 ? { OldestPushedAt: new Date(Math.min(...pushed)) } : {}),
    More: Boolean(answer.nextToken),
  };
}

async function withImages(ecr: Ecr, scope: Scope, raw: Repository): Promise<Store | undefined> {
  const name = raw.repositoryName ?? '';
  const read = ecr.send(new ecr.sdk.ListTagsForResourceCommand({ resourceArn: raw.repositoryArn }), scope);
  const [policy, images, tags] = await Promise.all([
    policyOf(ecr, scope, name),
    orGone(imagesOf(ecr, scope, name)),
    orNoTags(read.then((answer) => tagMap(answer.tags))),
  ]);
  return images && { ...raw, LifecyclePolicy: policy, Images: images, TagMap: tags };
}

const GIB = 1024 ** 3;

export const imageStores = detailedReader<typeof EcrSdk, Repository, Store>({
  type: { id: 'aws.ecr.repository', label: 'ECR repository', category: 'container', taggable: true },
  service: ECR,
  call: 'DescribeRepositories',
  async page(ecr, scope, nextToken) {
    const answer = await ecr.send(
      new ecr.sdk.DescribeRepositoriesCommand({ nextToken, maxResults: 1000 }),
      scope,
    );
    return { items: answer.repositories ?? [], next: answer.nextToken };
  },
  detail: withImages,
  async find(ecr, scope, ref) {
    const input = { repositoryNames: [ref.id] };
    const answer = await ecr.send(new ecr.sdk.DescribeRepositoriesCommand(input), scope);
    return answer.repositories?.[0] && withImages(ecr, scope, answer.repositories[0]);
  },
  facts(scope, raw) {
    const id = raw.repositoryName ?? '';
    return {
      nativeId: raw.repositoryArn ?? arn(scope, 'ecr', `repository/${id}`),
      id,
      state: 'active',
      tags: raw.TagMap,
      createdAt: raw.createdAt,
      size: { storageGiB: raw.Images.SizeBytes / GIB },
      attributes: toAttributes(raw, ['TagMap']),
    };
  },
});

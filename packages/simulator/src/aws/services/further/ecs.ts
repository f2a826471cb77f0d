import type {
  DescribeServicesRequest,
  DescribeServicesResponse,
  DescribeTaskDefinitionRequest,
  DescribeTaskDefinitionResponse,
  ListClustersRequest,
  ListClustersResponse,
  ListServicesRequest,
  ListServicesResponse,
  RegisterTaskDefinitionRequest,
  RegisterTaskDefinitionResponse,
  Service,
  TagResourceRequest,
  TaskDefinition,
  UntagResourceRequest,
  UpdateServiceRequest,
  UpdateServiceResponse,
} from '@aws-sdk/client-ecs';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { regional } from '../../prices/regions.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { pageOf, shelfStore, type Item, type Kind, type Shelf } from '../shelf.ts';

const refuse = (message: string): AwsError => new AwsError('InvalidParameterException', message, 400);

export const taskDefinition: Kind<TaskDefinition> = {
  name: 'ecs.task-definition',
  id: (raw) => `${raw.family}:${raw.revision}`,
  arn: (_shelf, raw) => raw.taskDefinitionArn ?? '',
  rates: () => [],
};

/** A service with the size of its tasks, which the bill follows. */
export interface ServiceRecord extends Service {
  taskCpu: number;
  taskMemoryGb: number;
}

/** Fargate; services on instances cost nothing of their own. */
export const taskService: Kind<ServiceRecord> = {
  name: 'ecs.service',
  id: (raw) => raw.serviceArn ?? '',
  arn: (_shelf, raw) => raw.serviceArn ?? '',
  rates: (raw, region) =>
    raw.launchType === 'FARGATE'
      ? (
          [
            ['Fargate-vCPU-Hours:perCPU', 0.04048, raw.taskCpu],
            ['Fargate-GB-Hours', 0.004445, raw.taskMemoryGb],
          ] as const
        ).map(([usage, price, each]) => ({
          service: 'Amazon Elastic Container Service',
          productCode: 'AmazonECS',
          usage,
          operation: 'FargateTask',
          unit: 'hours',
          price: regional(region, 'general', price),
          perHour: each * (raw.desiredCount ?? 0),
        }))
      : [],
};

/** Adds a revision of a task definition; CPU in units of 1/1024, memory in MiB. */
export function addTaskDefinition(
  shelf: Shelf,
  input: Partial<TaskDefinition>,
  createdAt?: number,
): TaskDefinition {
  const items = shelf.of(taskDefinition);
  const revision = items.list().filter((e) => e.data.raw.family === input.family).length + 1;
  const raw: TaskDefinition = {
    ...input,
    taskDefinitionArn: shelf.arn('ecs', `task-definition/${input.family}:${revision}`),
    revision,
    status: 'ACTIVE',
    compatibilities: ['EC2', 'FARGATE'],
    registeredAt: new Date(createdAt ?? shelf.world.clock.now()),
  };
  shelf.put(taskDefinition, raw, createdAt === undefined ? {} : { createdAt });
  return raw;
}

function sizeOf(task: TaskDefinition): { taskCpu: number; taskMemoryGb: number } {
  return { taskCpu: Number(task.cpu ?? 0) / 1024, taskMemoryGb: Number(task.memory ?? 0) / 1024 };
}

/** Adds a running Fargate service. */
export function addTaskService(
  shelf: Shelf,
  spec: {
    readonly cluster: string;
    readonly name: string;
    readonly task: TaskDefinition;
    readonly tasks: number;
    readonly subnetIds?: readonly string[];
    readonly tags?: Readonly<Record<string, string>>;
    readonly createdAt?: number;
  },
): Entity<Item<ServiceRecord>> {
  const at = spec.createdAt ?? shelf.world.clock.now();
  return shelf.put<ServiceRecord>(
    taskService,
    {
      serviceArn: shelf.arn('ecs', `service/${spec.cluster}/${spec.name}`),
      serviceName: spec.name,
      clusterArn: shelf.arn('ecs', `cluster/${spec.cluster}`),
      status: 'ACTIVE',
      desiredCount: spec.tasks,
      runningCount: spec.tasks,
      pendingCount: 0,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      taskDefinition: spec.task.taskDefinitionArn,
      schedulingStrategy: 'REPLICA',
      createdAt: new Date(at),
      loadBalancers: [],
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [...(spec.subnetIds ?? [])], assignPublicIp: 'DISABLED' },
      },
      ...sizeOf(spec.task),
    },
    { tags: spec.tags ?? {}, createdAt: at },
  );
}

function clusterArns(context: RequestContext): string[] {
  const all = context.store(shelfStore).of(taskService).list();
  return [...new Set(all.flatMap((e) => e.data.raw.clusterArn ?? []))].sort();
}

/** Clusters are those that have services; there are never so many that pages are needed. */
function listClusters(_input: ListClustersRequest, context: RequestContext): Output<ListClustersResponse> {
  return { clusterArns: clusterArns(context) };
}

function clusterOf(context: RequestContext, cluster: string | undefined): string {
  const shelf = context.store(shelfStore);
  const name = cluster ?? 'default';
  const arn = name.startsWith('arn:') ? name : shelf.arn('ecs', `cluster/${name}`);
  if (!clusterArns(context).includes(arn))
    throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
  return arn;
}

function listServices(input: ListServicesRequest, context: RequestContext): Output<ListServicesResponse> {
  const arn = clusterOf(context, input.cluster);
  const all = context
    .store(shelfStore)
    .of(taskService)
    .list()
    .filter((e) => e.data.raw.clusterArn === arn);
  const page = pageOf(all, input.nextToken, input.maxResults ?? 10, 100, context, refuse);
  return { serviceArns: page.items.map((e) => e.id), nextToken: page.next };
}

function find(
  context: RequestContext,
  cluster: string,
  name: string | undefined,
): Entity<Item<ServiceRecord>> | undefined {
  const short = (name ?? '').split('/').pop();
  return context
    .store(shelfStore)
    .of(taskService)
    .list()
    .find((e) => e.data.raw.clusterArn === cluster && e.data.raw.serviceName === short);
}

function view({ data }: Entity<Item<ServiceRecord>>, withTags: boolean): Service {
  const { taskCpu: _cpu, taskMemoryGb: _memory, ...raw } = data.raw;
  return { ...raw, ...(withTags ? { tags: [...data.tags].map(([key, value]) => ({ key, value })) } : {}) };
}

function describeServices(
  input: DescribeServicesRequest,
  context: RequestContext,
): Output<DescribeServicesResponse> {
  const arn = clusterOf(context, input.cluster);
  const withTags = input.include?.includes('TAGS') === true;
  const services: Service[] = [];
  const failures = [];
  for (const name of input.services ?? []) {
    const entity = find(context, arn, name);
    if (entity) services.push(view(entity, withTags));
    else failures.push({ arn: name, reason: 'MISSING' });
  }
  return { services, failures };
}

function needTask(context: RequestContext, reference: string | undefined): TaskDefinition {
  const name = (reference ?? '').split('task-definition/').pop() ?? '';
  const found = context.store(shelfStore).of(taskDefinition).get(name)?.data.raw;
  if (!found) throw new AwsError('ClientException', 'Unable to describe task definition.', 400);
  return found;
}

function describeTaskDefinition(
  input: DescribeTaskDefinitionRequest,
  context: RequestContext,
): Output<DescribeTaskDefinitionResponse> {
  return { taskDefinition: { ...needTask(context, input.taskDefinition) }, tags: [] };
}

function registerTaskDefinition(
  input: RegisterTaskDefinitionRequest,
  context: RequestContext,
): Output<RegisterTaskDefinitionResponse> {
  if (!input.family || (input.containerDefinitions ?? []).length === 0)
    throw new AwsError('ClientException', 'Container list cannot be empty.', 400);
  for (const role of [input.taskRoleArn, input.executionRoleArn])
    if (role) context.authorize('iam:PassRole', role);
  const { tags: _tags, ...definition } = input;
  return { taskDefinition: addTaskDefinition(context.store(shelfStore), definition) };
}

function updateService(input: UpdateServiceRequest, context: RequestContext): Output<UpdateServiceResponse> {
  const entity = find(context, clusterOf(context, input.cluster), input.service);
  if (!entity) throw new AwsError('ServiceNotFoundException', 'Service not found.');
  const { raw } = entity.data;
  if (input.taskDefinition !== undefined) {
    const task = needTask(context, input.taskDefinition);
    Object.assign(raw, { taskDefinition: task.taskDefinitionArn, ...sizeOf(task) });
  }
  if (input.desiredCount !== undefined) raw.desiredCount = input.desiredCount;
  const shelf = context.store(shelfStore);
  shelf.changed(entity);
  shelf.later(entity, 60, () => {
    raw.runningCount = raw.desiredCount;
  });
  return { service: view(entity, false) };
}

function byArn(context: RequestContext, arn: string | undefined): Item<ServiceRecord> {
  const found = context
    .store(shelfStore)
    .of(taskService)
    .get(arn ?? '');
  if (!found) throw new AwsError('ResourceNotFoundException', 'The specified resource was not found.');
  return found.data;
}

function tagResource(input: TagResourceRequest, context: RequestContext): Record<string, never> {
  const { tags } = byArn(context, input.resourceArn);
  for (const { key = '', value = '' } of input.tags ?? []) tags.set(key, value);
  return {};
}

function untagResource(input: UntagResourceRequest, context: RequestContext): Record<string, never> {
  const { tags } = byArn(context, input.resourceArn);
  for (const key of input.tagKeys ?? []) tags.delete(key);
  return {};
}

/** Amazon Elastic Container Service: services and their tasks' sizes. */
export const ecs: ServiceDefinition = {
  iamPrefix: 'ecs',
  handlers: {
    ListClusters: listClusters,
    ListServices: listServices,
    DescribeServices: describeServices,
    DescribeTaskDefinition: describeTaskDefinition,
    RegisterTaskDefinition: registerTaskDefinition,
    UpdateService: updateService,
    TagResource: tagResource,
    UntagResource: untagResource,
  },
};

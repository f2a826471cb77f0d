import type {
  AddTagsInput,
  CreateEndpointInput,
  CreateEndpointOutput,
  DeleteEndpointInput,
  DeleteTagsInput,
  DescribeEndpointConfigInput,
  DescribeEndpointConfigOutput,
  DescribeEndpointInput,
  DescribeEndpointOutput,
  DescribeNotebookInstanceInput,
  DescribeNotebookInstanceOutput,
  ListEndpointsInput,
  ListEndpointsOutput,
  ListNotebookInstancesInput,
  ListNotebookInstancesOutput,
  ListTagsInput,
  ListTagsOutput,
  ProductionVariant,
  StartNotebookInstanceInput,
  StopNotebookInstanceInput,
} from '@aws-sdk/client-sagemaker';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { instanceHour } from '../../prices/prices.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { given, listed, pageOf, retag, shelfStore, type Item, type Kind, type Shelf } from '../shelf.ts';

type Config = Output<DescribeEndpointConfigOutput>;
/** An endpoint with what its configuration runs. */
type Endpoint = Output<DescribeEndpointOutput> & { readonly variants: readonly ProductionVariant[] };
type Notebook = Output<DescribeNotebookInstanceOutput>;

const refuse = (message: string): AwsError => new AwsError('ValidationException', message, 400);

/** `ml.m5.xlarge` costs a fifth more than the same machine of EC2. */
function mlHour(region: string, type: string): number {
  return Number((instanceHour(region, type.replace(/^ml\./, '')) * 1.2).toPrecision(6));
}

export const endpointConfig: Kind<Config> = {
  name: 'sagemaker.endpoint-config',
  id: (raw) => raw.EndpointConfigName ?? '',
  arn: (_shelf, raw) => raw.EndpointConfigArn ?? '',
  rates: () => [],
};

export const endpoint: Kind<Endpoint> = {
  name: 'sagemaker.endpoint',
  id: (raw) => raw.EndpointName ?? '',
  arn: (_shelf, raw) => raw.EndpointArn ?? '',
  rates: (raw, region) =>
    raw.variants.map((v) => ({
      service: 'Amazon SageMaker',
      productCode: 'AmazonSageMaker',
      usage: `Host:${v.InstanceType}`,
      operation: 'RunInstance',
      unit: 'Hrs',
      price: mlHour(region, v.InstanceType ?? 'ml.m5.large'),
      perHour: v.InitialInstanceCount ?? 1,
    })),
};

export const notebook: Kind<Notebook> = {
  name: 'sagemaker.notebook',
  id: (raw) => raw.NotebookInstanceName ?? '',
  arn: (_shelf, raw) => raw.NotebookInstanceArn ?? '',
  rates: (raw, region) =>
    raw.NotebookInstanceStatus === 'Stopped'
      ? []
      : [
          {
            service: 'Amazon SageMaker',
            productCode: 'AmazonSageMaker',
            usage: `Notebk:${raw.InstanceType}`,
            operation: 'RunInstance',
            unit: 'Hrs',
            price: mlHour(region, raw.InstanceType ?? 'ml.t3.medium'),
            perHour: 1,
          },
        ],
};

/** Adds a configuration and an endpoint of it, in service. */
export function addModelEndpoint(
  shelf: Shelf,
  spec: {
    readonly name: string;
    readonly instanceType: string;
    readonly count: number;
    readonly tags?: Readonly<Record<string, string>>;
    readonly createdAt?: number;
  },
): Entity<Item<Endpoint>> {
  const at = spec.createdAt ?? shelf.world.clock.now();
  const config: Config = {
    EndpointConfigName: `${spec.name}-config`,
    EndpointConfigArn: shelf.arn('sagemaker', `endpoint-config/${spec.name}-config`),
    ProductionVariants: [
      {
        VariantName: 'AllTraffic',
        ModelName: spec.name,
        InitialInstanceCount: spec.count,
        InstanceType: spec.instanceType as ProductionVariant['InstanceType'],
        InitialVariantWeight: 1,
      },
    ],
    CreationTime: new Date(at),
  };
  shelf.put(endpointConfig, config, { createdAt: at });
  return putEndpoint(shelf, spec.name, config, spec.tags ?? {}, at);
}

function putEndpoint(
  shelf: Shelf,
  name: string,
  config: Config,
  tags: Readonly<Record<string, string>>,
  at: number,
): Entity<Item<Endpoint>> {
  const variants = config.ProductionVariants ?? [];
  return shelf.put<Endpoint>(
    endpoint,
    {
      EndpointName: name,
      EndpointArn: shelf.arn('sagemaker', `endpoint/${name.toLowerCase()}`),
      EndpointConfigName: config.EndpointConfigName,
      EndpointStatus: 'InService',
      CreationTime: new Date(at),
      LastModifiedTime: new Date(at),
      ProductionVariants: variants.map((v) => ({
        VariantName: v.VariantName,
        CurrentWeight: 1,
        DesiredWeight: 1,
        CurrentInstanceCount: v.InitialInstanceCount,
        DesiredInstanceCount: v.InitialInstanceCount,
      })),
      variants,
    },
    { tags, createdAt: at },
  );
}

function needEndpoint(context: RequestContext, name: string | undefined): Entity<Item<Endpoint>> {
  const shelf = context.store(shelfStore);
  const found = shelf.of(endpoint).get(name ?? '');
  if (!found) throw refuse(`Could not find endpoint "${shelf.arn('sagemaker', `endpoint/${name ?? ''}`)}".`);
  return found;
}

function needNotebook(context: RequestContext, name: string | undefined): Entity<Item<Notebook>> {
  const found = context
    .store(shelfStore)
    .of(notebook)
    .get(name ?? '');
  if (!found) throw refuse('RecordNotFound');
  return found;
}

function listEndpoints(input: ListEndpointsInput, context: RequestContext): Output<ListEndpointsOutput> {
  const all = context.store(shelfStore).of(endpoint).list();
  const page = pageOf(all, input.NextToken, input.MaxResults, 100, context, refuse);
  return {
    Endpoints: page.items.map(({ data: { raw } }) => ({
      EndpointName: raw.EndpointName,
      EndpointArn: raw.EndpointArn,
      CreationTime: raw.CreationTime,
      LastModifiedTime: raw.LastModifiedTime,
      EndpointStatus: raw.EndpointStatus,
    })),
    NextToken: page.next,
  };
}

function describeEndpoint(
  input: DescribeEndpointInput,
  context: RequestContext,
): Output<DescribeEndpointOutput> {
  const { variants: _variants, ...raw } = needEndpoint(context, input.EndpointName).data.raw;
  return raw;
}

function needConfig(context: RequestContext, name: string | undefined): Config {
  const found = context
    .store(shelfStore)
    .of(endpointConfig)
    .get(name ?? '')?.data.raw;
  if (!found) throw refuse(`Could not find endpoint configuration "${name ?? ''}".`);
  return found;
}

function describeEndpointConfig(input: DescribeEndpointConfigInput, context: RequestContext): Config {
  return { ...needConfig(context, input.EndpointConfigName) };
}

function deleteEndpoint(input: DeleteEndpointInput, context: RequestContext): void {
  const entity = needEndpoint(context, input.EndpointName);
  if (entity.data.raw.EndpointStatus !== 'InService')
    throw refuse(`Cannot update in-progress endpoint "${entity.data.arn}".`);
  entity.data.raw.EndpointStatus = 'Deleting';
  context.store(shelfStore).vanish(entity, 30);
}

function createEndpoint(input: CreateEndpointInput, context: RequestContext): Output<CreateEndpointOutput> {
  const shelf = context.store(shelfStore);
  if (shelf.of(endpoint).get(input.EndpointName ?? ''))
    throw refuse(`Cannot create already existing endpoint "${input.EndpointName ?? ''}".`);
  const config = needConfig(context, input.EndpointConfigName);
  const entity = putEndpoint(shelf, input.EndpointName ?? '', config, given(input.Tags), context.now);
  entity.data.raw.EndpointStatus = 'Creating';
  shelf.later(entity, 300, () => {
    entity.data.raw.EndpointStatus = 'InService';
  });
  return { EndpointArn: entity.data.arn };
}

function listNotebooks(
  input: ListNotebookInstancesInput,
  context: RequestContext,
): Output<ListNotebookInstancesOutput> {
  const all = context.store(shelfStore).of(notebook).list();
  const page = pageOf(all, input.NextToken, input.MaxResults, 100, context, refuse);
  return {
    NotebookInstances: page.items.map(({ data: { raw } }) => ({
      NotebookInstanceName: raw.NotebookInstanceName,
      NotebookInstanceArn: raw.NotebookInstanceArn,
      NotebookInstanceStatus: raw.NotebookInstanceStatus,
      InstanceType: raw.InstanceType,
      CreationTime: raw.CreationTime,
    })),
    NextToken: page.next,
  };
}

function describeNotebook(input: DescribeNotebookInstanceInput, context: RequestContext): Notebook {
  return { ...needNotebook(context, input.NotebookInstanceName).data.raw };
}

function moveNotebook(
  context: RequestContext,
  name: string | undefined,
  from: 'InService' | 'Stopped',
  over: 'Stopping' | 'Pending',
  to: 'InService' | 'Stopped',
): void {
  const entity = needNotebook(context, name);
  const { raw } = entity.data;
  if (raw.NotebookInstanceStatus !== from)
    throw refuse(`Status (${raw.NotebookInstanceStatus}) not in ([${from}]). Unable to transition.`);
  raw.NotebookInstanceStatus = over;
  context.store(shelfStore).later(entity, 90, () => {
    raw.NotebookInstanceStatus = to;
  });
}

function startNotebook(input: StartNotebookInstanceInput, context: RequestContext): void {
  moveNotebook(context, input.NotebookInstanceName, 'Stopped', 'Pending', 'InService');
}

function stopNotebook(input: StopNotebookInstanceInput, context: RequestContext): void {
  moveNotebook(context, input.NotebookInstanceName, 'InService', 'Stopping', 'Stopped');
}

function needTagged(
  context: RequestContext,
  arn: string | undefined,
): { readonly tags: Map<string, string> } {
  const found = context.store(shelfStore).byArn(arn ?? '');
  if (!found) throw refuse(`Could not find resource "${arn ?? ''}".`);
  return found;
}

function listTags(input: ListTagsInput, context: RequestContext): Output<ListTagsOutput> {
  return { Tags: listed(needTagged(context, input.ResourceArn).tags) };
}

function addTags(input: AddTagsInput, context: RequestContext): Output<ListTagsOutput> {
  const item = needTagged(context, input.ResourceArn);
  retag(item, input.Tags);
  return { Tags: listed(item.tags) };
}

function deleteTags(input: DeleteTagsInput, context: RequestContext): Record<string, never> {
  retag(needTagged(context, input.ResourceArn), [], input.TagKeys);
  return {};
}

/** Amazon SageMaker: endpoints and notebook instances. */
export const sagemaker: ServiceDefinition = {
  iamPrefix: 'sagemaker',
  handlers: {
    ListEndpoints: listEndpoints,
    DescribeEndpoint: describeEndpoint,
    DescribeEndpointConfig: describeEndpointConfig,
    DeleteEndpoint: deleteEndpoint,
    CreateEndpoint: createEndpoint,
    ListNotebookInstances: listNotebooks,
    DescribeNotebookInstance: describeNotebook,
    StartNotebookInstance: startNotebook,
    StopNotebookInstance: stopNotebook,
    ListTags: listTags,
    AddTags: addTags,
    DeleteTags: deleteTags,
  },
};

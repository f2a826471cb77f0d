import type { FileSystem } from '@aws-sdk/client-fsx';
import type * as FsxSdk from '@aws-sdk/client-fsx';
import type {
  DescribeEndpointConfigOutput,
  DescribeEndpointOutput,
  DescribeNotebookInstanceOutput,
} from '@aws-sdk/client-sagemaker';
import type * as SagemakerSdk from '@aws-sdk/client-sagemaker';
import type { Workspace, WorkspaceConnectionStatus } from '@aws-sdk/client-workspaces';
import type * as WorkspacesSdk from '@aws-sdk/client-workspaces';
import { CloudError } from '../../errors.ts';
import type { ResourceState } from '../../resource.ts';
import { FSX, SAGEMAKER, WORKSPACES } from '../clients.ts';
import { relations, stateOf, tagMap, toAttributes } from '../../shared/normalise.ts';
import { arn, ec2Arn, type Scope } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { orUnreadable, orNoTags } from './lenient.ts';
import { detailedReader, plainReader } from './reader.ts';

type Sagemaker = ServiceHandle<typeof SagemakerSdk>;

/** SageMaker says of what it does not know that the request is not valid. */
async function orUnknown<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (
      error instanceof CloudError &&
      (error.kind === 'not_found' ||
        /could not find|recordnotfound|does not exist|not found/i.test(error.message))
    )
      return undefined;
    throw error;
  }
}

function sagemakerTags(
  handle: Sagemaker,
  scope: Scope,
  ResourceArn: string | undefined,
): Promise<Record<string, string>> {
  const read = handle.send(new handle.sdk.ListTagsCommand({ ResourceArn }), scope);
  return orNoTags(read.then((answer) => tagMap(answer.Tags)));
}

const ENDPOINT_STATES: Readonly<Record<string, ResourceState>> = {
  OutOfService: 'failed',
  Creating: 'creating',
  Updating: 'updating',
  SystemUpdating: 'updating',
  RollingBack: 'updating',
  InService: 'running',
  Deleting: 'deleting',
  Failed: 'failed',
  UpdateRollbackFailed: 'failed',
};

type Detail<T> = Omit<T, '$metadata'> & { readonly TagMap: Record<string, string> };

/** An endpoint with its configuration, which outlives it. */
type Endpoint = Detail<DescribeEndpointOutput> & {
  readonly Configuration: Pick<DescribeEndpointConfigOutput, 'ProductionVariants'> | undefined;
};

async function readEndpoint(
  handle: Sagemaker,
  scope: Scope,
  EndpointName: string,
): Promise<Endpoint | undefined> {
  const raw = await orUnknown(handle.send(new handle.sdk.DescribeEndpointCommand({ EndpointName }), scope));
  if (!raw) return undefined;
  const { EndpointConfigName } = raw;
  const [config, tags] = await Promise.all([
    EndpointConfigName
      ? orUnknown(handle.send(new handle.sdk.DescribeEndpointConfigCommand({ EndpointConfigName }), scope))
      : undefined,
    sagemakerTags(handle, scope, raw.EndpointArn),
  ]);
  return {
    ...raw,
    Configuration: config && { ProductionVariants: config.ProductionVariants },
    TagMap: tags,
  };
}

export const modelEndpoints = detailedReader<typeof SagemakerSdk, string, Endpoint>({
  type: { id: 'aws.sagemaker.endpoint', label: 'SageMaker endpoint', category: 'compute', taggable: true },
  service: SAGEMAKER,
  call: 'ListEndpoints',
  async page(handle, scope, NextToken) {
    const answer = await handle.send(
      new handle.sdk.ListEndpointsCommand({ NextToken, MaxResults: 100 }),
      scope,
    );
    return { items: (answer.Endpoints ?? []).flatMap((e) => e.EndpointName ?? []), next: answer.NextToken };
  },
  detail: readEndpoint,
  find: (handle, scope, ref) => readEndpoint(handle, scope, ref.id),
  facts(scope, raw) {
    const id = raw.EndpointName ?? '';
    const variants = raw.ProductionVariants ?? [];
    return {
      nativeId: raw.EndpointArn ?? arn(scope, 'sagemaker', `endpoint/${id}`),
      id,
      state: stateOf(ENDPOINT_STATES, raw.EndpointStatus),
      stateRaw: raw.EndpointStatus,
      tags: raw.TagMap,
      createdAt: raw.CreationTime,
      size: {
        sku: raw.Configuration?.ProductionVariants?.[0]?.InstanceType,
        nodes: variants.reduce((sum, v) => sum + (v.CurrentInstanceCount ?? 0), 0),
      },
      attributes: toAttributes(raw, ['TagMap', '$metadata']),
    };
  },
});

const NOTEBOOK_STATES: Readonly<Record<string, ResourceState>> = {
  Pending: 'starting',
  InService: 'running',
  Stopping: 'stopping',
  Stopped: 'stopped',
  Failed: 'failed',
  Deleting: 'deleting',
  Updating: 'updating',
};

async function readNotebook(
  handle: Sagemaker,
  scope: Scope,
  NotebookInstanceName: string,
): Promise<Detail<DescribeNotebookInstanceOutput> | undefined> {
  const raw = await orUnknown(
    handle.send(new handle.sdk.DescribeNotebookInstanceCommand({ NotebookInstanceName }), scope),
  );
  return raw && { ...raw, TagMap: await sagemakerTags(handle, scope, raw.NotebookInstanceArn) };
}

export const notebooks = detailedReader<typeof SagemakerSdk, string, Detail<DescribeNotebookInstanceOutput>>({
  type: {
    id: 'aws.sagemaker.notebook-instance',
    label: 'SageMaker notebook instance',
    category: 'compute',
    taggable: true,
  },
  service: SAGEMAKER,
  call: 'ListNotebookInstances',
  async page(handle, scope, NextToken) {
    const answer = await handle.send(
      new handle.sdk.ListNotebookInstancesCommand({ NextToken, MaxResults: 100 }),
      scope,
    );
    const items = (answer.NotebookInstances ?? []).flatMap((n) => n.NotebookInstanceName ?? []);
    return { items, next: answer.NextToken };
  },
  detail: readNotebook,
  find: (handle, scope, ref) => readNotebook(handle, scope, ref.id),
  facts(scope, raw) {
    const id = raw.NotebookInstanceName ?? '';
    return {
      nativeId: raw.NotebookInstanceArn ?? arn(scope, 'sagemaker', `notebook-instance/${id}`),
      id,
      state: stateOf(NOTEBOOK_STATES, raw.NotebookInstanceStatus),
      stateRaw: raw.NotebookInstanceStatus,
      tags: raw.TagMap,
      createdAt: raw.CreationTime,
      size: { sku: raw.InstanceType, storageGiB: raw.VolumeSizeInGB },
      relations: relations(['uses', raw.RoleArn]),
      attributes: toAttributes(raw, ['TagMap', '$metadata', 'Url']),
    };
  },
});

const WORKSPACE_STATES: Readonly<Record<string, ResourceState>> = {
  PENDING: 'creating',
  AVAILABLE: 'running',
  IMPAIRED: 'failed',
  UNHEALTHY: 'failed',
  REBOOTING: 'restarting',
  STARTING: 'starting',
  REBUILDING: 'updating',
  RESTORING: 'updating',
  MAINTENANCE: 'updating',
  ADMIN_MAINTENANCE: 'updating',
  TERMINATING: 'deleting',
  TERMINATED: 'deleted',
  SUSPENDED: 'stopped',
  UPDATING: 'updating',
  STOPPING: 'stopping',
  STOPPED: 'stopped',
  ERROR: 'failed',
};

type Workspaces = ServiceHandle<typeof WorkspacesSdk>;

/** A desktop with when its person was last there. */
interface Desktop extends Workspace {
  readonly Connection: WorkspaceConnectionStatus | undefined;
  readonly TagMap: Record<string, string>;
}

async function withConnection(handle: Workspaces, scope: Scope, raw: Workspace): Promise<Desktop> {
  const id = raw.WorkspaceId ?? '';
  const [status, tags] = await Promise.all([
    orUnreadable(
      handle.send(new handle.sdk.DescribeWorkspacesConnectionStatusCommand({ WorkspaceIds: [id] }), scope),
    ),
    orNoTags(
      handle
        .send(new handle.sdk.DescribeTagsCommand({ ResourceId: id }), scope)
        .then((answer) => tagMap(answer.TagList)),
    ),
  ]);
  const found = status?.WorkspacesConnectionStatus?.[0];
  // The time of the check moves with every look.
  return {
    ...raw,
    Connection: found && { ...found, ConnectionStateCheckTimestamp: undefined },
    TagMap: tags,
  };
}

export const desktops = detailedReader<typeof WorkspacesSdk, Workspace, Desktop>({
  type: { id: 'aws.workspaces.workspace', label: 'WorkSpace', category: 'compute', taggable: true },
  service: WORKSPACES,
  call: 'DescribeWorkspaces',
  async page(handle, scope, NextToken) {
    const answer = await handle.send(
      new handle.sdk.DescribeWorkspacesCommand({ NextToken, Limit: 25 }),
      scope,
    );
    return { items: answer.Workspaces ?? [], next: answer.NextToken };
  },
  detail: withConnection,
  async find(handle, scope, ref) {
    const input = { WorkspaceIds: [ref.id] };
    const answer = await handle.send(new handle.sdk.DescribeWorkspacesCommand(input), scope);
    return answer.Workspaces?.[0] && withConnection(handle, scope, answer.Workspaces[0]);
  },
  facts(scope, raw) {
    const id = raw.WorkspaceId ?? '';
    const properties = raw.WorkspaceProperties;
    return {
      nativeId: arn(scope, 'workspaces', `workspace/${id}`),
      id,
      name: raw.WorkspaceName ?? raw.UserName,
      state: stateOf(WORKSPACE_STATES, raw.State),
      stateRaw: raw.State,
      tags: raw.TagMap,
      size: {
        sku: properties?.ComputeTypeName,
        storageGiB: properties && (properties.RootVolumeSizeGib ?? 0) + (properties.UserVolumeSizeGib ?? 0),
      },
      relations: relations(['in_subnet', raw.SubnetId && ec2Arn(scope, 'subnet', raw.SubnetId)]),
      attributes: toAttributes(raw, ['TagMap']),
    };
  },
});

const FILE_SYSTEM_STATES: Readonly<Record<string, ResourceState>> = {
  AVAILABLE: 'running',
  CREATING: 'creating',
  FAILED: 'failed',
  DELETING: 'deleting',
  MISCONFIGURED: 'failed',
  MISCONFIGURED_UNAVAILABLE: 'failed',
  UPDATING: 'updating',
};

export const fileSystems = plainReader<typeof FsxSdk, FileSystem>({
  type: { id: 'aws.fsx.file-system', label: 'FSx file system', category: 'storage', taggable: true },
  service: FSX,
  call: 'DescribeFileSystems',
  async page(fsx, scope, NextToken) {
    const answer = await fsx.send(
      new fsx.sdk.DescribeFileSystemsCommand({ NextToken, MaxResults: 1000 }),
      scope,
    );
    return { items: answer.FileSystems ?? [], next: answer.NextToken };
  },
  async find(fsx, scope, ref) {
    const input = { FileSystemIds: [ref.id] };
    return (await fsx.send(new fsx.sdk.DescribeFileSystemsCommand(input), scope)).FileSystems?.[0];
  },
  facts(scope, raw) {
    const id = raw.FileSystemId ?? '';
    const tags = tagMap(raw.Tags);
    return {
      nativeId: raw.ResourceARN ?? arn(scope, 'fsx', `file-system/${id}`),
      id,
      name: tags['Name'],
      state: stateOf(FILE_SYSTEM_STATES, raw.Lifecycle),
      stateRaw: raw.Lifecycle,
      tags,
      createdAt: raw.CreationTime,
      size: { sku: raw.FileSystemType, storageGiB: raw.StorageCapacity },
      relations: relations(
        ['in_network', raw.VpcId && ec2Arn(scope, 'vpc', raw.VpcId)],
        ...(raw.SubnetIds ?? []).map((s) => ['in_subnet', ec2Arn(scope, 'subnet', s)] as const),
      ),
      attributes: toAttributes(raw, ['Tags', 'AdministrativeActions']),
    };
  },
});

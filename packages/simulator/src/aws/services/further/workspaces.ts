import type {
  CreateTagsRequest,
  DeleteTagsRequest,
  DescribeTagsRequest,
  DescribeTagsResult,
  DescribeWorkspacesConnectionStatusRequest,
  DescribeWorkspacesConnectionStatusResult,
  DescribeWorkspacesRequest,
  DescribeWorkspacesResult,
  ModifyWorkspacePropertiesRequest,
  Workspace,
} from '@aws-sdk/client-workspaces';
import type { Entity } from '../../collection.ts';
import type { Output, RequestContext, ServiceDefinition } from '../../context.ts';
import { HOURS_PER_MONTH } from '../../prices/prices.ts';
import { AwsError } from '../../wire/aws-error.ts';
import { listed, pageOf, retag, shelfStore, type Item, type Kind } from '../shelf.ts';

/** A desktop with when its person was last there, simulated milliseconds. */
export interface DesktopRecord extends Workspace {
  readonly lastConnectedAt: number | undefined;
}

const refuse = (message: string): AwsError => new AwsError('InvalidParameterValuesException', message, 400);

/** USD per month: always on, and the base of those that stop by themselves. */
const MONTHLY: Readonly<Record<string, readonly [always: number, base: number]>> = {
  VALUE: [25, 7.25],
  STANDARD: [35, 9.75],
  PERFORMANCE: [60, 13],
  POWER: [80, 19],
};

/** Desktops that stop by themselves cost their base; hours of use are not simulated. */
export const desktop: Kind<DesktopRecord> = {
  name: 'workspaces.workspace',
  id: (raw) => raw.WorkspaceId ?? '',
  arn: (shelf, raw) => shelf.arn('workspaces', `workspace/${raw.WorkspaceId}`),
  rates(raw) {
    const type = raw.WorkspaceProperties?.ComputeTypeName ?? 'STANDARD';
    const [always, base] = MONTHLY[type] ?? [35, 9.75];
    const on = raw.WorkspaceProperties?.RunningMode === 'ALWAYS_ON';
    return [
      {
        service: 'Amazon WorkSpaces',
        productCode: 'AmazonWorkSpaces',
        usage: `${on ? 'AW-HW' : 'AutoStop-Base'}-${type}`,
        operation: 'AWS:MonthlyFee',
        unit: 'User-Month',
        price: on ? always : base,
        perHour: 1 / HOURS_PER_MONTH,
      },
    ];
  },
};

function need(context: RequestContext, id: string | undefined): Entity<Item<DesktopRecord>> {
  const found = context
    .store(shelfStore)
    .of(desktop)
    .get(id ?? '');
  if (!found) throw new AwsError('ResourceNotFoundException', `Workspace ${id ?? ''} could not be found`);
  return found;
}

/** Those that exist; unknown ids are left out. */
function some(context: RequestContext, ids: readonly string[] | undefined): Entity<Item<DesktopRecord>>[] {
  const items = context.store(shelfStore).of(desktop);
  return ids && ids.length > 0 ? ids.flatMap((id) => items.get(id) ?? []) : items.list();
}

function describeWorkspaces(
  input: DescribeWorkspacesRequest,
  context: RequestContext,
): Output<DescribeWorkspacesResult> {
  const page = pageOf(some(context, input.WorkspaceIds), input.NextToken, input.Limit, 25, context, refuse);
  return {
    Workspaces: page.items.map(({ data }) => {
      const { lastConnectedAt: _last, ...raw } = data.raw;
      return raw;
    }),
    NextToken: page.next,
  };
}

function connectionStatus(
  input: DescribeWorkspacesConnectionStatusRequest,
  context: RequestContext,
): Output<DescribeWorkspacesConnectionStatusResult> {
  return {
    WorkspacesConnectionStatus: some(context, input.WorkspaceIds).map(({ id, data: { raw } }) => ({
      WorkspaceId: id,
      ConnectionState: 'DISCONNECTED' as const,
      ConnectionStateCheckTimestamp: new Date(context.now),
      ...(raw.lastConnectedAt === undefined
        ? {}
        : { LastKnownUserConnectionTimestamp: new Date(raw.lastConnectedAt) }),
    })),
  };
}

function modifyProperties(
  input: ModifyWorkspacePropertiesRequest,
  context: RequestContext,
): Record<string, never> {
  const entity = need(context, input.WorkspaceId);
  const wanted = input.WorkspaceProperties ?? {};
  const minutes = wanted.RunningModeAutoStopTimeoutInMinutes;
  if (minutes !== undefined && minutes % 60 !== 0) throw refuse('The timeout is a multiple of 60 minutes');
  const { RunningModeAutoStopTimeoutInMinutes: present, ...rest } = entity.data.raw.WorkspaceProperties ?? {};
  const mode = wanted.RunningMode ?? rest.RunningMode;
  entity.data.raw.WorkspaceProperties = {
    ...rest,
    RunningMode: mode,
    ...(mode === 'AUTO_STOP' ? { RunningModeAutoStopTimeoutInMinutes: minutes ?? present ?? 60 } : {}),
  };
  context.store(shelfStore).changed(entity);
  return {};
}

function describeTags(input: DescribeTagsRequest, context: RequestContext): Output<DescribeTagsResult> {
  return { TagList: listed(need(context, input.ResourceId).data.tags) };
}

function createTags(input: CreateTagsRequest, context: RequestContext): Record<string, never> {
  retag(need(context, input.ResourceId).data, input.Tags);
  return {};
}

function deleteTags(input: DeleteTagsRequest, context: RequestContext): Record<string, never> {
  retag(need(context, input.ResourceId).data, [], input.TagKeys);
  return {};
}

/** Amazon WorkSpaces. */
export const workspaces: ServiceDefinition = {
  iamPrefix: 'workspaces',
  handlers: {
    DescribeWorkspaces: describeWorkspaces,
    DescribeWorkspacesConnectionStatus: connectionStatus,
    ModifyWorkspaceProperties: modifyProperties,
    DescribeTags: describeTags,
    CreateTags: createTags,
    DeleteTags: deleteTags,
  },
};

import type { FieldOption } from '../../fields.ts';
import type { Scope } from '../scope.ts';
import { last } from '../scope.ts';
import { str } from '../session.ts';
import { itemsOf } from './common.ts';

const pathIn = (link: string | undefined): string => /\/(projects\/.+)$/.exec(link ?? '')?.[1] ?? '';

/** Subnets of the chosen region, as `projects/p/regions/r/subnetworks/s`. */
export async function subnetworkOptions(scope: Scope): Promise<FieldOption[]> {
  const found = await itemsOf(
    scope,
    {
      api: 'compute',
      permission: 'compute.subnetworks.list',
      path: `projects/${scope.session.projectId}/regions/${encodeURIComponent(scope.region)}/subnetworks`,
      query: { maxResults: 500 },
    },
    'items',
  );
  return found.map((subnet) => ({
    value: pathIn(str(subnet, 'selfLink')),
    label: str(subnet, 'name') ?? '',
    detail: `${str(subnet, 'ipCidrRange') ?? ''} · ${last(str(subnet, 'network')) ?? ''}`,
  }));
}

/** Networks of the project, as `projects/p/global/networks/n`. */
export async function networkOptions(scope: Scope): Promise<FieldOption[]> {
  const found = await itemsOf(
    scope,
    {
      api: 'compute',
      permission: 'compute.networks.list',
      path: `projects/${scope.session.projectId}/global/networks`,
      query: { maxResults: 500 },
    },
    'items',
  );
  return found.map((network) => ({
    value: pathIn(str(network, 'selfLink')),
    label: str(network, 'name') ?? '',
  }));
}

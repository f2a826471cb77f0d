import type { Group } from '@microsoft/microsoft-graph-types';
import { resource, toAttributes } from '../shared/normalise.ts';
import type { Resource } from '../resource.ts';
import { nativeId, type M365Reader, type Scope } from './scope.ts';

const SELECT =
  'id,displayName,description,mail,visibility,groupTypes,securityEnabled,mailEnabled,createdDateTime,renewedDateTime,resourceProvisioningOptions,isAssignableToRole';

function toGroup(scope: Scope, group: Group, type: string): Resource {
  const options =
    (group as { resourceProvisioningOptions?: readonly string[] }).resourceProvisioningOptions ?? [];
  return resource({
    type,
    nativeId: nativeId(scope, type === 'm365.teams.team' ? 'teams' : 'groups', group.id ?? ''),
    id: group.id ?? '',
    region: 'global',
    name: group.displayName ?? undefined,
    state: 'active',
    stateRaw: group.visibility ?? undefined,
    createdAt: group.createdDateTime ?? undefined,
    attributes: { ...toAttributes(group), resourceProvisioningOptions: [...options] },
  });
}

/** Groups and teams are one collection; a team is a group with a team provisioned. */
function reader(type: string, label: string, wanted: (isTeam: boolean) => boolean): M365Reader {
  const isTeam = (group: Group): boolean =>
    (
      (group as { resourceProvisioningOptions?: readonly string[] }).resourceProvisioningOptions ?? []
    ).includes('Team');
  return {
    type: { id: type, label, category: 'identity', taggable: false },
    async *list(scope) {
      for await (const page of scope.graph.pages<Group>(`/groups?$select=${SELECT}&$top=999`, {
        signal: scope.signal,
      }))
        yield page.filter((group) => wanted(isTeam(group))).map((group) => toGroup(scope, group, type));
    },
    async inspect(scope, ref) {
      const path = `/groups/${encodeURIComponent(ref.id)}?$select=${SELECT}`;
      const group = await scope.graph.get<Group>(path, { signal: scope.signal });
      return wanted(isTeam(group)) ? toGroup(scope, group, type) : undefined;
    },
  };
}

export const groups = reader('m365.groups.group', 'Group', (team) => !team);
export const teams = reader('m365.teams.team', 'Team', (team) => team);

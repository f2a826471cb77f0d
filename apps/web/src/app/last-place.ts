/** The organization and workspace last visited on this device, so `/` leads back there. */
const organizationKey = 'atlas.organization';
const workspaceKey = (org: string): string => `atlas.workspace.${org}`;

interface Placed {
  readonly slug: string;
  readonly createdAt: string;
}

export const lastPlace = {
  organization: (): string | null => localStorage.getItem(organizationKey),
  workspace: (org: string): string | null => localStorage.getItem(workspaceKey(org)),
  rememberOrganization: (org: string): void => localStorage.setItem(organizationKey, org),
  rememberWorkspace: (org: string, workspace: string): void =>
    localStorage.setItem(workspaceKey(org), workspace),
};

/** Where an organization opens: the workspace last visited, else its oldest, which is the one with something in it. */
export function startingWorkspace<W extends Placed>(org: string, workspaces: readonly W[]): W | undefined {
  const last = lastPlace.workspace(org);
  return (
    workspaces.find(({ slug }) => slug === last) ??
    workspaces.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))[0]
  );
}

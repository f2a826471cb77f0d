/** The organization and workspace last visited on this device, so `/` leads back there. */
const organizationKey = 'atlas.organization';
const workspaceKey = (org: string): string => `atlas.workspace.${org}`;

export const lastPlace = {
  organization: (): string | null => localStorage.getItem(organizationKey),
  workspace: (org: string): string | null => localStorage.getItem(workspaceKey(org)),
  rememberOrganization: (org: string): void => localStorage.setItem(organizationKey, org),
  rememberWorkspace: (org: string, workspace: string): void =>
    localStorage.setItem(workspaceKey(org), workspace),
};

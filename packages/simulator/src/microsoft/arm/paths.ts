/** A path of Resource Manager, taken apart. */
export interface ArmPath {
  readonly subscription: string | undefined;
  readonly group: string | undefined;
  /** `Microsoft.Compute`. */
  readonly namespace: string | undefined;
  /** Alternating kinds and names after the namespace, as sent. */
  readonly segments: readonly string[];
  /** What is asked of a resource of another provider: `{resource}/providers/Microsoft.Insights/metrics`. */
  readonly extension: string | undefined;
  /** The resource the extension is about. */
  readonly scope: string;
}

/** @returns undefined for a path that is none of Resource Manager's */
export function parsePath(path: string): ArmPath | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  if (parts[0]?.toLowerCase() !== 'subscriptions') return undefined;
  const providers = parts.flatMap((part, index) => (part.toLowerCase() === 'providers' ? [index] : []));
  const first = providers[0];
  const last = providers.length > 1 ? providers.at(-1) : undefined;
  const end = last ?? parts.length;
  const isGroup = parts[2]?.toLowerCase() === 'resourcegroups' && parts[3] !== undefined;
  return {
    subscription: parts[1]?.toLowerCase(),
    group: isGroup ? parts[3] : undefined,
    namespace: first === undefined ? undefined : parts[first + 1],
    segments: first === undefined ? parts.slice(isGroup ? 4 : 2) : parts.slice(first + 2, end),
    extension:
      last === undefined
        ? undefined
        : parts
            .slice(last + 1)
            .join('/')
            .toLowerCase(),
    scope: `/${parts.slice(0, last ?? parts.length).join('/')}`,
  };
}

/** The resource type of alternating kinds and names: `servers/a/databases/b` → `Microsoft.Sql/servers/databases`. */
export function typeOf(namespace: string, segments: readonly string[]): string {
  return [namespace, ...segments.filter((_, index) => index % 2 === 0)].join('/');
}

/** What a feature brings to the application. The list of features is src/features.ts. */
import type { Permission } from '@cloudatlas/contracts/permissions';
import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';
import { loadNamespaces } from './i18n.ts';

/** Jobs in the order of the left navigation. */
export const jobs = [
  'home',
  'costs',
  'savings',
  'resources',
  'provision',
  'schedules',
  'alerts',
  'activity',
  'settings',
] as const;
export type Job = (typeof jobs)[number];

export interface NavEntry {
  job: Job;
  /** i18n key with namespace. */
  labelKey: string;
  icon: LucideIcon;
  /** Whether `path` is below the workspace or the organization. */
  scope: 'workspace' | 'organization';
  /** Relative, without leading slash; empty is the start page of the scope. */
  path: string;
  /** Further pages that belong to the same job: the entry is marked there too. */
  also?: readonly string[];
  /** Shown disabled with the reason where the role lacks it. */
  permission?: Permission;
}

/** A page of the account or organization settings. */
export interface SettingsEntry {
  labelKey: string;
  path: string;
}

export interface Feature {
  name: string;
  nav?: readonly NavEntry[];
  /** Further pages one can go to by typing; not in the navigation. */
  palette?: readonly NavEntry[];
  /** Small controls beside the user menu, on every page: the notifications bell, say. */
  tools?: readonly ComponentType[];
  accountSettings?: readonly SettingsEntry[];
  organizationSettings?: readonly SettingsEntry[];
  routes?: {
    /** Without the shell: sign-in and the like. */
    bare?: RouteObject[];
    /** Behind sign-in, without the shell: `/` itself and first steps. */
    entry?: RouteObject[];
    account?: RouteObject[];
    organization?: RouteObject[];
    organizationSettings?: RouteObject[];
    workspace?: RouteObject[];
  };
}

/** A route module loaded on demand together with its texts, so neither waits for the other. */
export function lazyPage(
  load: () => Promise<ComponentType>,
  namespaces: readonly string[],
): () => Promise<{ Component: ComponentType }> {
  return async () => {
    const [Component] = await Promise.all([load(), loadNamespaces(namespaces)]);
    return { Component };
  };
}

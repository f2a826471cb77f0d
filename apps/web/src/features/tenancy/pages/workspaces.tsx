import type { Workspace } from '@cloudatlas/contracts/tenancy';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowUpRight, Folder, Pencil, Plus, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { MenuItem } from '@/ui/menu.tsx';
import { EmptyState } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { RelativeTime } from '@/ui/values.tsx';
import { tenancyApi, workspacesQuery } from '../queries.ts';

const WorkspaceDialog = lazyNamed(() =>
  import('../workspace-dialog.tsx').then((module) => module.WorkspaceDialog),
);

/** The workspaces of the organization: create, rename, delete. */
export function Workspaces() {
  const t = useT('tenancy');
  const organization = useOrganization();
  const client = useQueryClient();
  const navigate = useNavigate();
  const denial = useDenial('workspaces:write');
  const [filters, setFilters] = useFilters(['new', 'edit']);
  const { data, error, refetch } = useQuery(workspacesQuery(organization.slug));
  const [deleting, setDeleting] = useState<Workspace>();
  const columns = useColumns(organization.slug);
  const refresh = () => client.invalidateQueries({ queryKey: ['org', organization.slug] });
  const create = (
    <Button variant="primary" disabledReason={denial} onClick={() => setFilters({ new: '1' })}>
      <Plus /> {t('workspaces.create')}
    </Button>
  );
  const editing = data?.find((workspace) => workspace.id === filters.edit);
  return (
    <Page title={t('workspaces.title')} description={t('workspaces.text')} actions={create}>
      <DataTable
        id="workspaces"
        label={t('workspaces.title')}
        columns={columns}
        rows={data}
        rowKey={(workspace) => workspace.id}
        rowName={(workspace) => workspace.name}
        error={error}
        onRetry={() => void refetch()}
        onOpen={(workspace) => void navigate(paths.workspace(organization.slug, workspace.slug))}
        empty={
          <EmptyState icon={Folder} title={t('workspaces.emptyTitle')} action={create}>
            {t('workspaces.emptyText')}
          </EmptyState>
        }
        renderRowActions={(workspace) => (
          <>
            <MenuItem disabledReason={denial} onSelect={() => setFilters({ edit: workspace.id })}>
              <Pencil /> {t('workspaces.edit')}
            </MenuItem>
            <MenuItem danger disabledReason={denial} onSelect={() => setDeleting(workspace)}>
              <Trash2 /> {t('workspaces.delete')}
            </MenuItem>
          </>
        )}
      />
      <Suspense fallback={null}>
        {denial === undefined && (filters.new !== undefined || editing !== undefined) ? (
          <WorkspaceDialog
            workspace={editing}
            onClose={() => setFilters({ new: null, edit: null })}
            onSaved={refresh}
          />
        ) : null}
      </Suspense>
      <ConfirmDialog
        open={deleting !== undefined}
        onOpenChange={() => setDeleting(undefined)}
        destructive
        title={t('workspaces.deleteTitle', { name: deleting?.name ?? '' })}
        confirmLabel={t('workspaces.delete')}
        typeToConfirm={deleting?.slug ?? ''}
        explain={explainError}
        onConfirm={async () => {
          if (deleting === undefined) return;
          await tenancyApi.deleteWorkspace(organization.slug, deleting.slug, deleting.slug);
          toast.success(t('workspaces.deleted', { name: deleting.name }));
          await refresh();
        }}
      >
        <p>{t('workspaces.deleteText')}</p>
      </ConfirmDialog>
    </Page>
  );
}

function useColumns(org: string): readonly Column<Workspace>[] {
  const t = useT('tenancy');
  return [
    {
      id: 'name',
      header: t('workspaces.name'),
      fixed: true,
      value: (workspace) => workspace.name,
      cell: (workspace) => (
        <Link
          to={paths.workspace(org, workspace.slug)}
          className="group/link inline-flex max-w-full items-center gap-1.5 font-medium hover:text-accent-text"
        >
          <span className="truncate">{workspace.name}</span>
          <ArrowUpRight
            aria-hidden
            className="size-3.5 shrink-0 text-ink-3 opacity-0 group-hover/link:opacity-100"
          />
        </Link>
      ),
    },
    {
      id: 'slug',
      header: t('slug.label'),
      from: 'sm',
      value: (workspace) => workspace.slug,
      cell: (workspace) => <code className="font-mono text-xs text-ink-2">{workspace.slug}</code>,
    },
    {
      id: 'role',
      header: t('workspaces.yourRole'),
      from: 'md',
      width: '9rem',
      value: (workspace) => t(`ui:role.${workspace.role}`),
      cell: (workspace) => <Badge>{t(`ui:role.${workspace.role}`)}</Badge>,
    },
    {
      id: 'created',
      header: t('workspaces.created'),
      from: 'md',
      width: '9rem',
      value: (workspace) => workspace.createdAt,
      cell: (workspace) => <RelativeTime at={workspace.createdAt} className="text-ink-2" />,
    },
  ];
}

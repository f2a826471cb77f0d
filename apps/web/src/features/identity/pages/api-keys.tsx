import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useFormat } from '@/app/format.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useT } from '@/app/i18n.ts';
import { usePagedRows } from '@/app/paged-rows.tsx';
import { explainError } from '@/app/problem.ts';
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
import { accountApi, apiKeysQuery, type ApiKeyView } from '../queries.ts';

const CreateApiKeyDialog = lazyNamed(() =>
  import('../create-api-key-dialog.tsx').then((module) => module.CreateApiKeyDialog),
);

/** Keys for command line and machines, across the person's organizations. */
export function ApiKeys() {
  const t = useT('identity');
  const client = useQueryClient();
  const query = useInfiniteQuery(apiKeysQuery);
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKeyView>();
  const paged = usePagedRows(query);
  const columns = useColumns();
  const refresh = () => client.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus /> {t('keys.create')}
    </Button>
  );
  return (
    <Page title={t('keys.title')} description={t('keys.text')} actions={create}>
      <DataTable
        id="api-keys"
        label={t('keys.title')}
        columns={columns}
        {...paged}
        rowKey={(key) => key.id}
        rowName={(key) => key.name}
        empty={
          <EmptyState icon={KeyRound} title={t('keys.emptyTitle')} action={create}>
            {t('keys.emptyText')}
          </EmptyState>
        }
        renderRowActions={(key) => (
          <MenuItem danger onSelect={() => setRevoking(key)}>
            <Trash2 /> {t('keys.revoke')}
          </MenuItem>
        )}
      />
      <Suspense fallback={null}>
        {creating ? <CreateApiKeyDialog onClose={() => setCreating(false)} onCreated={refresh} /> : null}
      </Suspense>
      <ConfirmDialog
        open={revoking !== undefined}
        onOpenChange={() => setRevoking(undefined)}
        title={t('keys.revokeTitle', { name: revoking?.name ?? '' })}
        confirmLabel={t('keys.revoke')}
        destructive
        explain={explainError}
        onConfirm={async () => {
          if (revoking !== undefined) await accountApi.revokeApiKey(revoking.id);
          toast.success(t('keys.revoked'));
          await refresh();
        }}
      >
        <p>{t('keys.revokeText')}</p>
      </ConfirmDialog>
    </Page>
  );
}

function useColumns(): readonly Column<ApiKeyView>[] {
  const t = useT('identity');
  const format = useFormat();
  return [
    {
      id: 'name',
      header: t('keys.name'),
      fixed: true,
      value: (key) => key.name,
      cell: (key) => <span className="font-medium">{key.name}</span>,
    },
    {
      id: 'prefix',
      header: t('keys.prefix'),
      from: 'sm',
      width: '9rem',
      value: (key) => key.prefix,
      cell: (key) => <code className="font-mono text-xs text-ink-2">{key.prefix}…</code>,
    },
    {
      id: 'organization',
      header: t('keys.organization'),
      from: 'md',
      value: (key) => key.organizationSlug,
      cell: (key) => key.organizationSlug,
    },
    {
      id: 'permissions',
      header: t('keys.permissions'),
      from: 'lg',
      width: '8rem',
      value: (key) => key.permissions.length,
      exportValue: (key) => key.permissions.join(' '),
      cell: (key) => <Badge>{t('keys.permissionCount', { count: key.permissions.length })}</Badge>,
    },
    {
      id: 'lastUsed',
      header: t('keys.lastUsed'),
      from: 'md',
      width: '8.5rem',
      value: (key) => key.lastUsedAt,
      cell: (key) =>
        key.lastUsedAt === null ? (
          <span className="text-ink-3">{t('keys.never')}</span>
        ) : (
          <RelativeTime at={key.lastUsedAt} />
        ),
    },
    {
      id: 'expires',
      header: t('keys.expires'),
      width: '8.5rem',
      value: (key) => key.expiresAt,
      cell: (key) => <span className="num">{format.date(key.expiresAt)}</span>,
    },
  ];
}

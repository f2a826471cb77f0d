import type { RecommendationDetail } from '@cloudatlas/contracts/finops';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserRound } from 'lucide-react';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { membersQuery } from '@/features/tenancy/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Menu, MenuChoice } from '@/ui/menu.tsx';
import { toast } from '@/ui/toast-store.ts';
import { recommendationQuery, savingsApi, savingsKey } from '../queries.ts';

const nobody = 'none';

/** Whose the finding is. */
export function Assignee({ finding }: { finding: RecommendationDetail }) {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const organization = useOrganization();
  const denial = useDenial('finops:recommend');
  const { data: members } = useQuery(membersQuery(organization.slug));
  const assign = useMutation({
    mutationFn: (userId: string | null) => savingsApi.assign(place, finding.id, userId),
    onSuccess: (next) => {
      client.setQueryData(recommendationQuery(place, finding.id).queryKey, next);
      void client.invalidateQueries({ queryKey: savingsKey(place, 'recommendations', 'list') });
    },
    onError: (error) => toast.error(explainError(error)),
  });
  const button = (
    <Button variant="ghost" loading={assign.isPending} disabledReason={denial}>
      <UserRound /> {finding.assignee?.name ?? t('assignee.action')}
    </Button>
  );
  if (denial !== undefined) return button;
  return (
    <Menu label={t('assignee.action')} trigger={button}>
      <MenuChoice
        value={finding.assignee?.id ?? nobody}
        onChange={(value) => assign.mutate(value === nobody ? null : value)}
        options={[
          { value: nobody, label: t('assignee.none') },
          ...(members ?? []).map(({ userId, name }) => ({ value: userId, label: name })),
        ]}
      />
    </Menu>
  );
}

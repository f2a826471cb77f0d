import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Sheet } from '@/ui/sheet.tsx';
import { ActionReport } from '../act/action-report.tsx';
import { useSavingsPaths } from '../paths.ts';
import { actionQuery } from '../queries.ts';
import { useLocal } from '../words.ts';

/** One action beside the timeline. */
export function Action() {
  const t = useT('savings');
  const local = useLocal();
  const to = useSavingsPaths();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { actionId = '' } = useParams();
  const { data } = useQuery(actionQuery(useWorkspacePlace(), actionId));
  const search = params.toString();
  return (
    <Sheet
      open
      onOpenChange={() =>
        void navigate(`${to.actions}${search === '' ? '' : `?${search}`}`, { preventScrollReset: true })
      }
      title={data === undefined ? t('actions.one') : local(data.title)}
      {...(data === undefined ? {} : { description: `${data.resource.name} · ${data.accountName}` })}
    >
      <div className="flex flex-col gap-5">
        <ActionReport actionId={actionId} />
        {data === undefined ? null : (
          <Link
            to={to.recommendation(data.recommendationId)}
            className="w-fit font-medium text-accent-text underline-offset-3 hover:underline"
          >
            {t('actions.seeFinding')}
          </Link>
        )}
      </div>
    </Sheet>
  );
}

import i18next from 'i18next';
import { useT } from '@/app/i18n.ts';

/** Words for an action such as `member.role_changed`; one without words is shown as it is. */
export function useActionName(): (action: string) => string {
  const t = useT('audit');
  return (action) => {
    const name = action.replaceAll('.', '_');
    return i18next.exists(`action.${name}`, { ns: 'audit' }) ? t(`action.${name}`) : action;
  };
}

import type { PermissionFinding } from '@cloudatlas/contracts/cloud';
import { Check, ChevronRight, CircleHelp, X } from 'lucide-react';
import { useState } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { Badge } from '@/ui/badge.tsx';
import { Switch } from '@/ui/choice.tsx';
import { allFeatures } from './queries.ts';

const order = { no: 0, unknown: 1, yes: 2 } as const;

/** Permissions by what they are for, missing ones first. */
export function PermissionTable({ permissions }: { permissions: readonly PermissionFinding[] }) {
  const t = useT('accounts');
  const missing = permissions.filter((finding) => finding.granted === 'no').length;
  const [all, setAll] = useState(missing === 0);
  const groups = allFeatures
    .map((feature) => ({
      feature,
      findings: permissions
        .filter((finding) => finding.feature === feature)
        .toSorted((a, b) => order[a.granted] - order[b.granted] || (a.action < b.action ? -1 : 1)),
    }))
    .filter((group) => group.findings.length > 0);
  return (
    <div className="flex flex-col gap-3">
      {missing === 0 ? null : (
        <label className="flex items-center gap-2 text-ink-2">
          <Switch
            aria-label={t('permissions.onlyMissing')}
            checked={!all}
            onCheckedChange={(only) => setAll(!only)}
          />
          {t('permissions.onlyMissing')}
        </label>
      )}
      {groups.map((group) => (
        <FeatureGroup key={group.feature} {...group} all={all} />
      ))}
    </div>
  );
}

interface FeatureGroupProps {
  feature: PermissionFinding['feature'];
  findings: readonly PermissionFinding[];
  all: boolean;
}

function FeatureGroup({ feature, findings, all }: FeatureGroupProps) {
  const t = useT('accounts');
  const format = useFormat();
  const missing = findings.filter((finding) => finding.granted === 'no').length;
  const shown = all ? findings : findings.filter((finding) => finding.granted !== 'yes');
  return (
    <details open={missing > 0} className="group overflow-hidden rounded-md border border-line">
      <summary className="flex list-none items-center gap-3 bg-sunken px-3 py-2 focus-visible:-outline-offset-2">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-3 group-open:rotate-90" />
        <h3 className="min-w-0 flex-1 font-medium">{t(`feature.${feature}.title`)}</h3>
        <Badge tone={missing === 0 ? 'ok' : 'warn'} dot>
          {missing === 0
            ? t('permissions.complete', { count: findings.length, formatted: format.number(findings.length) })
            : t('permissions.missing', { count: missing, formatted: format.number(missing) })}
        </Badge>
      </summary>
      {shown.length === 0 ? null : (
        <ul className="divide-y divide-line border-t border-line">
          {shown.map((finding) => (
            <Finding key={finding.action} finding={finding} />
          ))}
        </ul>
      )}
    </details>
  );
}

const marks = {
  yes: <Check aria-hidden className="size-4 text-ok-text" />,
  no: <X aria-hidden className="size-4 text-danger-text" />,
  unknown: <CircleHelp aria-hidden className="size-4 text-ink-3" />,
} as const;

function Finding({ finding }: { finding: PermissionFinding }) {
  const t = useT('accounts');
  return (
    <li className="flex items-start gap-2.5 px-3 py-1.5">
      <span className="mt-0.5 shrink-0">{marks[finding.granted]}</span>
      <span className="min-w-0 flex-1">
        <code className="font-mono text-xs">{finding.action}</code>
        {finding.granted === 'yes' ? null : (
          <span className="block text-xs text-ink-3">{finding.reason}</span>
        )}
      </span>
      <span className="shrink-0 text-xs text-ink-2">{t(`permissions.${finding.granted}`)}</span>
    </li>
  );
}

import type { PlannedAction, Rule } from './rule.ts';

/*
 * The documentation page of a provider's rules, made of the catalogue. `npm run docs:rules`
 * writes it; a test fails when it was forgotten.
 */

const ACTIONS: Readonly<Record<PlannedAction['kind'], string>> = {
  operations: 'changes it',
  snapshot_delete: 'snapshot, then delete',
  quarantine_delete: 'set aside 24 hours, then delete',
  schedule: 'start and stop by schedule',
};
const UNDO = { R: 'reversible', S: 'restorable, new id', N: 'final' } as const;
const METHODS = {
  M0: 'no amount',
  M1: 'actual cost × 30.44 days',
  M2: 'actual cost × price ratio',
  M3: 'list price',
  M4: 'share of idle hours',
  M5: 'simulation',
} as const;

function row(cells: readonly string[], widths: readonly number[]): string {
  return `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
}

/** A table whose columns are as wide as their widest cell, as the formatter leaves it. */
function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...body].map((cells) => cells[i]?.length ?? 0)));
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [row(head, widths), rule, ...body.map((cells) => row(cells, widths))].join('\n');
}

function code(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join(', ');
}

function metrics(rule: Rule): string[] {
  if (rule.metrics.length === 0) return [];
  const names = rule.metrics.map(
    ({ metric, statistic, type }) => `${type ? `${type} ` : ''}${metric} (${statistic})`,
  );
  return [`- **Metrics** (up to ${rule.lookbackDays} days): ${code(names)}`];
}

function permissions(rule: Rule): string {
  const parts = [
    `read ${code(rule.permissions.read)}`,
    ...(rule.permissions.apply.length > 0 ? [`apply ${code(rule.permissions.apply)}`] : []),
    ...(rule.permissions.undo.length > 0 ? [`undo ${code(rule.permissions.undo)}`] : []),
  ];
  return `- **Permissions**: ${parts.join('; ')}`;
}

function section(rule: Rule): string {
  const parameters = Object.entries(rule.parameters).map(
    ([id, p]) => `  - \`${id}\` ${p.label.en}: ${p.default} ${p.unit} (${p.minimum} to ${p.maximum})`,
  );
  const needs = [rule.resourceType, ...(rule.needsTypes ?? [])];
  return [
    `## ${rule.id}`,
    '',
    `${rule.title.en} · ${rule.title['pt-BR']}`,
    '',
    `- **Fires when**: ${rule.criterion.en}`,
    `- **Remedy**: ${rule.remedy.en}`,
    `- **Saving**: ${rule.saving}, ${METHODS[rule.saving]}`,
    `- **Action**: ${rule.action === null ? 'advice' : ACTIONS[rule.action]}; undo class ${rule.undoClass}, ${UNDO[rule.undoClass]}; ${rule.restart ? 'with' : 'without'} restart`,
    `- **Confidence** ${rule.confidence}, **effort** ${rule.effort}`,
    `- **Reads**: ${code(needs)}`,
    ...metrics(rule),
    ...(parameters.length > 0 ? ['- **Parameters**', ...parameters] : []),
    permissions(rule),
  ].join('\n');
}

/** Markdown of a provider's rules. */
export function documentRules(provider: string, rules: readonly Rule[]): string {
  const own = rules.filter((rule) => rule.provider === provider);
  const applied = own.filter((rule) => rule.action !== null).length;
  const overview = table(
    ['Rule', 'What', 'Saving', 'Action', 'Undo'],
    own.map((rule) => [
      rule.id,
      rule.title.en,
      rule.saving,
      rule.action === null ? 'advice' : ACTIONS[rule.action],
      rule.undoClass,
    ]),
  );
  return [
    `# Savings rules: ${provider}`,
    '',
    '<!-- Made by `npm run docs:rules` from the catalogue. Do not edit. -->',
    '',
    `${own.length} rules, ${applied} of them can be applied from here. Savings: ${Object.entries(METHODS)
      .map(([id, text]) => `${id} ${text}`)
      .join(
        '; ',
      )}. Undo: R reversible, S restorable with a new id, N final (set aside for 24 hours first, or advice).`,
    '',
    overview,
    '',
    own.map(section).join('\n\n'),
    '',
  ].join('\n');
}

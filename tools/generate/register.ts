import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where a module stands: it may import what is lower. 1 is audit, 7 the operations panel (docs/ARCHITECTURE.md). */
export const LOWEST_NEW_RANK = 2;
export const HIGHEST_RANK = 7;

interface ElementSelector {
  element: { captured?: { name: string | string[] }; fileInternalPath?: string };
}
interface LintConfig {
  rules: {
    'boundaries/dependencies': [
      string,
      { policies: { from: ElementSelector; allow: { to: ElementSelector } }[] },
    ];
  };
}

/**
 * Gives a module its rank in the lint rules: it may import lower modules, higher ones may import it.
 *
 * @returns the changed configuration as text
 */
export function rankModule(configuration: string, name: string, rank: number): string {
  const config = JSON.parse(configuration) as LintConfig;
  const policies = config.rules['boundaries/dependencies'][1].policies.filter(
    ({ allow }) => allow.to.element.fileInternalPath === 'index.ts',
  );
  // One policy per rank from 2 upwards, in order: who (from) may import whom (to).
  for (const [index, { from, allow }] of policies.entries()) {
    if (index + LOWEST_NEW_RANK === rank) from.element.captured = addName(from, name);
    if (index + LOWEST_NEW_RANK > rank) allow.to.element.captured = addName(allow.to, name);
  }
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

function addName({ element }: ElementSelector, name: string): { name: string[] } {
  const names = [element.captured?.name ?? []].flat();
  return { name: names.includes(name) ? names : [...names, name] };
}

/**
 * Adds a module to the composition root.
 *
 * @param source text of apps/server/src/modules.ts
 * @throws Error naming the place that was not found
 */
export function composeModule(source: string, name: string): string {
  const moduleName = `${name}Module`;
  const edits: [RegExp, string][] = [
    [
      /(?=import type \{ MigrationSource \})/,
      `import { ${moduleName} } from './modules/${name}/module.ts';\n`,
    ],
    [
      /(?=^ *const parts: ModuleParts<unknown>\[\] = \[)/m,
      `  const ${name} = ${moduleName}.build(platform, { audit: audit.service });\n`,
    ],
    [/(?<=const parts: ModuleParts<unknown>\[\] = \[[^\]]*?)(?=,?\s*\];)/, `, ${name}`],
    [/(?<=services: \{[^}]*?)(?=,?\s*\})/, `, ${name}: ${name}.service`],
    [/(?<=const withTables = \[[^\]]*?)(?=,?\s*\];)/, `, ${moduleName}`],
  ];
  return edits.reduce((text, [place, addition]) => {
    if (!place.test(text))
      throw new Error(`apps/server/src/modules.ts: the place ${place.source} was not found`);
    return text.replace(place, addition);
  }, source);
}

/** Changes a file by a function of its text. */
export async function editFile(root: string, name: string, change: (text: string) => string): Promise<void> {
  const file = path.join(root, name);
  await writeFile(file, change(await readFile(file, 'utf8')));
}

import { z } from 'zod';

/** A setting could not be read; the message says which, why and how to mend it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** One module's settings: a prefix and a zod shape over the names behind it. */
export interface ConfigSection<Shape extends z.ZodRawShape> {
  name: string;
  /** Put before each key, e.g. `COSTS_`; empty for the platform. */
  prefix: string;
  shape: Shape;
  /** Keys whose values `--print-config` masks. */
  secrets: readonly (keyof Shape & string)[];
}

/** Any module's section, for listings. */
export interface AnyConfigSection {
  name: string;
  prefix: string;
  shape: z.ZodRawShape;
  secrets: readonly string[];
}

/**
 * Declares settings read from the environment.
 * @param prefix put before each key of `shape` to get the variable's name
 */
export function defineConfig<Shape extends z.ZodRawShape>(
  name: string,
  prefix: string,
  shape: Shape,
  secrets: readonly (keyof Shape & string)[] = [],
): ConfigSection<Shape> {
  return { name, prefix, shape, secrets };
}

/**
 * Reads one section. Empty variables count as absent, so that `FOO=` in an env file means the default.
 * @throws ConfigError naming every wrong variable
 */
export function readConfig<Shape extends z.ZodRawShape>(
  section: Pick<ConfigSection<Shape>, 'prefix' | 'shape'>,
  env: NodeJS.ProcessEnv,
): z.infer<z.ZodObject<Shape>> {
  const values: Record<string, string> = {};
  for (const key of Object.keys(section.shape)) {
    const value = env[section.prefix + key];
    if (value !== undefined && value !== '') values[key] = value;
  }
  const result = z.object(section.shape).safeParse(values);
  if (result.success) return result.data;
  const lines = result.error.issues.map(
    (issue) => `  ${section.prefix}${issue.path.join('.')}: ${issue.message}`,
  );
  throw new ConfigError(`Wrong settings in the environment:\n${lines.join('\n')}`);
}

/** Lines `NAME=value` of a read section, secrets masked, for `--print-config`. */
export function printConfig(section: AnyConfigSection, values: object): string[] {
  const record = values as Record<string, unknown>;
  return Object.keys(section.shape).map((key) => {
    const value = record[key];
    const masked = section.secrets.includes(key) && value !== undefined ? '********' : value;
    const plain = masked instanceof Map ? Object.fromEntries(masked) : masked;
    const text = plain === undefined ? '' : typeof plain === 'string' ? plain : JSON.stringify(plain);
    return `${section.prefix}${key}=${text}`;
  });
}

/** `true/false`, `1/0`, `yes/no`, `on/off`. */
export const booleanSetting = z.stringbool();

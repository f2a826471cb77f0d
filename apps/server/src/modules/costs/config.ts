import path from 'node:path';
import { z } from 'zod';
import { defineConfig, readConfig } from '#platform/config/config.ts';
import type { PlatformConfig } from '#platform/config/platform-config.ts';
import type { ObjectRootOptions } from './lake/objectRoot.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

export const costsSection = defineConfig(
  'costs',
  '',
  {
    /** The cost lake: a folder (`file:`, by default `lake` in ATLAS_DATA_DIR; a shared volume for several machines) or `s3://bucket/prefix`. */
    COST_LAKE_URL: z
      .string()
      .regex(/^(file|s3):/, 'must begin with file: or s3:')
      .optional(),
    /** Address of the object store of an `s3:` lake where it is not AWS's. Credentials and region come from the environment, as the AWS SDK reads them. */
    COST_LAKE_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    /** Where the copies of an `s3:` lake lie; by default `lake-copies` in ATLAS_DATA_DIR. */
    COST_LAKE_CACHE_DIR: z.string().optional(),
    /** Size to which these copies are cut back, in MiB. */
    COST_LAKE_CACHE_MIB: z.coerce.number().int().min(64).max(10_000_000).default(10_240),
    /** A ClickHouse server for the line items instead of the lake: http://user:password@host:8123/database. */
    CLICKHOUSE_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Where uploads and reject files lie; by default `uploads/costs` in ATLAS_DATA_DIR. */
    COST_UPLOAD_DIR: z.string().optional(),
    /** Largest uploaded file, in bytes. */
    COST_MAX_UPLOAD_BYTES: z.coerce
      .number()
      .int()
      .min(1_000_000)
      .default(20 * GIB),
    /** Folder that is watched: files in `<organization slug>/<workspace slug>/` are imported and then moved to `.done` or `.failed`. */
    COST_WATCH_DIR: z.string().optional(),
    /** Memory of each of the two query engines (pages, imports), in MiB. */
    COST_MEMORY_MIB: z.coerce.number().int().min(128).max(65_536).default(512),
  },
  ['CLICKHOUSE_URL'],
);

export interface CostsConfig {
  lakeUrl: string;
  /** Of an `s3:` lake. */
  lakeCopies: ObjectRootOptions;
  clickhouseUrl: string | undefined;
  uploadFolder: string;
  maxUploadBytes: number;
  watchFolder: string | undefined;
  memoryMiB: number;
}

/** Reads the settings; folders are absolute. @throws ConfigError */
export function readCostsConfig(platform: PlatformConfig, env: NodeJS.ProcessEnv): CostsConfig {
  const settings = readConfig(costsSection, env);
  const data = path.resolve(platform.ATLAS_DATA_DIR);
  return {
    lakeUrl: settings.COST_LAKE_URL ?? `file:${path.join(data, 'lake')}`,
    lakeCopies: {
      cacheFolder: path.resolve(settings.COST_LAKE_CACHE_DIR ?? path.join(data, 'lake-copies')),
      cacheBytes: settings.COST_LAKE_CACHE_MIB * MIB,
      endpoint: settings.COST_LAKE_ENDPOINT,
    },
    clickhouseUrl: settings.CLICKHOUSE_URL,
    uploadFolder: path.resolve(settings.COST_UPLOAD_DIR ?? path.join(data, 'uploads', 'costs')),
    maxUploadBytes: settings.COST_MAX_UPLOAD_BYTES,
    watchFolder: settings.COST_WATCH_DIR === undefined ? undefined : path.resolve(settings.COST_WATCH_DIR),
    memoryMiB: settings.COST_MEMORY_MIB,
  };
}

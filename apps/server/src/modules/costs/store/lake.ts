import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { CostsConfig } from '../config.ts';
import { ClickHouseCostStore } from '../lake/clickhouseStore.ts';
import { DuckEngine } from '../lake/duck.ts';
import { DuckCostStore } from '../lake/duckStore.ts';
import { openRoot } from '../lake/openRoot.ts';
import type { CostStore } from '../lake/store.ts';

/** The store with the engine that reads files. */
export interface OpenLake {
  engine: DuckEngine;
  store: CostStore;
}

/** The cost store of the process, opened when it is first needed. Pages and imports have an engine each, so that neither waits for the other. */
export interface Lake {
  /** For questions of pages. */
  forPages(): Promise<OpenLake>;
  /** For imports, roll-ups and upkeep. */
  forWork(): Promise<OpenLake>;
  /** Closes what is open; opened again when it is needed again. */
  close(): Promise<void>;
}

export function createLake(config: CostsConfig): Lake {
  async function open(concurrency: number): Promise<OpenLake> {
    const spill = path.join(config.uploadFolder, '.spill');
    await mkdir(spill, { recursive: true });
    const engine = await DuckEngine.open({ memoryMiB: config.memoryMiB, concurrency, tempDirectory: spill });
    const store =
      config.clickhouseUrl === undefined
        ? new DuckCostStore(engine, await openRoot(config.lakeUrl, config.lakeCopies))
        : new ClickHouseCostStore(config.clickhouseUrl);
    return { engine, store };
  }

  const opened: { pages?: Promise<OpenLake> | undefined; work?: Promise<OpenLake> | undefined } = {};
  function once(kind: 'pages' | 'work', concurrency: number): Promise<OpenLake> {
    const lake = (opened[kind] ??= open(concurrency));
    // A failed opening is tried again by the next caller.
    lake.catch(() => {
      if (opened[kind] === lake) opened[kind] = undefined;
    });
    return lake;
  }

  return {
    forPages: () => once('pages', 4),
    forWork: () => once('work', 2),
    async close() {
      const lakes = [opened.pages, opened.work];
      opened.pages = undefined;
      opened.work = undefined;
      for (const lake of lakes) {
        const found = await lake?.catch(() => undefined);
        await found?.store.close();
        await found?.engine.close();
      }
    },
  };
}

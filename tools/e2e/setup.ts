import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { TestProject } from 'vitest/node';

import { HOW_TO_INSTALL, findChromium } from '../verify/chromium.ts';
import { type RunningAtlas, startAtlas } from './start-atlas.ts';

/** What a browser test is given: `inject('atlas')`. */
export interface AtlasUnderTest {
  /** Origin of the running product, without a trailing slash. */
  readonly url: string;
  readonly demo: { readonly email: string; readonly password: string };
  /** The browser's program, for playwright's `executablePath`. */
  readonly chromium: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    atlas: AtlasUnderTest;
  }
}

/** Starts the product the way a user does, on an empty data folder and any free port. Returns its end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = findChromium();
  if (chromium === undefined) throw new Error(HOW_TO_INSTALL);
  const folder = await mkdtemp(path.join(tmpdir(), 'cloudatlas-e2e-'));
  let atlas: RunningAtlas | undefined;
  const end = async (): Promise<void> => {
    await atlas?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    atlas = await startAtlas({ dataFolder: path.join(folder, 'data') });
    if (atlas.demo === undefined) throw new Error(`the start printed no demo sign-in:\n${atlas.output()}`);
    project.provide('atlas', { url: atlas.url, demo: atlas.demo, chromium });
    return end;
  } catch (error) {
    await end();
    throw error;
  }
}

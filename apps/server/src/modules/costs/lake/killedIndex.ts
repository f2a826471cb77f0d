/** Test support: a process that indexes a lake and may be killed at any instant. Argument: home. */
import path from 'node:path';
import { DuckEngine } from './duck.ts';
import { DuckCostStore } from './duckStore.ts';
import { LocalManifest } from './localManifest.ts';
import { indexAll } from './maintenance.ts';
import { FileRoot } from './root.ts';

const [home = ''] = process.argv.slice(2);
const engine = await DuckEngine.open({ tempDirectory: path.join(home, 'tmp') });
const store = new DuckCostStore(engine, new FileRoot(`file:${path.join(home, 'lake')}`));
process.send?.('ready');
await indexAll({ store, manifest: new LocalManifest(path.join(home, 'manifest.json')) }, 'org');
await engine.close();
process.exit(0);

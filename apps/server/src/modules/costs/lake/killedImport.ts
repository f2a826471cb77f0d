/** Test support: a process that imports a file and may be killed at any instant. Arguments: home, file. */
import path from 'node:path';
import { importFiles } from '../ingest/importFiles.ts';
import { DuckEngine } from './duck.ts';
import { DuckCostStore } from './duckStore.ts';
import { LocalManifest } from './localManifest.ts';
import { FileRoot } from './root.ts';

const [home = '', file = ''] = process.argv.slice(2);
const engine = await DuckEngine.open({ tempDirectory: path.join(home, 'tmp') });
const store = new DuckCostStore(engine, new FileRoot(`file:${path.join(home, 'lake')}`));
process.send?.('ready');
await importFiles(
  { engine, store, manifest: new LocalManifest(path.join(home, 'manifest.json')) },
  [{ path: file, name: 'two.csv' }],
  {
    organizationId: 'org',
    force: true,
  },
);
await engine.close();
process.exit(0);

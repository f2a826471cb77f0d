import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createApplication } from '../bootstrap.ts';
import { createAtlasHttp } from '../http-app.ts';

/** `npm run openapi`: writes the OpenAPI document and the TypeScript types made of it. Needs no database. */
const folder = new URL('../../../../packages/api-client/', import.meta.url);
const document = new URL('openapi.json', folder);
const types = new URL('src/schema.d.ts', folder);
const generator = new URL('../../../../tools/openapi/generate.mjs', import.meta.url);

const env = {
  NODE_ENV: 'test',
  DATABASE_URL: 'postgres://nobody@localhost:1/none',
  SECRET_KEY: randomBytes(32).toString('hex'),
  ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  LOG_LEVEL: 'warn',
};
const application = createApplication({ env, defaultPublicUrl: 'http://localhost' });
const http = await createAtlasHttp(application, { api: true });
await http.ready();
await mkdir(new URL('src/', folder), { recursive: true });
await writeFile(document, `${JSON.stringify(http.swagger(), null, 2)}\n`);
await http.close();
await application.close();
await promisify(execFile)(process.execPath, [
  fileURLToPath(generator),
  fileURLToPath(document),
  fileURLToPath(types),
]);
process.stdout.write('Wrote packages/api-client/openapi.json and src/schema.d.ts\n');

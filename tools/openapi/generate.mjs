// Makes the types of the web app and of API clients: node generate.mjs OPENAPI.json OUT.d.ts
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const [document, out] = process.argv.slice(2);
const nodes = await openapiTS(pathToFileURL(document), { exportType: true, defaultNonNullable: false });
await writeFile(
  out,
  `// Made by \`npm run openapi\` from openapi.json; do not edit.\n\n${astToString(nodes)}`,
);

// `npm start`: everything CloudAtlas needs on one machine. This file must parse on old versions of Node, so that they
// get a sentence instead of a syntax error; the work is in lib/ (any Node >= 20) and launch/ (Node 24).
const major = Number(process.versions.node.split('.')[0]);

if (major < 20) {
  console.error(
    'CloudAtlas could not start: it needs Node 20 or newer, this is ' +
      process.version +
      '.\n  Install a newer one from https://nodejs.org and run npm start again.',
  );
  process.exit(1);
}

const { fail } = await import('./lib/failure.mjs');
try {
  const { projectRoot, ensureInstalled, nodeProgram } = await import('./lib/install.mjs');
  const { supervise } = await import('./lib/supervise.mjs');
  await ensureInstalled(projectRoot);
  process.exitCode = await supervise(nodeProgram(projectRoot), 'tools/launch/main.ts', process.argv.slice(2));
} catch (error) {
  fail(error);
}

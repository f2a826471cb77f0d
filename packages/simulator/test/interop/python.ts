import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `INTEROP_PYTHON` names the interpreter of a virtual environment; the system's own has the distribution's packages. */
const INTERPRETERS = [process.env['INTEROP_PYTHON'], 'python3', '/usr/bin/python3'];

/** The first interpreter that can run a line of Python, e.g. `import msal`; undefined when there is none. */
export async function pythonWith(line: string): Promise<string | undefined> {
  for (const interpreter of INTERPRETERS) {
    if (interpreter === undefined || interpreter === '') continue;
    try {
      await run(interpreter, ['-W', 'ignore', '-c', line], { timeout: 60_000 });
      return interpreter;
    } catch {
      // Not there or without the package: the next one may have it.
    }
  }
  return undefined;
}

/**
 * Runs a script of this folder with facts as its argument (JSON) and answers what it printed (JSON).
 * @param ca PEM of the certificate that `requests` must trust, and no other.
 */
export async function runScript(
  interpreter: string,
  script: string,
  facts: object,
  ca?: string,
): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-interop-'));
  try {
    const bundle = join(folder, 'ca.pem');
    if (ca !== undefined) await writeFile(bundle, ca);
    const path = fileURLToPath(new URL(script, import.meta.url));
    const { stdout } = await run(interpreter, ['-W', 'ignore', '-B', path, JSON.stringify(facts)], {
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        ...(ca === undefined ? {} : { REQUESTS_CA_BUNDLE: bundle }),
      },
      timeout: 240_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(stdout) as unknown;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

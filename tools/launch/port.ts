import { once } from 'node:events';
import { createServer } from 'node:net';

import { Failure } from '../lib/failure.mjs';

/**
 * Checks that a server may listen on an address, so that a taken port is said before anything slow begins.
 *
 * @throws Failure
 */
export async function checkPort(host: string, port: number): Promise<void> {
  const probe = createServer();
  try {
    probe.listen({ host, port, exclusive: true });
    await once(probe, 'listening');
    probe.close();
    await once(probe, 'close');
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, host, port);
  }
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Failure {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Failure(
        `port ${port} on ${host} is already in use`,
        `Stop the program that uses it, or choose another port: ATLAS_PORT=${port < 65_000 ? port + 1 : 4701} npm start`,
      );
    case 'EACCES':
      return new Failure(
        `this user may not listen on port ${port}`,
        'Choose a port above 1023 with ATLAS_PORT.',
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Failure(
        `${host} is no address of this machine`,
        'Correct ATLAS_HOST (127.0.0.1 for this machine only, 0.0.0.0 for the network).',
      );
    default:
      return new Failure(
        `cannot listen on ${host}:${port} (${error.code ?? error.message})`,
        'Choose another ATLAS_HOST or ATLAS_PORT.',
      );
  }
}

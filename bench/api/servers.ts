/**
 * One of the two compared servers, as a process of its own: `node servers.ts atlas|bare`.
 * Reads its settings from the environment, prints `{url, path, headers}` as one line of JSON and runs until SIGTERM.
 */
import Fastify from 'fastify';
import pg from 'pg';
import { createApplication } from '../../apps/server/src/bootstrap.ts';
import { createAtlasHttp } from '../../apps/server/src/http-app.ts';
import { createLogger } from '../../apps/server/src/platform/log/log.ts';

const organizationId = process.env.BENCH_ORGANIZATION ?? '';

async function atlas(): Promise<void> {
  const application = createApplication({ defaultPublicUrl: 'http://localhost', log: createLogger('warn') });
  const http = await createAtlasHttp(application, { api: true });
  const url = await http.listen({ host: '127.0.0.1', port: 0 });
  announce(url, async () => {
    await http.close();
    await application.close();
  });
}

/** The handler somebody would write who needs no tenants, roles, schemas or audit: same query, same JSON. */
async function bare(): Promise<void> {
  // As the superuser, whom row level security does not concern.
  const pool = new pg.Pool({ connectionString: process.env.BENCH_ADMIN_URL, max: 10 });
  const app = Fastify();
  app.get('/workspaces', async () => {
    const { rows } = await pool.query(
      `select workspace.*, override.role as override_role
       from tenancy.workspace workspace
       left join tenancy.member member on member.user_id = $2
       left join tenancy.workspace_role override on override.workspace_id = workspace.id and override.member_id = member.id
       where workspace.organization_id = $1 order by workspace.name, workspace.id limit 51`,
      [organizationId, process.env.BENCH_USER],
    );
    const permissions = (process.env.BENCH_PERMISSIONS ?? '').split(',');
    const items = rows.slice(0, 50).map((row) => ({
      id: row.id,
      slug: row.slug,
      name: row.name,
      createdAt: row.created_at.toISOString(),
      role: row.override_role ?? 'owner',
      permissions,
    }));
    return { items, nextCursor: null };
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  announce(url, async () => {
    await app.close();
    await pool.end();
  });
}

function announce(url: string, close: () => Promise<void>): void {
  process.once('SIGTERM', () => void close().then(() => process.exit(0)));
  process.stdout.write(`${JSON.stringify({ url })}\n`);
}

await (process.argv[2] === 'atlas' ? atlas() : bare());

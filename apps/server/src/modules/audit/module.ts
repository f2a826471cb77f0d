import { z } from 'zod';
import { defineJob } from '#platform/jobs/jobs.ts';
import { defineModule } from '#platform/module.ts';
import { auditRoutes } from './routes.ts';
import { createAuditService, type AuditService } from './service.ts';
import type { AuditTables } from './tables.ts';
import { writeCheckpoints } from './verify.ts';

export const auditModule = defineModule<Record<string, never>, AuditService>({
  name: 'audit',
  migrations: new URL('./migrations/', import.meta.url),
  build({ db: database, clock, config }) {
    const db = database.withTables<AuditTables>();
    const service = createAuditService(db, clock);
    return {
      service,
      routes: auditRoutes(db, config.SECRET_KEY, service),
      jobs: [
        defineJob({
          name: 'audit.checkpoint',
          schema: z.object({}),
          cron: { expression: '17 * * * *', payload: {} },
          handler: async (_payload, { log }) => {
            const signed = await db.inSystem('sign audit checkpoints', (tx) =>
              writeCheckpoints(tx, config.SECRET_KEY, clock.now()),
            );
            log.info({ signed }, 'audit checkpoints signed');
          },
        }),
      ],
    };
  },
});

import { defineModule } from '#platform/module.ts';
import { dashboardRoutes } from './routes.ts';
import { createDashboardsService, type DashboardsService } from './service.ts';
import type { DashboardsTables } from './tables.ts';

export const dashboardsModule = defineModule<object, DashboardsService>({
  name: 'dashboards',
  migrations: new URL('./migrations/', import.meta.url),
  build(platform) {
    const service = createDashboardsService(platform.db.withTables<DashboardsTables>(), platform.clock);
    return { service, routes: dashboardRoutes(service) };
  },
});

import type { AccountsService } from '#modules/accounts/index.ts';
import type { AuditService } from '#modules/audit/index.ts';
import type { IdentityService } from '#modules/identity/index.ts';
import type { TenancyService } from '#modules/tenancy/index.ts';
import { defineJob } from '#platform/jobs/jobs.ts';
import { defineModule } from '#platform/module.ts';
import { costsSection, readCostsConfig } from './config.ts';
import { createImports } from './imports/imports.ts';
import { createProof } from './imports/proof.ts';
import { createImportRun } from './imports/run.ts';
import { createUploadFolder } from './imports/upload-folder.ts';
import { importJob, rollUpJob, verifyJob } from './jobs.ts';
import { createQuestions } from './questions/questions.ts';
import { importRoutes } from './routes/imports.ts';
import { questionRoutes } from './routes/questions.ts';
import { settingsRoutes } from './routes/settings.ts';
import { createSettings } from './settings/settings.ts';
import { createData } from './store/data.ts';
import { createLake } from './store/lake.ts';
import { rollUp } from './store/rollup.ts';
import type { CostsTables } from './tables.ts';

export interface CostsNeeds {
  audit: AuditService;
  identity: IdentityService;
  tenancy: TenancyService;
  accounts: AccountsService;
}

/** What other modules may do with costs. */
export interface CostsService {
  /** Brings the roll-up of a workspace to its data. */
  rollUp(scope: { organizationId: string; workspaceId: string }): Promise<number>;
}

export const costsModule = defineModule<CostsNeeds, CostsService>({
  name: 'costs',
  config: costsSection,
  migrations: new URL('./migrations/', import.meta.url),
  build(platform, { audit, accounts }) {
    const config = readCostsConfig(platform.config, platform.env);
    const db = platform.db.withTables<CostsTables>();
    const lake = createLake(config);
    const data = createData(platform, db, lake);
    const folder = createUploadFolder(config.uploadFolder, config.maxUploadBytes);
    const imports = createImports(platform, db, audit, folder);
    const proof = createProof(platform, db, data, audit);
    const questions = createQuestions(db, data, accounts);
    return {
      service: { rollUp: (scope) => rollUp(db, lake, scope, new AbortController().signal) },
      routes: [...questionRoutes(questions, data), ...importRoutes(imports, proof, platform.events, config.maxUploadBytes), ...settingsRoutes(createSettings(platform, db, audit))],
      jobs: [
        defineJob({ ...importJob, handler: createImportRun(platform, db, data, imports, folder) }),
        defineJob({
          ...rollUpJob,
          async handler(scope, { signal }) {
            await rollUp(db, lake, scope, signal);
          },
        }),
        defineJob({ ...verifyJob, handler: (scope, { signal }) => proof.verify(scope, signal) }),
      ],
      shutdown: () => lake.close(),
    };
  },
});

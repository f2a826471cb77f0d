import { staffRoles, type StaffRole } from '@cloudatlas/contracts/permissions';
import { createApplication } from '../bootstrap.ts';
import { messageOf } from '../platform/errors/app-error.ts';

const usage = `Usage: grant-staff EMAIL ${staffRoles.join('|')}|none\n`;

function readRole(text: string | undefined): StaffRole | null | undefined {
  return text === 'none' ? null : staffRoles.find((role) => role === text);
}

/** Gives a user a role among the operator's staff, or takes it with `none`. There is no other way to one. */
const [email, roleName, ...rest] = process.argv.slice(2);
const role = readRole(roleName);
if (email === undefined || role === undefined || rest.length > 0) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  try {
    const application = createApplication({ defaultPublicUrl: 'http://localhost' });
    try {
      const user = await application.services.identity.grantStaff(email, role);
      process.stdout.write(`${user.name} <${user.email}>: ${role ?? 'no staff role'}\n`);
    } finally {
      await application.close();
    }
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

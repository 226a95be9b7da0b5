import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { difference, MIGRATIONS, withScratchEngine } from '../store/migrate.js';

// `npm run migrate -- name`: writes a new migration from prisma/schema.prisma. Nothing is applied: that happens at start.

const name = process.argv[2]
  ?.trim()
  .toLowerCase()
  .replace(/[^a-z0-9]+/g, '_');
if (!name) {
  process.stderr.write('Usage: npm run migrate -- <name>, for instance: npm run migrate -- add_loan_cars\n');
  process.exit(2);
}

const script = await withScratchEngine(difference);
if (script === '') {
  process.stdout.write('prisma/schema.prisma and prisma/migrations already agree: nothing to write.\n');
  process.exit(0);
}
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const folder = join(MIGRATIONS, `${stamp}_${name}`);
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'migration.sql'), script);
process.stdout.write(`Wrote ${join(folder, 'migration.sql')}. Read it before committing it; it is applied at the next start.\n`);
process.exit(0);

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/store/database.js';
import { startJobs } from '../../src/store/jobs.js';
import { migrate } from '../../src/store/migrate.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A file holding an embedded database with the schema in place; null when the suites run on a server. */
    image: string | null;
  }
}

/** Makes the embedded database once for all suites: creating one takes seconds, loading an image does not. */
export default async function prepare(project: TestProject) {
  if (process.env.TEST_DATABASE_URL) {
    project.provide('image', null);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'forecourt-image-'));
  const database = await openDatabase({ kind: 'embedded', folder: join(folder, 'data') });
  await migrate(database);
  const jobs = await startJobs(database, [], { failed() {}, buried() {}, trouble() {} });
  await jobs.stop(0);
  const image = await database.pglite?.dumpDataDir('none');
  await database.close();
  if (!image) throw new Error('the embedded database gave no image');
  const file = join(folder, 'image.tar');
  await writeFile(file, Buffer.from(await image.arrayBuffer()));
  project.provide('image', file);
  return () => rm(folder, { recursive: true, force: true });
}

// Writes the typed client from schema.prisma, when the schema changed since the last time.
// The client needs no native engine; Prisma would try to download one all the same, so it is pointed at a program
// that exists and is never run.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const require = createRequire(import.meta.url);
const version = require('prisma/package.json').version;
const wanted = createHash('sha256')
  .update(version)
  .update(readFileSync(here('schema.prisma')))
  .digest('hex');
const stamp = here('../src/store/generated/.made-from');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  const run = spawnSync(process.execPath, [require.resolve('prisma/build/index.js'), 'generate', '--schema', here('schema.prisma')], {
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  if (run.status !== 0) {
    process.stderr.write(`${run.stdout}\n${run.stderr}\n`);
    process.exit(run.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

type Factory = Parameters<typeof bindMigrationAwareSqlAdapterFactory>[0];

/**
 * Prisma's own migration engine, as WebAssembly, over a driver adapter: no native binary to download. The module is
 * instantiated by hand because Node 20 cannot import `.wasm` files.
 */
export async function openSchemaEngine(factory: SqlMigrationAwareDriverAdapterFactory, schema?: string): Promise<SchemaEngine> {
  instance ??= instantiate();
  const { SchemaEngine } = await instance;
  const datamodels: [string, string][] | undefined = schema === undefined ? undefined : [['schema.prisma', schema]];
  return SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(factory as Factory));
}

/** The glue knows one instance: a second would be called by what the first left behind. */
let instance: Promise<EngineGlue> | undefined;

async function instantiate(): Promise<EngineGlue> {
  const glue = (await import('@prisma/schema-engine-wasm/schema_engine_bg' as string)) as unknown as EngineGlue;
  const path = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
  const module = await WebAssembly.compile(await readFile(path));
  const { exports } = await WebAssembly.instantiate(module, {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  });
  glue.__wbg_set_wasm(exports);
  (exports as { __wbindgen_start(): void }).__wbindgen_start();
  return glue;
}

interface EngineGlue {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  readonly SchemaEngine: { new: typeof SchemaEngine.new };
}

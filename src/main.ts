import { startApp } from './app.js';
import { type Config, describeProblems, loadConfig } from './config.js';
import { createLogger, createMetrics } from './observe.js';
import { demoConfig } from './sandbox/demo.js';

/** Answers for itself at the latest after this; an orchestrator that asked nicely is about to use force. */
const LAST_MOMENT_MS = 10_000;

const loaded = loadConfig(demoConfig);
if ('problems' in loaded) {
  process.stderr.write(`Forecourt did not start. Please correct:\n${describeProblems(loaded.problems)}\n`);
  process.exit(2);
}
await run(loaded.ok).catch((error: unknown) => {
  process.stderr.write(`Forecourt did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

async function run(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel);
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'a promise failed and nobody looked'));
  const sandbox = config.mode === 'sandbox' ? await (await import('./sandbox/index.js')).openSandbox(config) : null;
  const app = await startApp({
    config: sandbox ? { ...config, slack: sandbox.credentials } : config,
    logger,
    metrics: createMetrics(),
    mounts: sandbox ? [sandbox] : [],
    // The demonstration alone, and never in a database of somebody's own.
    past: sandbox !== null && config.configFile === null && config.databaseUrl === null && config.demo === 'filled',
  });
  sandbox?.listening(app.url);
  if (sandbox)
    process.stdout.write(`\n  Forecourt's sandbox is open: ${app.url}\n  Everything in it is simulated and stays on this machine.\n\n`);

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), LAST_MOMENT_MS).unref();
    await app.stop();
    await sandbox?.close();
    logger.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}

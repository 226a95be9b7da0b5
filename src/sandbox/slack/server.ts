import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SlackSeed } from './seed.js';
import { createSlackSimulator, type SimulatorOptions, type SlackSimulator } from './simulator.js';

export interface RunningSimulator {
  /** Without a slash at the end. */
  readonly url: string;
  /** For Slack's clients: ends with `/api/`. */
  readonly apiUrl: string;
  readonly simulator: SlackSimulator;
  stop(): Promise<void>;
}

/** A simulator on its own loopback port, for tests. */
export async function startSlackSimulator(
  seed: SlackSeed,
  options: SimulatorOptions & { readonly port?: number } = {},
): Promise<RunningSimulator> {
  const { port = 0, ...rest } = options;
  let url = '';
  const simulator = createSlackSimulator(seed, { baseUrl: () => url, ...rest });
  const server = createServer((req, res) => {
    simulator.handle(req, res, (req.url ?? '/').slice(1)).catch(() => res.destroy());
  });
  server.on('upgrade', simulator.handleUpgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async (): Promise<void> => {
    simulator.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, apiUrl: `${url}/api/`, simulator, stop };
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TeamsSeed } from './seed.js';
import { createTeamsSimulator, type SimulatorOptions, type TeamsSimulator } from './simulator.js';

export interface RunningSimulator {
  /** Without a slash at the end. */
  readonly url: string;
  /** The Bot Connector, as activities name it: with a slash at the end. */
  readonly serviceUrl: string;
  /** In place of `https://login.microsoftonline.com`: `<loginUrl>/<tenant>/oauth2/v2.0/token`. */
  readonly loginUrl: string;
  /** In place of `https://login.botframework.com/v1/.well-known/openidconfiguration`. */
  readonly openIdUrl: string;
  /** In place of `https://graph.microsoft.com`: `<graphUrl>/v1.0/…`. */
  readonly graphUrl: string;
  readonly simulator: TeamsSimulator;
  stop(): Promise<void>;
}

/** A simulator on its own loopback port. */
export async function startTeamsSimulator(
  seed: TeamsSeed,
  options: Omit<SimulatorOptions, 'baseUrl'> & { readonly port?: number } = {},
): Promise<RunningSimulator> {
  const { port = 0, ...rest } = options;
  let url = '';
  const simulator = createTeamsSimulator(seed, { baseUrl: () => url, ...rest });
  const server = createServer((req, res) => {
    simulator.handle(req, res, req.url ?? '/').catch(() => res.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      simulator.close();
      reject(error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async (): Promise<void> => {
    simulator.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url,
    serviceUrl: `${url}/teams/`,
    loginUrl: `${url}/login`,
    openIdUrl: `${url}/${simulator.openIdPath}`,
    graphUrl: `${url}/graph`,
    simulator,
    stop,
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import { SocketModeReceiver } from '@slack/bolt';
import { errorName, type Log } from '../log.js';
import { libraryLogger } from './log.js';

/** A Socket Mode connection that is kept open until closed. */
export interface SocketConnection {
  readonly receiver: SocketModeReceiver;
  /** Begins to connect; resolves at the first connection or after `waitMs`, whichever comes first. */
  open(waitMs: number): Promise<void>;
  close(): Promise<void>;
  connected(): boolean;
}

interface SocketSettings {
  readonly appToken: string;
  readonly apiUrl: string | undefined;
  readonly timeoutMs: number;
}

const HELLO_WITHIN_MS = 30_000;
/** A connection that lasted this long was a good one; the next is tried at once. */
const LASTED_MS = 30_000;
const LONGEST_PAUSE_MS = 30_000;
const CLOSE_WITHIN_MS = 2_000;

/**
 * Slack's own reconnecting ends the process when a second attempt fails (an unhandled rejection) and waits five
 * seconds before the first; so it is switched off and done here.
 */
export function socketConnection(settings: SocketSettings, log: Log): SocketConnection {
  const receiver = newReceiver(settings, log);
  const { client } = receiver;
  const closing = new AbortController();
  let connected = false;
  let opened = () => {};
  const first = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const close = () => bounded(client.disconnect(), CLOSE_WITHIN_MS).catch(() => {});

  const session = async () => {
    const closed = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
    await bounded(client.start(), HELLO_WITHIN_MS);
    connected = true;
    log('info', 'slack socket open', {});
    opened();
    await closed;
    connected = false;
    log('info', 'slack socket closed', {});
  };
  const keepOpen = async () => {
    for (let failures = 0; !closing.signal.aborted; ) {
      const began = Date.now();
      await session().catch(async (error) => {
        log('warn', 'slack socket not open', { error: errorName(error), failures });
        await close();
      });
      failures = Date.now() - began > LASTED_MS ? 0 : failures + 1;
      await delay(pauseMs(failures), undefined, { signal: closing.signal }).catch(() => {});
    }
  };
  return {
    receiver,
    connected: () => connected,
    async open(waitMs) {
      void keepOpen();
      await bounded(first, waitMs).catch(() => {});
    },
    async close() {
      closing.abort();
      await close();
    },
  };
}

function newReceiver(settings: SocketSettings, log: Log): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken: settings.appToken,
    autoReconnectEnabled: false,
    logger: libraryLogger(log),
    installerOptions: {
      clientOptions: {
        ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl }),
        timeout: settings.timeoutMs,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    },
    processEventErrorHandler: async ({ error }) => {
      log('error', 'envelope from slack failed', { error: errorName(error) });
      return false;
    },
  });
}

/** None after a connection that lasted, then 1, 2, 4 … seconds. */
function pauseMs(failures: number): number {
  return failures === 0 ? 0 : Math.min(500 * 2 ** failures, LONGEST_PAUSE_MS);
}

async function bounded<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const settled = new AbortController();
  const late = delay(milliseconds, undefined, { signal: settled.signal }).then(() => Promise.reject(new Error('timeout')));
  late.catch(() => {});
  return Promise.race([work, late]).finally(() => settled.abort());
}

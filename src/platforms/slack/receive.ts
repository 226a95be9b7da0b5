import type { IncomingMessage, ServerResponse } from 'node:http';
import { type App, HTTPReceiver, type ReceiverEvent } from '@slack/bolt';
import { errorName, type Log } from '../log.js';
import { LIMITS } from './limits.js';
import { libraryLogger } from './log.js';

const ENDPOINT = '/slack/events';
/** Slack's clocks and ours; Bolt itself checks the past only (five minutes). */
const AHEAD_S = 60;

/** Requests from Slack come to our own HTTP server; Bolt does not listen. */
export function httpReceiver(signingSecret: string, log: Log): HTTPReceiver {
  return new HTTPReceiver({
    signingSecret,
    endpoints: [ENDPOINT],
    bodyLimit: LIMITS.requestBody,
    logger: libraryLogger(log),
    processEventErrorHandler: async ({ error, response }) => {
      log('error', 'request from slack failed', { error: errorName(error) });
      answer(response, 500);
      return true;
    },
    unhandledRequestHandler: ({ response }) => {
      log('error', 'request from slack not answered in time', {});
      answer(response, 503);
    },
  });
}

/** As Slack writes them. Bolt also takes other spellings of the number, and anything behind a second "=". */
const TIMESTAMP = /^[1-9]\d{0,11}$/;
const SIGNATURE = /^v0=[0-9a-f]{64}$/;

/** `POST /slack/events`. The body must not have been read, or stand in `rawBody` as a buffer. Answers every request. */
export function handleRequest(receiver: HTTPReceiver, req: IncomingMessage, res: ServerResponse, now: Date): void {
  const { 'x-slack-request-timestamp': at, 'x-slack-signature': signed } = req.headers;
  const early = Number(at) > now.getTime() / 1000 + AHEAD_S;
  // Without them Bolt decides: Slack checks certificates unsigned.
  const odd = (at !== undefined && !TIMESTAMP.test(String(at))) || (signed !== undefined && !SIGNATURE.test(String(signed)));
  try {
    if (early || odd) answer(res, 401);
    else receiver.requestListener(req, res);
  } catch {
    answer(res, 404);
  }
}

/** Ends a request without a body, unless it has been answered. */
export function answer(res: ServerResponse, status: number): void {
  if (!res.headersSent) res.writeHead(status).end();
}

/** What is being answered, so that stopping can wait for it. */
interface Work {
  /** Resolves when nothing is being answered. */
  idle(): Promise<void>;
}

/**
 * Bolt acknowledges an event before its listeners run, so that one that fails is lost. Here an event is acknowledged
 * after them, and Slack sends it again when they failed. Interactions nobody answers are acknowledged and logged.
 */
export function superviseAnswers(app: App, log: Log): Work {
  const running = new Set<Promise<void>>();
  const process = app.processEvent.bind(app);
  const supervised = async (event: ReceiverEvent) => {
    const isEvent = event.body.type === 'event_callback';
    let acknowledged = false;
    const ack = async (response?: unknown) => {
      if (acknowledged) return;
      acknowledged = true;
      await event.ack(response).catch((error) => log('warn', 'acknowledgement lost', { error: errorName(error) }));
    };
    await process({ ...event, ack: isEvent ? async () => {} : ack });
    if (!acknowledged && !isEvent) log('warn', 'unknown interaction', { type: String(event.body.type) });
    await ack();
  };
  app.processEvent = async (event) => {
    const work = supervised(event);
    running.add(work);
    await work.finally(() => running.delete(work));
  };
  return {
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

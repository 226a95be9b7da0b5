import { LogLevel } from '@slack/bolt';
import { errorName, type Log } from '../log.js';

type SlackLogger = {
  debug(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  setLevel(level: LogLevel): void;
  getLevel(): LogLevel;
  setName(name: string): void;
};

/**
 * Slack's libraries print requests and answers at debug, and quote them in some warnings. Only the warnings pass,
 * without what they quote.
 */
export function libraryLogger(log: Log): SlackLogger {
  const pass = (level: 'warn' | 'error') => (first: unknown) => log(level, 'slack library', { said: said(first) });
  return { ...silentLogger(), warn: pass('warn'), error: pass('error') };
}

/** For clients whose failures are thrown and need no second telling. */
export function silentLogger(): SlackLogger {
  const nothing = () => {};
  return {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  };
}

function said(value: unknown): string {
  if (value instanceof Error) return errorName(value);
  if (typeof value !== 'string') return typeof value;
  return value.replace(/["'`{[].*/s, '…').slice(0, 200);
}

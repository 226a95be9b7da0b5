import { type Logger, pino } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type { Logger };

// What JSON leaves as it is and some terminals and viewers obey.
const OBEYED = /[\u007f-\u009f\u2028\u2029]/g;

/** Structured logs: ids, codes and durations, never what a customer or colleague wrote. */
export function createLogger(level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
    hooks: { streamWrite: (line: string) => line.replace(OBEYED, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`) },
  };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * What may be said of an error: its kind, its code and where it arose. Never its message: a database or a library
 * quotes there the very values that failed.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = 'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? { code: error.code } : {};
  const at = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim());
  return { kind: error.name, ...code, at };
}

/** What operators watch. */
export interface Metrics {
  readonly registry: Registry;
  readonly intake: Counter<'source' | 'outcome'>;
  readonly leads: Counter<'source'>;
  readonly heard: Counter<'kind' | 'name' | 'outcome'>;
  readonly answered: Histogram<'kind'>;
  readonly jobFailures: Counter<'job'>;
  readonly buried: Counter<'job'>;
  readonly unreachable: Counter<'channel' | 'code'>;
  readonly mended: Counter<'act'>;
  readonly auditAge: Gauge;
  readonly waiting: Gauge<'job'>;
  readonly active: Gauge<'job'>;
  readonly up: Gauge<'part'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const name = (rest: string) => `forecourt_${rest}`;
  return {
    registry,
    intake: new Counter({
      name: name('intake_requests_total'),
      help: 'Intake requests by source and outcome',
      labelNames: ['source', 'outcome'],
      registers,
    }),
    leads: new Counter({
      name: name('leads_received_total'),
      help: 'Enquiries received by source, resends included',
      labelNames: ['source'],
      registers,
    }),
    heard: new Counter({
      name: name('interactions_total'),
      help: 'Clicks, forms and commands by name and outcome',
      labelNames: ['kind', 'name', 'outcome'],
      registers,
    }),
    answered: new Histogram({
      name: name('interaction_seconds'),
      help: 'Time from hearing an interaction to its answer',
      labelNames: ['kind'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    jobFailures: new Counter({
      name: name('job_failures_total'),
      help: 'Failed attempts at a job that will be repeated',
      labelNames: ['job'],
      registers,
    }),
    buried: new Counter({
      name: name('jobs_buried_total'),
      help: 'Jobs given up on, kept until somebody runs them again',
      labelNames: ['job'],
      registers,
    }),
    unreachable: new Counter({
      name: name('channel_unreachable_total'),
      help: 'Attempts to write in a channel the bot cannot reach',
      labelNames: ['channel', 'code'],
      registers,
    }),
    mended: new Counter({
      name: name('audit_mended_total'),
      help: 'Messages found missing (post) or stale (redraw), and jobs found missing (by their kind), with none on its way; asked for again',
      labelNames: ['act'],
      registers,
    }),
    auditAge: new Gauge({ name: name('audit_age_seconds'), help: 'Seconds since the auditor last finished', registers }),
    waiting: new Gauge({
      name: name('jobs_waiting'),
      help: 'Jobs waiting, by kind; "buried" waits for a person',
      labelNames: ['job'],
      registers,
    }),
    active: new Gauge({
      name: name('jobs_active'),
      help: 'Jobs under way in any process, by kind; one that died with its process until it is missed',
      labelNames: ['job'],
      registers,
    }),
    up: new Gauge({ name: name('up'), help: 'Does this part answer: database, slack', labelNames: ['part'], registers }),
  };
}

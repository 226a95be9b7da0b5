import { afterEach, describe, expect, it } from 'vitest';
import { jpeg } from '../support/appraisals.js';
import { buttons, plainly, words } from '../support/seen.js';
import { type Act, type Day, EVERYBODY, playDay } from './support/day.js';
import { type Ground, openGround } from './support/ground.js';
import { openLedger } from './support/ledger.js';
import { markOf } from './support/people.js';
import { report, seconds } from './support/report.js';
import { chance, limit, size } from './support/size.js';
import { cards, jobsCounted, verdict } from './support/verdict.js';
import { lasting, until } from './support/wait.js';

let ground: Ground | undefined;
afterEach(() => ground?.close());

const TIMERS = ['abandon-reminder', 'appraisal.chase', 'estimate.expire', 'lead-return'];
const HURRY = `UPDATE pgboss.job SET start_after = now() WHERE name IN ('${TIMERS.join("', '")}') AND state < 'active'`;

describe.each(['postgres', 'embedded'] as const)('kill -9 during a played day (%s)', (database) => {
  it('what was answered "done" is there, every timer fired once, every card shows what is stored', async () => {
    const kills = size(3, 30);
    const luck = chance(`played ${database}`);
    ground = await openGround({ sites: size(8, 24), database, people: EVERYBODY, simulator: { times: { ackMs: limit(3_000) } } });
    const there = ground;
    await there.start();
    const ledger = openLedger(there);
    const day = playDay(there, ledger, await jpeg());
    for (let kill = 0; kill < kills; kill++) {
      await lasting(luck.between(size(1_500, 500), size(6_000, 5_000)));
      await there.kill();
      // What is to happen in an hour or a day happens now, while people go on and the next kill comes.
      if (kill % 2 === 1) await there.ask(HURRY);
      await there.start();
    }
    await until('a life in each kind of hands', 300_000, () => day.lives() >= size(7, 28));
    await day.end();
    // The day after tomorrow: whatever waits is due, also what holds until then.
    await there.kill();
    await there.ask("UPDATE lead SET resting_until = '2026-01-05' WHERE resting_until IS NOT NULL");
    await there.ask("UPDATE estimate SET valid_until = '2026-01-05'");
    await there.ask(HURRY);
    await there.start();
    const began = performance.now();
    await until('everything due to be done', 300_000, async () => (await jobsCounted(there)) === 0);
    await verdict(there, ledger, 300_000);
    if (database === 'postgres') expect(await there.stop()).toBe(0);

    const lost = await missing(there, day.acts);
    const events = await unheard(there);
    const timers = await timersFired(there);
    const wrong = await cardsAtOdds(there);
    const done = day.acts.filter((act) => act.done).length;
    report(
      `played day ${database}`,
      `${kills + 1} kills, ${day.lives()} lives, ${done} acts answered done (${day.acts.length - done} never), ${lost.length} of them lost; ${events.taken} remarks taken, ${events.lost.length} lost; ${timers.fired} timers fired, ${timers.wrong.length} missed or doubled; ${wrong.length} cards at odds; settled after ${seconds(performance.now() - began)}`,
      '0 lost, 0 missed, 0 doubled, 0 at odds',
    );
    expect(lost).toEqual([]);
    expect(events.lost).toEqual([]);
    expect(timers.wrong).toEqual([]);
    expect(wrong).toEqual([]);
  });
});

/** Where the words of an act are kept; how often each is there. */
const KEPT = `
  SELECT text AS words, count(*)::int AS count FROM note GROUP BY 1
  UNION ALL SELECT note, count(*)::int FROM appraisal WHERE note IS NOT NULL GROUP BY 1
  UNION ALL SELECT note, count(*)::int FROM sale WHERE note IS NOT NULL GROUP BY 1
  UNION ALL SELECT justification, count(*)::int FROM decision GROUP BY 1
  UNION ALL SELECT comment, count(*)::int FROM decision WHERE comment IS NOT NULL GROUP BY 1
  UNION ALL SELECT a.lead_id::text || ' ' || round(e.amount)::text, count(*)::int FROM estimate e JOIN appraisal a ON a.id = e.appraisal_id GROUP BY 1
  UNION ALL SELECT lead_id::text || ' claimed by ' || actor_id, count(*)::int FROM timeline_event WHERE kind = 'claimed' GROUP BY 1`;

/** Acts that were answered "done" and are not there, or are there oftener than they were sent. */
async function missing(there: Ground, acts: Day['acts']): Promise<string[]> {
  const kept = new Map((await there.ask<{ words: string; count: number }>(KEPT)).map((row) => [row.words, row.count]));
  const sentence = (act: Act) => {
    const who = EVERYBODY.find((one) => one.user === act.by)?.id;
    if (act.kind === 'claim') return `${act.lead} claimed by ${who}`;
    return act.kind === 'estimate' ? `${act.lead} ${act.words}` : act.words;
  };
  return acts.flatMap((act) => {
    const count = kept.get(sentence(act)) ?? 0;
    const possible = (act.done ? 1 : 0) + act.unanswered;
    return (act.done && count === 0) || count > possible ? [`${act.kind} "${sentence(act)}": ${count} of ${possible}`] : [];
  });
}

/** Words below a card whose delivery was answered, and which are not kept. */
async function unheard(there: Ground): Promise<{ readonly taken: number; readonly lost: readonly string[] }> {
  const notes = new Set((await there.ask<{ message: string }>('SELECT message FROM note')).map((row) => row.message));
  const taken = new Set<string>();
  for (const { kind, body, outcome } of there.slack.deliveries) {
    const { type, channel, ts, text, thread_ts, user } = (body.event ?? {}) as Readonly<Record<string, string | undefined>>;
    if (kind !== 'events_api' || outcome.failure !== null || type !== 'message' || !text || thread_ts === undefined) continue;
    if (EVERYBODY.some((one) => one.user === user)) taken.add(`slack:${channel}/${ts}`);
  }
  return {
    taken: taken.size,
    lost: [...taken].filter((message) => ![...notes].some((one) => one === message || one.startsWith(`${message}/`))),
  };
}

/** Each timer of the day fired once where it still had something to say, and at most once where it had not. */
async function timersFired(there: Ground): Promise<{ readonly fired: number; readonly wrong: readonly string[] }> {
  const reminded = (id: string, key: string, to: string) =>
    `(SELECT count(*)::int FROM timeline_event e WHERE e.kind = 'reminded' AND e.data->>'${key}' = ${id}::text ${to === '' ? '' : `AND e.data->>'to' = '${to}'`})`;
  const open = `l.stage NOT IN ('won', 'abandoned', 'duplicate')`;
  const rows = await there.ask<{ what: string; times: number; must: boolean }>(`
    SELECT 'reminder to managers ' || d.id AS what, ${reminded('d.id', 'decision', 'managers')} AS times, d.decided_at IS NULL AS must FROM decision d
    UNION ALL SELECT 'reminder to directors ' || d.id, ${reminded('d.id', 'decision', 'directors')}, d.decided_at IS NULL FROM decision d
    UNION ALL SELECT 'chase ' || a.id, ${reminded('a.id', 'appraisal', '')}, a.answered_at IS NULL AND ${open}
      AND NOT EXISTS (SELECT 1 FROM appraisal n WHERE n.lead_id = a.lead_id AND n.requested_at > a.requested_at) FROM appraisal a JOIN lead l ON l.id = a.lead_id
    UNION ALL SELECT 'return ' || d.lead_id, (SELECT count(*)::int FROM timeline_event e WHERE e.kind = 'returned' AND e.lead_id = d.lead_id), true
      FROM decision d WHERE d.outcome = 'recycle'
    UNION ALL SELECT 'expiry ' || e.id, (e.lapsed_at IS NOT NULL)::int, true FROM estimate e`);
  const wrong = rows.filter(({ times, must }) => times > 1 || (must && times !== 1)).map(({ what, times }) => `${what}: ${times}`);
  return { fired: rows.reduce((sum, { times }) => sum + times, 0), wrong };
}

interface Stored {
  readonly id: string;
  readonly stage: string;
  readonly owner: string | null;
  readonly revision: number;
  readonly shown: number;
  readonly pending: string | null;
}

const STAGES: Readonly<Record<string, string>> = { contacted: 'Contacté', appointment: 'Rendez-vous', proposal: 'Offre' };

/** Cards, and requests to decide, that show something else than what is stored. */
async function cardsAtOdds(there: Ground): Promise<string[]> {
  const leads = await there.ask<Stored>(`
    SELECT l.id::text AS id, l.stage, p.name AS owner, l.revision, m.shown,
      (SELECT d.id::text FROM decision d WHERE d.lead_id = l.id AND d.decided_at IS NULL) AS pending
    FROM lead l JOIN message_ref m ON m.lead_id = l.id AND m.topic = 'card' LEFT JOIN person p ON p.id = l.owner_id`);
  const standing = new Map(cards(there).map((card) => [card.leadId, card.message]));
  const requests = there.sites.flatMap(({ channel }) =>
    there.slack.messages(channel).filter((one) => markOf(one).includes('/abandon.request/')),
  );
  return [
    ...leads.filter((lead) => lead.shown !== lead.revision || !tells(standing.get(lead.id), lead)).map((lead) => JSON.stringify(lead)),
    ...requests
      .filter(
        (one) =>
          buttons(one).includes('abandon.sendback') !== leads.some(({ id, pending }) => markOf(one) === `${id}/abandon.request/${pending}`),
      )
      .map(markOf),
  ];
}

function tells(message: Parameters<typeof words>[0] | undefined, { stage, owner }: Stored): boolean {
  if (!message) return false;
  const [text, offered] = [plainly(words(message)), buttons(message)];
  if (stage === 'abandoned') return text.includes('Abandonné : ') && offered.length === 0;
  if (stage === 'won') return text.includes(`Vendu par ${owner}`) && offered.length === 0;
  if (owner === null) return stage === 'new' && offered.includes('claim.take') && text.includes('En attente');
  return text.includes(`Pris par ${owner}`) && offered.includes('status.open') && text.includes(STAGES[stage] ?? '');
}

import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { adfDocument, freshId, jsonLead, mailLead } from '../support/leads.js';
import type { Running } from '../support/running.js';
import { cardsOf, facts, receipts, stored } from '../support/seen.js';
import { nthSite, PEOPLE, runTown } from '../support/town.js';

let house: Running;
beforeAll(async () => {
  house = await runTown();
});
afterAll(() => house?.stop());

/** What makes a statement built from text do something else: ends of strings, comments, casts, JSON, LIKE, bytes. */
const SQL = [
  `'; DROP TABLE lead; --`,
  `' OR '1'='1`,
  `" OR ""="`,
  `'); DELETE FROM timeline_event; --`,
  `' UNION SELECT version(), current_user --`,
  `'||(SELECT pg_sleep(20))||'`,
  `$$; DROP TABLE lead; $$`,
  `$1`,
  `$1::text; DROP TABLE lead`,
  `\${lead.id}`,
  `?`,
  `:id`,
  `\\'; DROP TABLE lead; --`,
  `\\`,
  `'`,
  `"`,
  `''`,
  `E'\\x27'`,
  `%' ESCAPE '!`,
  `%_%`,
  `/* */`,
  `*/ DROP TABLE lead; /*`,
  `-- `,
  `{"$gt": ""}`,
  `{"set": "x"}`,
  `[{"isNot": null}]`,
  `"}', '{"a":"b`,
  `'::jsonb || '{"stage":"won"}'`,
  `\u02bc OR 1=1 --`,
  `\uff07 OR 1=1 --`,
  `NULL`,
  `null`,
  `undefined`,
  `NaN`,
  `Infinity`,
  `1e400`,
  `-9223372036854775809`,
  `2026-13-45T99:99:99Z`,
  `00000000-0000-0000-0000-000000000000`,
  `\u0000'; DROP TABLE lead`,
  `\ud800'`,
  `COPY lead TO PROGRAM 'id'`,
  `(SELECT set_config('search_path', 'x', false))`,
];

const tables = async () => {
  const rows = await house.app.store.db.$queryRaw<{ name: string }[]>`
    SELECT table_schema || '.' || table_name AS name FROM information_schema.tables WHERE table_schema IN ('public', 'pgboss') ORDER BY 1`;
  return rows.map(({ name }) => name);
};

describe('S13: statements in every text field and every id', () => {
  let before: string[];
  beforeAll(async () => {
    before = await tables();
    expect(before).toContain('public.lead');
  });

  /** Nothing was dropped, nobody slept, nothing failed. */
  async function expectUnharmed(): Promise<void> {
    expect(await tables()).toEqual(before);
    expect(house.log.filter((line) => /"level":"(error|fatal)"/.test(line) && !/private answer lost|given up/.test(line))).toEqual([]);
  }

  it.each(SQL)('%j in a lead, in every format, is text', async (sql) => {
    const n = SQL.indexOf(sql);
    const started = performance.now();
    const count = await house.app.store.db.lead.count();
    const customer = Object.fromEntries(
      ['name', 'firstName', 'lastName', 'company', 'email', 'phone', 'postalCode', 'city', 'language', 'preferredContact'].map((key) => [
        key,
        sql,
      ]),
    );
    const car = Object.fromEntries(
      [
        'type',
        'condition',
        'make',
        'model',
        'version',
        'year',
        'price',
        'currency',
        'stockNumber',
        'vin',
        'plate',
        'mileage',
        'url',
        'photoUrl',
        'comments',
      ].map((key) => [key, sql]),
    );
    const dealership = nthSite(n).id;
    const json = jsonLead({
      externalId: `${freshId()}${sql}`,
      dealership,
      requestedAt: sql,
      customer,
      interest: car,
      tradeIn: car,
      message: sql,
      page: sql,
      campaign: sql,
    });
    const form = new URLSearchParams({
      'customer.name': sql,
      'customer.phone': sql,
      'interest.make': sql,
      message: `${sql} ${freshId()}`,
      externalId: `${freshId()}${sql}`,
      dealership: sql,
      [sql]: sql,
    });
    const adf = adfDocument({
      id: `${freshId()}${sql.replaceAll('\0', '')}`,
      name: sql,
      phone: sql,
      email: sql,
      comments: sql,
      make: sql,
      vendor: sql,
    });
    const mail = mailLead({ messageId: `<${freshId()}${sql.replaceAll(/[<>\0]/g, '')}@example.org>`, text: sql, subject: sql });
    const [lead] = await receipts(await house.send('website', json));
    await receipts(await house.send('website', form.toString(), { 'content-type': 'application/x-www-form-urlencoded' }));
    await receipts(await house.send('portal', adf, { 'content-type': 'text/xml' }));
    await receipts(await house.send('portal', mail, { 'content-type': 'message/rfc822' }));
    expect(await house.app.store.db.lead.count()).toBe(count + 4);
    const kept = await stored(house, lead?.id ?? '');
    expect(kept).toMatchObject({ stage: 'new', ownerId: null, dealershipId: dealership });
    // Kept as it was written, but for what no text may hold.
    if (sql.isWellFormed() && !sql.includes('\0')) expect(kept.name).toBe(sql.replaceAll(/\s+/g, ' ').trim());
    expect(performance.now() - started).toBeLessThan(15_000);
    await expectUnharmed();
  });

  it('as the name of a source, a webhook’s id, a token', async () => {
    for (const sql of SQL) {
      const path = encodeURIComponent(sql.toWellFormed());
      const token = encodeURIComponent(sql.toWellFormed());
      expect((await house.send(path, jsonLead(), { authorization: `Bearer ${token}` })).status).toBe(404);
      expect([401, 429]).toContain((await house.send('website', jsonLead(), { authorization: `Bearer ${token}` })).status);
      const headers = { 'webhook-id': token, 'webhook-timestamp': token, 'webhook-signature': `v1,${token}` };
      expect([401, 429]).toContain((await house.send('oem', jsonLead(), headers)).status);
    }
    await expectUnharmed();
  });

  it('as the id behind every button and form, as channel, as message, as command', async () => {
    const [lead] = await receipts(await house.send('website', jsonLead({ dealership: nthSite(55).id })));
    const shown = await house.slack.until(() => cardsOf(house, nthSite(55).channel, lead?.id ?? '')[0], 20_000);
    const user = PEOPLE[0]?.user ?? '';
    for (const sql of SQL) {
      for (const action of ['claim.take', 'lead.contact', 'lead.history', 'lead.complete']) {
        expect(await forgeClick(house, { user, action, value: sql, channel: nthSite(55).channel, ts: shown.ts })).toBe(200);
        expect(await forgeClick(house, { user, action, value: `${lead?.id}${sql}`, channel: sql, ts: sql })).toBe(200);
      }
      for (const subject of [sql, `new:${sql}`, `${lead?.id}:${sql}`, `new:${lead?.id}${sql}`]) {
        expect(
          (await forgeSubmission(house, { user, subject, values: { 'customer.name': sql, dealership: sql, [sql.slice(0, 20)]: sql } }))
            .status,
        ).toBe(200);
      }
    }
    expect((await facts(house, lead?.id ?? '')).map(({ kind }) => kind)).toEqual(['arrived', 'posted']);
    expect(await house.app.store.db.timelineEvent.count({ where: { kind: { notIn: ['arrived', 'posted'] } } })).toBe(0);
    expect(await stored(house, lead?.id ?? '')).toMatchObject({ stage: 'new', ownerId: null, revision: 1 });
    await expectUnharmed();
  }, 120_000);

  it('typed into the form of the switchboard is what the customer is called', async () => {
    const user = PEOPLE[1]?.user ?? '';
    for (const sql of SQL.slice(0, 12)) {
      const id = randomUUID();
      const { answer } = await forgeSubmission(house, {
        user,
        subject: `new:${id}`,
        values: { 'customer.name': sql, 'interest.make': sql, message: sql, dealership: 'site1' },
      });
      expect(answer).toBeNull();
      expect((await stored(house, id)).name).toBe(sql.trim());
    }
    await expectUnharmed();
  });
});

describe('the source', () => {
  const SRC = fileURLToPath(new URL('../../src', import.meta.url));
  const sources = readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((file) => !file.includes('/store/generated/'))
    .map((file) => [file.slice(SRC.length + 1), readFileSync(file, 'utf8')] as const);

  /** Where a statement is text and not a template, with the reason. */
  const ALLOWED: Readonly<Record<string, string>> = {
    'store/jobs.ts': "pg-boss's own statements, with bound values, through a transaction of ours",
  };

  it('builds no statement from text', () => {
    const found = sources.filter(([, text]) => /\$(?:query|execute)RawUnsafe|Prisma\.raw\b|\.unsafe\(/.test(text)).map(([file]) => file);
    expect(found).toEqual(Object.keys(ALLOWED));
    for (const file of found) expect(sources.find(([name]) => name === file)?.[1].match(/RawUnsafe/g)).toHaveLength(1);
  });

  it('hands PostgreSQL and the embedded engine fixed text alone', () => {
    // A statement in backticks with something put into it, handed to a plain client, would be built from text. Numbers of ours may.
    const built = sources.flatMap(([file, text]) =>
      [...text.matchAll(/\.(?:query|exec|execSql|executeSql)\(\s*`[^`]*\$\{([^}]*)\}[^`]*`/g)].map(([, put]) => `${file}: ${put}`),
    );
    expect(built.filter((one) => !/: [A-Z_]+_MS$/.test(one))).toEqual([]);
  });
});

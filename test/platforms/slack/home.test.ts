import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card, Element } from '../../../src/chat/card.js';
import { PlatformFailure } from '../../../src/chat/platform.js';
import { slackCaller } from '../../../src/platforms/slack/client.js';
import { homeView, type SlackHome, slackHome } from '../../../src/platforms/slack/home.js';
import { demoWorkspace } from '../../../src/sandbox/demo-workspace.js';
import { type RunningSimulator, startSlackSimulator } from '../../../src/sandbox/slack/index.js';
import { HOSTILE, HOSTILE_CARD } from './cards.js';

const SEED = { ...demoWorkspace, botToken: 'xoxb-home', appToken: 'xapp-home', signingSecret: 'home' };
const PERSON = 'slack:U0ALICE';

let slack: RunningSimulator;
let home: SlackHome;

beforeAll(async () => {
  slack = await startSlackSimulator(SEED, { rate: 'off' });
  home = slackHome(slackCaller({ token: SEED.botToken, apiUrl: slack.apiUrl, timeoutMs: 5_000 }));
});
afterAll(() => slack.stop());

const card = (title: string, elements: readonly Element[] = []): Card => ({ title, summary: title, elements, buttons: [] });
const row = (text: string): Element => ({
  kind: 'row',
  lines: [[text]],
  buttons: [{ action: 'status.open', label: 'Suivi', subject: '5f0c7a52-9f8e-4c1a-8c9b-0a4c6f1d2e3b', opens: true }],
});
const shown = () => JSON.stringify(slack.simulator.as('U0ALICE').home()?.blocks ?? []);

describe('the Home tab', () => {
  it('shows cards one below the other, with a rule between', () => {
    const { blocks } = homeView([card('One', [row('a')]), card('Two')]);
    expect(blocks.map(({ type }) => type)).toEqual(['header', 'rich_text', 'actions', 'divider', 'header']);
  });

  it('is one Slack takes, however much there is and whatever it says', async () => {
    const many = Array.from({ length: 200 }, (_, n) => row(`${n} ${HOSTILE}`));
    const hostile = { ...HOSTILE_CARD, elements: HOSTILE_CARD.elements.filter(({ kind }) => kind !== 'photo') };
    const cards = [hostile, card('Many', many), card('More', many), hostile];
    await home.show(PERSON, async () => cards, null);
    const { blocks } = homeView(cards);
    expect(blocks.length).toBeLessThanOrEqual(100);
    expect(Buffer.byteLength(JSON.stringify(homeView(cards)))).toBeLessThan(250_000);
    expect(shown()).not.toMatch(/"type":"(user|broadcast|channel)"/);
  });

  it('cuts between two things of a list, never between one and its buttons', () => {
    const { blocks } = homeView([
      card(
        'Many',
        Array.from({ length: 200 }, (_, n) => row(String(n))),
      ),
    ]);
    expect(blocks.at(-1)?.type).toBe('actions');
    expect(blocks.filter(({ type }) => type === 'actions')).toHaveLength(blocks.filter(({ type }) => type === 'rich_text').length);
  });

  it('is drawn again when another process has replaced it meanwhile', async () => {
    const first = await home.show(PERSON, async () => [card('first')], null);
    const second = await home.show(PERSON, async () => [card('second')], first);
    let drawn = 0;
    const token = await home.show(PERSON, async () => [card(`third, drawn ${++drawn} times`)], first);
    expect(shown()).toContain('third, drawn 2 times');
    expect(new Set([first, second, token]).size).toBe(3);
    await home.show(PERSON, async () => [card('fourth')], token);
    expect(shown()).toContain('fourth');
  });

  it('is nobody else’s, and nobody’s of another platform', async () => {
    expect(slack.simulator.as('U0BRUNO').home()).toBeNull();
    await expect(home.show('teams:aad-alice', async () => [], null)).rejects.toMatchObject({ kind: 'never', code: 'foreign_person' });
    await expect(home.show(PERSON, () => Promise.reject(new Error('no database')), null)).rejects.not.toBeInstanceOf(PlatformFailure);
  });

  it('that somebody waits for does not wait for the others', () => {
    expect(home.pace(PERSON, true)).toMatchObject({ gapMs: 0, budget: home.pace(PERSON, false).budget });
    expect(home.pace(PERSON, true).lane).not.toBe(home.pace(PERSON, false).lane);
  });
});

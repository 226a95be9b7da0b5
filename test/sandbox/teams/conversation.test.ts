import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startTeamsSimulator } from '../../../src/sandbox/teams/index.js';
import { buttons, claim, LEADS, seed, tokenOf, town } from './town.js';

describe('what people say', () => {
  it('reaches the bot in its chat, and in a channel only when it is mentioned', async () => {
    const { simulator, bot } = await town();
    const alice = simulator.as('aad-alice');
    alice.say(LEADS, 'not for you');
    const post = alice.say(LEADS, 'lead add', { mention: true });
    const word = alice.say(alice.chat(), 'mes leads');
    await simulator.until(() => bot.heard.length === 2);
    expect(bot.heard).toMatchObject([
      {
        type: 'message',
        id: post.id,
        text: '<at>Forecourt</at> lead add',
        textFormat: 'plain',
        conversation: { id: `${LEADS};messageid=${post.id}`, conversationType: 'channel' },
        entities: [
          { type: 'mention', text: '<at>Forecourt</at>', mentioned: { id: `28:${seed.app.id}`, name: 'Forecourt' } },
          { type: 'clientInfo' },
        ],
        attachments: [{ contentType: 'text/html' }],
      },
      { type: 'message', id: word.id, text: 'mes leads', conversation: { id: alice.chat(), conversationType: 'personal' } },
    ]);
    expect(bot.heard[1]?.channelData).toEqual({ tenant: { id: seed.tenant.id } });
  });

  it('reaches the bot everywhere once the team consented: new, changed and taken back', async () => {
    const { simulator, bot, post } = await town({}, { rsc: true });
    const alice = simulator.as('aad-alice');
    const root = await post(buttons(claim));
    const said = alice.say(LEADS, 'Prix < 8 000 € & plus\n@Bruno Petit ?', { under: root, mentions: ['aad-bruno'] });
    alice.edit({ conversation: LEADS, id: said.id }, '8 600');
    alice.remove({ conversation: LEADS, id: said.id });
    alice.remove({ conversation: LEADS, id: root });
    await simulator.until(() => bot.heard.length === 4);
    const [first] = bot.heard;
    expect(bot.heard.map(({ type, id, channelData }) => [type, id, (channelData as { eventType?: string }).eventType])).toEqual([
      ['message', said.id, undefined],
      ['messageUpdate', said.id, 'editMessage'],
      ['messageDelete', said.id, 'softDeleteMessage'],
      ['messageDelete', root, 'softDeleteMessage'],
    ]);
    expect(first).toMatchObject({
      text: 'Prix < 8 000 € & plus\n<at>Bruno Petit</at> ?',
      conversation: { id: `${LEADS};messageid=${root}` },
    });
    expect((first?.attachments as { content: string }[] | undefined)?.[0]?.content).toContain('Prix &lt; 8 000 € &amp; plus<br>');
  });

  it('is sent again when the bot fails, and not when it refuses', async () => {
    const { simulator, bot } = await town({ times: { retriesMs: [1, 1] } });
    const answers = [500, undefined, 401];
    bot.answer = () => answers.shift();
    const alice = simulator.as('aad-alice');
    const one = alice.say(alice.chat(), 'one');
    await simulator.until(() => bot.heard.length === 2);
    alice.say(alice.chat(), 'two');
    await simulator.until(() => simulator.deliveries.length === 3);
    expect(simulator.deliveries.map(({ activity, retry, outcome }) => [activity.id === one.id, retry, outcome.failure])).toEqual([
      [true, 0, 'failed'],
      [true, 1, null],
      [false, 0, 'refused'],
    ]);
  });

  it('carries files: in a chat an address that needs no token, for pasted pictures one that does, in channels none', async () => {
    const { simulator, bot, teams } = await town();
    const alice = simulator.as('aad-alice');
    const files = [alice.upload('Clio avant.jpg', Buffer.from('photo')), alice.upload('collée.png', Buffer.from('pasted'), true)];
    alice.say(alice.chat(), '', { files });
    await simulator.until(() => bot.heard.length === 1);
    const [file, pasted] = (bot.heard[0]?.attachments ?? []) as {
      contentType: string;
      name?: string;
      contentUrl: string;
      content: { downloadUrl: string };
    }[];
    expect(file).toMatchObject({
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      name: 'Clio avant.jpg',
      content: { fileType: 'jpg' },
    });
    expect(await (await fetch(file?.content.downloadUrl ?? '')).text()).toBe('photo');
    expect(simulator.requests.at(-1)).toMatchObject({ method: 'file', authorized: false, status: 200 });
    expect((await fetch((file?.content.downloadUrl ?? '').replace(/tempauth=.*/, 'tempauth=guess'))).status).toBe(403);
    expect((await fetch(pasted?.contentUrl ?? '')).status).toBe(401);
    const authorization = `Bearer ${await tokenOf(teams)}`;
    expect(await (await fetch(pasted?.contentUrl ?? '', { headers: { authorization } })).text()).toBe('pasted');
    alice.say(LEADS, 'voilà', { mention: true, files });
    await simulator.until(() => bot.heard.length === 2);
    expect(bot.heard[1]?.attachments).toMatchObject([{ contentType: 'text/html', content: expect.stringContaining('<attachment id=') }]);
  });

  it('stays theirs', async () => {
    const { simulator } = await town();
    const [alice, bruno] = [simulator.as('aad-alice'), simulator.as('aad-bruno')];
    const said = alice.say(LEADS, 'mine');
    expect(() => bruno.edit({ conversation: LEADS, id: said.id }, 'not mine')).toThrow(RangeError);
    expect(() => alice.say('19:chiefs@thread.tacv2', 'x')).toThrow(RangeError);
    expect(() => bruno.messages(alice.chat())).toThrow(RangeError);
    expect(() => simulator.as('aad-nobody')).toThrow(RangeError);
  });
});

describe('words put otherwise', () => {
  it('keep their mentions', async () => {
    const { simulator, bot } = await town();
    const alice = simulator.as('aad-alice');
    const { id } = alice.say(LEADS, 'note: @Bruno Petit vient', { mention: true, mentions: ['aad-bruno'] });
    alice.edit({ conversation: LEADS, id }, 'note: @Bruno Petit ne vient pas');
    await simulator.until(() => bot.heard.length === 2);
    expect(bot.heard[1]).toMatchObject({
      type: 'messageUpdate',
      text: '<at>Forecourt</at> note: <at>Bruno Petit</at> ne vient pas',
      entities: [{ mentioned: { name: 'Forecourt' } }, { mentioned: { name: 'Bruno Petit' } }, { type: 'clientInfo' }],
    });
  });
});

describe('the installation', () => {
  it('is told for the teams that have the bot, and for every person, as often as Teams likes', async () => {
    const { simulator, bot } = await town();
    await simulator.install();
    const told = bot.heard.map(({ type, conversation }) => [type, (conversation as { id: string }).id]);
    const chats = seed.people.map(({ aadObjectId }) => simulator.as(aadObjectId).chat());
    expect(told).toEqual(
      ['19:general@thread.tacv2', ...chats].flatMap((id) => [
        ['installationUpdate', id],
        ['conversationUpdate', id],
      ]),
    );
    expect(bot.heard[1]).toMatchObject({
      membersAdded: [{ id: `28:${seed.app.id}` }],
      channelData: { team: { aadGroupId: 'group-lyon' } },
    });
  });
});

describe('the file of a tenant', () => {
  it('brings back what was said, the files, and the order of ids', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'forecourt-teams-'));
    const dataFile = join(folder, 'sandbox-teams.json');
    const first = await startTeamsSimulator(seed, { dataFile });
    const alice = first.simulator.as('aad-alice');
    const file = alice.upload('front.png', Buffer.from('picture'));
    alice.say(LEADS, 'kept');
    const last = alice.say(alice.chat(), 'kept too', { files: [file] });
    await first.stop();
    const second = await startTeamsSimulator(seed, { dataFile, now: () => 1 });
    const again = second.simulator.as('aad-alice');
    expect(again.messages(LEADS).map(({ text }) => text)).toEqual(['kept']);
    expect(again.messages(again.chat())).toMatchObject([{ id: last.id, text: 'kept too' }]);
    expect(Buffer.from(second.simulator.file(file.id)?.bytes ?? '', 'base64').toString()).toBe('picture');
    expect(Number(again.say(LEADS, 'later').id)).toBeGreaterThan(Number(last.id));
    await second.stop();
    await rm(folder, { recursive: true });
  });

  it('is set aside when it cannot be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'forecourt-teams-'));
    const dataFile = join(folder, 'sandbox-teams.json');
    await writeFile(dataFile, 'not JSON');
    const { simulator, stop } = await startTeamsSimulator(seed, { dataFile });
    expect(simulator.messages(LEADS)).toEqual([]);
    expect(await readFile(`${dataFile}.unreadable`, 'utf8')).toBe('not JSON');
    await stop();
    await rm(folder, { recursive: true });
  });
});

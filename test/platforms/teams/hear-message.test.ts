import { describe, expect, it } from 'vitest';
import { readActivity } from '../../../src/platforms/teams/activity.js';
import { readMessage } from '../../../src/platforms/teams/hear-message.js';
import { LEADS } from './town.js';

const AT = new Date('2026-03-02T09:00:00Z');
const THREAD = `${LEADS};messageid=17`;
const bot = [{ type: 'mention', text: '<at>Forecourt</at>', mentioned: { id: '28:app', name: 'Forecourt' } }];

function read(text: string, more: Record<string, unknown> = {}) {
  const activity = {
    ...{ type: 'message', id: '18', channelId: 'msteams', serviceUrl: 'https://x.example.org/', text },
    from: { id: '29:alice', name: 'Alice Martin', aadObjectId: 'AAD-Alice' },
    recipient: { id: '28:app', name: 'Forecourt' },
    conversation: { id: THREAD, conversationType: 'channel', tenantId: 't' },
    ...more,
  };
  const heard = readActivity(activity);
  return heard && readMessage(heard, AT);
}
const personal = { conversation: { id: 'a:chat', conversationType: 'personal', tenantId: 't' } };

describe('a message', () => {
  it('below a post is a remark, with or without our name in it', () => {
    const remark = {
      ...{ thread: `teams:${THREAD}/17`, message: `teams:${THREAD}/18`, text: '8 500', files: [] },
      ...{ actor: { person: 'teams:aad-alice', name: 'Alice Martin' }, at: AT },
    };
    expect(read('8 500')).toEqual({ kind: 'remark', remark });
    expect(read('<at>Forecourt</at> 8 500', { entities: bot })).toEqual({ kind: 'remark', remark });
  });

  it.each([
    ['lead add', 'add'],
    ['/lead add', 'add'],
    ['Lead: mine', 'mine'],
    ['lead', ''],
  ])('that calls our command is one, even below a post: "%s"', (said, words) => {
    expect(read(`<at>Forecourt</at> ${said}`, { entities: bot })).toMatchObject({ kind: 'command', words });
    expect(read(said)).toMatchObject({ kind: 'remark' });
  });

  it('in the channel itself is heard where it mentions us', () => {
    const root = { id: '17' };
    expect(read('bonjour', root)).toBeUndefined();
    expect(read('<at>Forecourt</at> aide', { ...root, entities: bot })).toMatchObject({ kind: 'command', words: 'aide' });
    const other = [{ type: 'mention', text: '<at>Zoé</at>', mentioned: { id: '29:zoe', name: 'Zoé' } }];
    expect(read('<at>Zoé</at> aide', { ...root, entities: other })).toBeUndefined();
  });

  it('in private is a command, and "leads" is not our name', () => {
    expect(read('mes leads', personal)).toMatchObject({ kind: 'command', words: 'mes leads' });
    expect(read('leads', personal)).toMatchObject({ kind: 'command', words: 'leads' });
    expect(read('/lead mine <x>', personal)).toMatchObject({ kind: 'command', words: 'mine <x>' });
  });

  it('brings its files in private: where they are, and whose token they need', () => {
    const attachments = [
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        name: 'avant.jpg',
        contentUrl: 'https://lumiere.sharepoint.com/x',
        content: { downloadUrl: 'https://lumiere.sharepoint.com/d?tempauth=1' },
      },
      { contentType: 'image/*', contentUrl: 'https://smba.trafficmanager.net/v3/attachments/1/views/original' },
      { contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'sans.jpg', content: {} },
      { contentType: 'text/html', content: '<p>voilà</p>' },
    ];
    const said = read('', { ...personal, attachments });
    expect(said).toMatchObject({
      kind: 'command',
      words: 'voilà',
      files: [
        { name: 'avant.jpg', file: expect.stringMatching(/^teams:sent\/[0-9a-f]{32}$/), place: { ours: false } },
        { name: 'image', place: { url: 'https://smba.trafficmanager.net/v3/attachments/1/views/original', ours: true } },
      ],
    });
    expect(JSON.stringify(read('', { attachments }))).not.toContain('sent/');
  });

  it('of a bot, or of somebody Teams does not name, is none', () => {
    expect(read('x', { from: { id: '28:other', aadObjectId: 'aad' } })).toBeUndefined();
    expect(read('x', { from: { id: '29:guest' } })).toBeUndefined();
  });
});
